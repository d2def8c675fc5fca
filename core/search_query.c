#include "core/search_query.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/utf8.h"

const char search_query_tag_all[] = "kall";

static const char blanks[] = " \t\r\n\v\f";

enum field { FIELD_ANY, FIELD_AUTHOR, FIELD_IN };

/* One term of a query. */
struct term {
	enum field field;
	bool negative;
	bool prefix;
	const char *text;
	size_t length;
};

/* Returns how many octets are before the first that can begin such a character, U+1100 at least. */
static size_t count_apart_from_cjk(const char *text, size_t length)
{
	size_t count = 0;
	while (count < length && (unsigned char)text[count] < 0xE1)
		count++;
	return count;
}

void search_query_segment(const char *text, size_t length, struct buffer *out)
{
	size_t at = count_apart_from_cjk(text, length);
	buffer_append(out, text, at);
	while (at < length) {
		size_t step = utf8_code_point(text + at, length - at);
		bool apart = utf8_is_cjk(text + at, step);
		if (apart)
			buffer_append(out, " ", 1);
		buffer_append(out, text + at, step);
		if (apart)
			buffer_append(out, " ", 1);
		at += step;
	}
}

void search_query_tag(const char *name, size_t length, struct buffer *out)
{
	buffer_append(out, "k", 1);
	for (size_t i = 0; i < length; i++)
		buffer_format(out, "%02x", (unsigned)tolower((unsigned char)name[i]));
}

static bool take_field(const char **at, const char *word)
{
	size_t length = strlen(word);
	if (strncasecmp(*at, word, length) != 0)
		return false;
	*at += length;
	return true;
}

/* Reads one term; a quote that is open ends at the end. */
static const char *take_term(const char *at, struct term *ret_term)
{
	*ret_term = (struct term){0};
	if (*at == '-' && at[1] != '\0' && strchr(blanks, at[1]) == NULL) {
		ret_term->negative = true;
		at++;
	}
	if (take_field(&at, "author:"))
		ret_term->field = FIELD_AUTHOR;
	else if (take_field(&at, "in:"))
		ret_term->field = FIELD_IN;
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
	return at;
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
	search_query_segment(term->text, term->length, out);
	buffer_add(out, term->prefix ? "\" *" : "\"");
}

static void write_term(const struct term *term, struct buffer *out)
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
		buffer_add(out, "{tags} : \"");
		search_query_tag(term->text, term->length, out);
		buffer_add(out, term->prefix ? "\" *" : "\"");
		break;
	}
}

static bool check_term(const struct term *term, struct error *reterr)
{
	if (term->field == FIELD_IN && term->length == 0)
		error_set(reterr, "\"in:\" wants the name of a collection right behind it.");
	else if (term->field == FIELD_AUTHOR && !has_word(term))
		error_set(reterr, "\"author:\" wants a name right behind it.");
	else
		return true;
	return false;
}

/* Writes the terms of one kind, the positive or the negative ones. What has no letter and no digit
 * is no word: it is passed over. */
static bool write_terms(const char *query, bool negative, struct buffer *out, size_t *ret_count,
	struct error *reterr)
{
	const char *at = query + strspn(query, blanks);
	size_t terms = 0;
	while (*at != '\0') {
		struct term term;
		at = take_term(at, &term);
		at += strspn(at, blanks);
		if (!check_term(&term, reterr))
			return false;
		if (++terms > SEARCH_QUERY_TERMS_MAX) {
			error_set(reterr, "That are more than %d words to look for.",
				SEARCH_QUERY_TERMS_MAX);
			return false;
		}
		if (term.negative != negative || (term.field == FIELD_ANY && !has_word(&term)))
			continue;
		if (*ret_count > 0)
			buffer_add(out, negative ? " OR " : " AND ");
		write_term(&term, out);
		++*ret_count;
	}
	return true;
}

static void write_collections(const char *const *collections, size_t count, struct buffer *out)
{
	buffer_add(out, "{tags} : (");
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, i > 0 ? " OR \"" : "\"");
		search_query_tag(collections[i], strlen(collections[i]), out);
		buffer_add(out, "\"");
	}
	buffer_add(out, ")");
}

bool search_query_compile(const char *query, const char *const *collections, size_t count,
	struct buffer *out, struct error *reterr)
{
	size_t positive = 0;
	size_t negative = 0;
	struct buffer without = {0};
	size_t length = strlen(query);
	if (length > SEARCH_QUERY_BYTES_MAX) {
		error_set(reterr, "A search has at most %d octets.", SEARCH_QUERY_BYTES_MAX);
		return false;
	}
	if (!utf8_is_valid(query, length)) {
		error_set(reterr, "The words to look for are not UTF-8.");
		return false;
	}
	buffer_add(out, "((");
	bool valid = write_terms(query, false, out, &positive, reterr) &&
		     write_terms(query, true, &without, &negative, reterr);
	if (valid && positive + negative == 0) {
		error_set(reterr, "Give me a word to look for.");
		valid = false;
	}
	if (positive == 0)
		buffer_format(out, "{tags} : \"%s\"", search_query_tag_all);
	buffer_add(out, ")");
	if (negative > 0)
		buffer_format(out, " NOT (%s)", without.data);
	buffer_add(out, ")");
	if (count > 0) {
		buffer_add(out, " AND ");
		write_collections(collections, count, out);
	}
	buffer_finish(&without);
	return valid;
}
