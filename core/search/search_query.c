#include "core/search/search_query.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/library/language.h"
#include "core/search/search_words.h"

/* No quote has it. */
static const char tag_none[] = "none";

static const char blanks[] = " \t\r\n\v\f";

/* Of the code that a tag of a language begins with. */
enum { CODE_LETTERS = 3 };

enum field { FIELD_ANY, FIELD_AUTHOR, FIELD_IN, FIELD_LANG, FIELD_TAG };

/* One term of a query. */
struct term {
	enum field field;
	bool negative;
	bool prefix;
	const char *text;
	size_t length;
};

static bool take_field(const char **at, const char *word)
{
	size_t length = strlen(word);
	if (strncasecmp(*at, word, length) != 0)
		return false;
	*at += length;
	return true;
}

/* Reads the next term from \p query on, and moves that behind it; a quote that is open ends at the
 * end. Returns false if there is none. */
static bool take_term(const char **query, struct term *ret_term)
{
	const char *at = *query + strspn(*query, blanks);
	if (*at == '\0')
		return false;
	*ret_term = (struct term){0};
	if (*at == '-' && at[1] != '\0' && strchr(blanks, at[1]) == NULL) {
		ret_term->negative = true;
		at++;
	}
	if (take_field(&at, "author:"))
		ret_term->field = FIELD_AUTHOR;
	else if (take_field(&at, "in:"))
		ret_term->field = FIELD_IN;
	else if (take_field(&at, "lang:"))
		ret_term->field = FIELD_LANG;
	else if (take_field(&at, "tag:"))
		ret_term->field = FIELD_TAG;
	bool quoted = *at == '"';
	at += quoted;
	ret_term->text = at;
	ret_term->length = quoted ? strcspn(at, "\"") : strcspn(at, " \t\r\n\v\f\"");
	at += ret_term->length;
	at += quoted && *at == '"';
	if (!quoted && ret_term->length > 1 && ret_term->text[ret_term->length - 1] == '*') {
		ret_term->prefix = true;
		ret_term->length--;
	}
	*query = at;
	return true;
}

static bool has_word(const struct term *term)
{
	size_t at = 0;
	while (at < term->length) {
		size_t step = utf8_code_point(term->text + at, term->length - at);
		if (utf8_is_alphanumeric(term->text + at, step))
			return true;
		at += step;
	}
	return false;
}

static void write_string(const struct term *term, struct buffer *out)
{
	/* There is no quotation mark in a term: each ends one. */
	buffer_add(out, "\"");
	search_words_segment(term->text, term->length, out);
	buffer_add(out, term->prefix ? "\" *" : "\"");
}

static bool names(const struct term *term, const char *name)
{
	size_t length = strlen(name);
	return strncasecmp(name, term->text, term->length) == 0 &&
	       (length == term->length || (term->prefix && length > term->length));
}

/* As "collection/file". */
static bool names_path(const struct term *term, const struct search_place *place)
{
	size_t length = strlen(place->collection);
	if (term->length <= length || term->text[length] != '/' ||
		strncasecmp(place->collection, term->text, length) != 0)
		return false;
	struct term file = *term;
	file.text += length + 1;
	file.length -= length + 1;
	return names(&file, place->file);
}

static bool names_place(const struct term *term, const struct search_place *place)
{
	if (names(term, place->collection))
		return true;
	return place->file != NULL && (names(term, place->file) || names_path(term, place));
}

static bool names_language(const struct term *term, const char *language)
{
	return language_matches(language, term->text, term->length) ||
	       (term->prefix && names(term, language));
}

static bool is_named(const struct term *term, const struct search_place *place)
{
	if (term == NULL)
		return true;
	if (term->field == FIELD_IN)
		return names_place(term, place);
	return place->language != NULL && names_language(term, place->language);
}

/* Writes the tags of the places that a term names, of all of them without one. */
static void write_places(
	const struct search_scope *scope, const struct term *term, struct buffer *out)
{
	bool any = false;
	bool language = term != NULL && term->field == FIELD_LANG;
	size_t i = 0;
	buffer_add(out, "{tags} : (");
	while (i < scope->count) {
		const struct search_place *place = &scope->places[i];
		bool named = is_named(term, place);
		if (named) {
			buffer_add(out, any ? " OR \"" : "\"");
			(language ? search_words_language_tag : search_words_tag)(place, out);
			buffer_add(out, "\"");
			any = true;
		}
		i = named ? search_scope_after(scope, i) : i + 1;
	}
	if (!any)
		buffer_add(out, tag_none);
	buffer_add(out, ")");
}

static void write_term(
	const struct search_scope *scope, const struct term *term, struct buffer *out)
{
	switch (term->field) {
	case FIELD_ANY:
		buffer_add(out, "{text author} : ");
		write_string(term, out);
		break;
	case FIELD_AUTHOR:
		buffer_add(out, "{author} : ");
		write_string(term, out);
		break;
	case FIELD_IN:
	case FIELD_LANG:
		write_places(scope, term, out);
		break;
	case FIELD_TAG:
		buffer_add(out, "{tags} : \"");
		search_words_quote_tag(term->text, term->length, out);
		buffer_add(out, term->prefix ? "\" *" : "\"");
		break;
	}
}

static bool check_term(const struct term *term, struct error *reterr)
{
	if (term->field == FIELD_IN && term->length == 0)
		error_set(reterr, "Write the name of a collection right after \"in:\".");
	else if (term->field == FIELD_LANG && term->length == 0)
		error_set(reterr, "Write a language right after \"lang:\", as in \"lang:de\".");
	else if (term->field == FIELD_TAG && term->length == 0)
		error_set(reterr, "Write a tag right after \"tag:\".");
	else if (term->field == FIELD_AUTHOR && !has_word(term))
		error_set(reterr, "Write a name right after \"author:\".");
	else
		return true;
	return false;
}

/* Before any is written, as a term that names places costs a look at each. */
static bool check_terms(const char *query, struct error *reterr)
{
	struct term term;
	size_t terms = 0;
	while (take_term(&query, &term)) {
		if (!check_term(&term, reterr))
			return false;
		if (++terms > SEARCH_QUERY_TERMS_MAX) {
			error_set(reterr, "Use at most %d search words, or look for a \"phrase\".",
				SEARCH_QUERY_TERMS_MAX);
			return false;
		}
	}
	return true;
}

/* Writes the terms of one kind, the positive or the negative ones, and returns their number. A term
 * without a letter or digit is skipped. */
static size_t write_terms(
	const char *query, bool negative, const struct search_scope *scope, struct buffer *out)
{
	struct term term;
	size_t count = 0;
	while (take_term(&query, &term)) {
		if (term.negative != negative || (term.field == FIELD_ANY && !has_word(&term)))
			continue;
		if (count++ > 0)
			buffer_add(out, negative ? " OR " : " AND ");
		write_term(scope, &term, out);
	}
	return count;
}

static void add_words(const struct buffer *text, bool prefix, struct strings *words)
{
	struct buffer word = {0};
	for (size_t at = 0, step; at <= text->length; at += step) {
		size_t left = text->length - at;
		step = left > 0 ? utf8_code_point(text->data + at, left) : 1;
		bool in_word = left > 0 && utf8_is_alphanumeric(text->data + at, step);
		if (in_word)
			buffer_append(&word, text->data + at, step);
		else if (left == 0 && prefix && word.length > 0)
			buffer_add(&word, "*");
		if (!in_word && word.length > 0)
			strings_add(words, word.data);
		if (!in_word)
			buffer_clear(&word);
	}
	buffer_finish(&word);
}

void search_query_words(const char *query, bool of_author, struct strings *ret_words)
{
	struct search_query_term term;
	struct buffer text = {0};
	while (search_query_next_term(&query, &term)) {
		if (term.of_author != of_author)
			continue;
		buffer_clear(&text);
		search_words_segment(term.text, term.length, &text);
		add_words(&text, term.prefix, ret_words);
	}
	buffer_finish(&text);
}

bool search_query_compile(const char *query, const struct search_scope *scope, struct buffer *out,
	struct error *reterr)
{
	struct buffer without = {0};
	size_t length = strlen(query);
	if (length > SEARCH_QUERY_BYTES_MAX) {
		error_set(reterr, "A search has at most %d octets; use fewer words.",
			SEARCH_QUERY_BYTES_MAX);
		return false;
	}
	if (!utf8_is_valid(query, length)) {
		error_set(reterr, "The search words are not UTF-8.");
		return false;
	}
	if (!check_terms(query, reterr))
		return false;
	buffer_add(out, "((");
	size_t positive = write_terms(query, false, scope, out);
	size_t negative = write_terms(query, true, scope, &without);
	bool valid = positive + negative > 0;
	if (!valid)
		error_set(reterr, "Give a word to search for.");
	if (positive == 0)
		buffer_format(out, "{tags} : \"%s\"", search_words_tag_all);
	buffer_add(out, ")");
	if (negative > 0)
		buffer_format(out, " NOT (%s)", without.data);
	buffer_add(out, ")");
	if (scope->confined) {
		buffer_add(out, " AND ");
		write_places(scope, NULL, out);
	}
	buffer_finish(&without);
	return valid;
}

bool search_query_compile_for(const char *query, const struct library *library,
	const struct selection *selection, struct buffer *out, struct error *reterr)
{
	struct search_scope scope;
	search_scope_init(&scope, library, selection);
	bool valid = search_query_compile(query, &scope, out, reterr);
	search_scope_finish(&scope);
	return valid;
}

bool search_query_next_term(const char **query, struct search_query_term *ret_term)
{
	struct term term;
	while (take_term(query, &term)) {
		bool of_text = term.field == FIELD_ANY || term.field == FIELD_AUTHOR;
		if (term.negative || !of_text)
			continue;
		*ret_term = (struct search_query_term){
			term.text, term.length, term.prefix, term.field == FIELD_AUTHOR};
		return true;
	}
	return false;
}

bool search_query_needs_words(const char *query)
{
	struct term term;
	while (take_term(&query, &term))
		if (term.field == FIELD_AUTHOR || (term.field == FIELD_ANY && has_word(&term)))
			return true;
	return false;
}

static bool names_any(const struct term *term, const struct search_scope *scope)
{
	size_t at = 0;
	while (at < scope->count && !is_named(term, &scope->places[at]))
		at++;
	return at < scope->count;
}

static void doubt_place(
	const char *name, const struct search_scope *scope, struct error *ret_sentence)
{
	struct suggestion meant = {.word = name};
	for (size_t i = 0; i < scope->count; i++) {
		suggest_offer(&meant, scope->places[i].collection);
		if (scope->places[i].file != NULL)
			suggest_offer(&meant, scope->places[i].file);
	}
	if (meant.nearest != NULL)
		error_set(ret_sentence, "There is no collection '%s'; did you mean '%s'?", name,
			meant.nearest);
	else
		error_set(ret_sentence, "There is no collection '%s'.", name);
}

static void doubt_term(
	const struct term *term, const struct search_scope *scope, struct error *ret_sentence)
{
	char *name = mem_strndup(term->text, term->length);
	bool is_code = strcspn(name, "-") <= CODE_LETTERS;
	if (term->field == FIELD_IN)
		doubt_place(name, scope, ret_sentence);
	else
		error_set(ret_sentence, "No quote has the language '%s'%s.", name,
			is_code ? "" : "; write it as in \"lang:de\"");
	free(name);
}

bool search_query_doubt(
	const char *query, const struct search_scope *scope, struct error *ret_sentence)
{
	struct term term;
	const char *at = query;
	size_t marks = 0;
	while (take_term(&at, &term)) {
		bool names_places = term.field == FIELD_IN || term.field == FIELD_LANG;
		if (!names_places || names_any(&term, scope))
			continue;
		doubt_term(&term, scope, ret_sentence);
		return true;
	}
	for (at = query; *at != '\0'; at++)
		marks += *at == '"';
	if (marks % 2 != 0)
		error_set(ret_sentence, "A quotation mark is not closed, so the phrase goes on to "
					"the end; write \"two words\" to look for these together.");
	return marks % 2 != 0;
}

bool search_query_doubt_for(const char *query, const struct library *library,
	const struct selection *selection, struct error *ret_sentence)
{
	struct search_scope scope;
	search_scope_init(&scope, library, selection);
	bool doubted = search_query_doubt(query, &scope, ret_sentence);
	search_scope_finish(&scope);
	return doubted;
}
