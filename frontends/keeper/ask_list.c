#include "frontends/keeper/ask_list.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/base/suggest.h"
#include "core/choice/cursor.h"
#include "core/library/author_key.h"

enum {
	NEIGHBOURS = 128,     /* authors before and after the place of a name that is unknown */
	LOOKED_AT_MAX = 5000, /* authors that may have a word in their name */
	LAST_MAX = 63,        /* octets of the last word of a name that may be meant */
	NAMED_MAX = 8,        /* collections in a sentence */
};

static struct quote quote_of(const struct catalogue *catalogue, uint32_t row)
{
	return library_quote(catalogue->library, catalogue->rows[row].quote);
}

static struct ask_group author_at(const struct catalogue *catalogue, uint32_t index)
{
	const struct catalogue_group *author = &catalogue->authors[index];
	struct quote quote = quote_store_get(&catalogue->library->store, author->index);
	return (struct ask_group){
		quote.author, author_key_name(quote.author, quote.author_length), author->count};
}

static void write_key(const char *name, size_t length, struct buffer *out)
{
	buffer_clear(out);
	buffer_append(out, "", 0);
	author_key_append(name, length, out);
}

/* Whether a key has each word of another one. */
static bool has_words(const char *key, const char *words)
{
	while (*words != '\0') {
		size_t length = strcspn(words, " ");
		const char *at = key;
		while (*at != '\0' &&
			(strcspn(at, " ") != length || strncmp(at, words, length) != 0)) {
			at += strcspn(at, " ");
			at += *at == ' ';
		}
		if (*at == '\0')
			return false;
		words += length + (words[length] == ' ');
	}
	return true;
}

/* Returns the only author whose name has the words; NONE if there are several, or too many to look
 * at them all. */
static uint32_t only_author_with(const struct catalogue *catalogue, const char *words)
{
	struct buffer wanted = {0};
	struct buffer key = {0};
	uint32_t found = CATALOGUE_NONE;
	uint32_t matches = 0;
	write_key(words, strlen(words), &wanted);
	bool looks = wanted.length > 0 && catalogue->author_count <= LOOKED_AT_MAX;
	for (uint32_t i = 0; looks && i < catalogue->author_count; i++) {
		struct ask_group author = author_at(catalogue, i);
		write_key(author.name, author.length, &key);
		if (!has_words(key.data, wanted.data))
			continue;
		found = i;
		matches++;
	}
	buffer_finish(&wanted);
	buffer_finish(&key);
	return matches == 1 ? found : CATALOGUE_NONE;
}

static uint32_t find_author(const struct ask *ask, const struct catalogue *catalogue)
{
	uint32_t author = catalogue_find_author(catalogue, ask->author);
	if (author == CATALOGUE_NONE && ask->author_words)
		author = only_author_with(catalogue, ask->author);
	return author;
}

enum ask_outcome ask_list_wish(
	const struct ask *ask, const struct catalogue *catalogue, struct catalogue_wish *ret_wish)
{
	*ret_wish =
		(struct catalogue_wish){CATALOGUE_NONE, CATALOGUE_NONE, ask->filter, ask->language};
	if (ask->collection != NULL) {
		ret_wish->collection = catalogue_find_collection(catalogue, ask->collection);
		if (ret_wish->collection == CATALOGUE_NONE)
			return ASK_OUTCOME_UNKNOWN;
	}
	if (ask->author != NULL) {
		ret_wish->author = find_author(ask, catalogue);
		if (ret_wish->author == CATALOGUE_NONE)
			return ASK_OUTCOME_UNKNOWN;
	}
	return ASK_OUTCOME_FOUND;
}

/* Returns false if the cursor is malformed. */
static bool find_start(const struct ask *ask, const struct catalogue *catalogue,
	const struct catalogue_wish *wish, uint32_t *ret_position)
{
	uint64_t last;
	*ret_position = 0;
	if (ask->after == NULL)
		return true;
	if (!cursor_parse(ask->after, &last, ret_position))
		return false;
	uint32_t row = catalogue_row_with(catalogue, last, wish->collection);
	uint32_t position =
		row != CATALOGUE_NONE ? catalogue_wish_position(catalogue, wish, row) : row;
	if (position != CATALOGUE_NONE)
		*ret_position = position + 1;
	return true;
}

static void fill_page(const struct ask *ask, const struct catalogue *catalogue,
	const struct catalogue_wish *wish, uint32_t position, struct ask_answer *answer)
{
	size_t limit = ask->limit > 0 && ask->limit < ASK_LIST_MAX ? ask->limit : ASK_LIST_MAX;
	uint32_t row;
	answer->quotes = mem_alloc(limit * sizeof *answer->quotes);
	uint32_t skipped = ask->offset < UINT32_MAX ? (uint32_t)ask->offset : UINT32_MAX;
	catalogue_wish_skip(catalogue, wish, &position, skipped);
	while (answer->count < limit && catalogue_wish_next(catalogue, wish, &position, &row))
		answer->quotes[answer->count++] = quote_of(catalogue, row);
	uint32_t next = position;
	if (answer->count == limit && catalogue_wish_next(catalogue, wish, &position, &row))
		cursor_format(answer->quotes[limit - 1].id, next, answer->next);
}

void ask_list_fill(
	const struct ask *ask, const struct catalogue *catalogue, struct ask_answer *ret_answer)
{
	struct catalogue_wish wish;
	uint32_t position;
	*ret_answer = (struct ask_answer){.outcome = ask_list_wish(ask, catalogue, &wish)};
	if (ret_answer->outcome != ASK_OUTCOME_FOUND)
		return;
	if (!find_start(ask, catalogue, &wish, &position)) {
		ret_answer->outcome = ASK_OUTCOME_MALFORMED;
		return;
	}
	ret_answer->total = catalogue_wish_count(catalogue, &wish);
	if (ret_answer->total > 0)
		fill_page(ask, catalogue, &wish, position, ret_answer);
	else
		ret_answer->outcome = ASK_OUTCOME_NONE;
}

static struct ask_group collection_at(const struct catalogue *catalogue, uint32_t index)
{
	const char *name = catalogue_collection_name(catalogue, index);
	return (struct ask_group){name, strlen(name), catalogue->collections[index].count};
}

size_t ask_list_collections(const struct catalogue *catalogue, size_t offset, size_t limit,
	struct ask_group *ret_groups)
{
	size_t count = catalogue->collection_count;
	for (size_t i = offset; i < count && i - offset < limit; i++)
		ret_groups[i - offset] = collection_at(catalogue, (uint32_t)i);
	return count;
}

size_t ask_list_files(const struct library *library, const struct selection *selection,
	const char *collection, size_t limit, struct ask_group *ret_groups)
{
	size_t count = 0;
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		const char *name = library->collections->items[file->collection].name;
		bool is_static = file->report.charset == NULL;
		if (is_static || !selection->files[i] || strcmp(name, collection) != 0)
			continue;
		if (count < limit)
			ret_groups[count] = (struct ask_group){
				file->name, strlen(file->name), file->count + file->shared};
		count++;
	}
	return count;
}

size_t ask_list_authors(const struct catalogue *catalogue, const char *prefix, size_t offset,
	size_t limit, struct ask_group *ret_groups)
{
	uint32_t first;
	size_t count = catalogue_find_authors(catalogue, prefix, &first);
	for (size_t i = offset; i < count && i - offset < limit; i++)
		ret_groups[i - offset] = author_at(catalogue, first + (uint32_t)i);
	return count;
}

void ask_list_place(const struct catalogue *catalogue, uint32_t row, struct ask_place *ret_place)
{
	uint32_t index = catalogue_collection_of(catalogue, row);
	const struct catalogue_group *of = &catalogue->collections[index];
	uint32_t author = catalogue->rows[row].author;
	*ret_place = (struct ask_place){
		.collection = collection_at(catalogue, index),
		.number = row - of->first + 1,
	};
	if (author != CATALOGUE_NONE)
		ret_place->author = author_at(catalogue, author);
	ret_place->has_previous = row > of->first;
	if (ret_place->has_previous)
		ret_place->previous = quote_of(catalogue, row - 1).id;
	ret_place->has_next = ret_place->number < of->count;
	if (ret_place->has_next)
		ret_place->next = quote_of(catalogue, row + 1).id;
}

static void list_collections(const struct catalogue *catalogue, struct buffer *out)
{
	uint32_t count = catalogue->collection_count;
	if (count == 0 || count > NAMED_MAX)
		return;
	buffer_add(out, count == 1 ? "; there is " : "; there are ");
	for (uint32_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_add(out, i + 1 < count ? ", " : " and ");
		buffer_format(out, "'%s'", catalogue_collection_name(catalogue, i));
	}
}

static void explain_collection(
	const struct catalogue *catalogue, const char *name, struct error *ret_reason)
{
	struct buffer known = {0};
	char shown[ASK_ECHO_SIZE];
	struct suggestion meant = {.word = name};
	for (uint32_t i = 0; i < catalogue->collection_count; i++)
		suggest_offer(&meant, catalogue_collection_name(catalogue, i));
	ask_echo(name, shown);
	buffer_append(&known, "", 0);
	list_collections(catalogue, &known);
	if (meant.nearest != NULL)
		error_set(ret_reason, "There is no collection '%s'; did you mean '%s'?", shown,
			meant.nearest);
	else
		error_set(ret_reason, "There is no collection '%s'%s.", shown, known.data);
	buffer_finish(&known);
}

/* Whether a name has a word, ignoring the case of ASCII letters. */
static bool has_word(const struct ask_group *author, const char *word, size_t length)
{
	for (size_t i = 0; i + length <= author->length; i++) {
		bool begins = i == 0 || author->name[i - 1] == ' ';
		bool ends = i + length == author->length || author->name[i + length] == ' ';
		if (begins && ends && strncasecmp(author->name + i, word, length) == 0)
			return true;
	}
	return false;
}

/* Returns the author with that word who has the most quotes. */
static uint32_t author_with(const struct catalogue *catalogue, const char *word)
{
	uint32_t best = CATALOGUE_NONE;
	size_t length = strlen(word);
	for (uint32_t i = 0; i < catalogue->author_count && i < LOOKED_AT_MAX; i++) {
		struct ask_group author = author_at(catalogue, i);
		if (length > 0 && has_word(&author, word, length) &&
			(best == CATALOGUE_NONE || author.count > catalogue->authors[best].count))
			best = i;
	}
	return best;
}

/* Returns the author among those around the place of \p name who is most like it. */
static uint32_t author_near(const struct catalogue *catalogue, const char *name)
{
	struct buffer wanted = {0};
	struct buffer key = {0};
	uint32_t found = CATALOGUE_NONE;
	uint32_t place;
	catalogue_find_authors(catalogue, name, &place);
	uint32_t first = place > NEIGHBOURS ? place - NEIGHBOURS : 0;
	write_key(name, strlen(name), &wanted);
	struct suggestion meant = {.word = wanted.data};
	for (uint32_t i = first; i < catalogue->author_count && i < place + NEIGHBOURS; i++) {
		struct ask_group author = author_at(catalogue, i);
		write_key(author.name, author.length, &key);
		if (suggest_offer(&meant, key.data))
			found = i;
	}
	buffer_finish(&wanted);
	buffer_finish(&key);
	return found;
}

/* Returns the author whose last word is most like \p word; if several have it, the one with the
 * most quotes. */
static uint32_t author_alike(const struct catalogue *catalogue, const char *word)
{
	char nearest[LAST_MAX + 1] = "";
	struct suggestion meant = {.word = word};
	for (uint32_t i = 0; i < catalogue->author_count && i < LOOKED_AT_MAX; i++) {
		char last[LAST_MAX + 1] = "";
		struct ask_group author = author_at(catalogue, i);
		const char *blank = memrchr(author.name, ' ', author.length);
		const char *begin = blank != NULL ? blank + 1 : author.name;
		size_t length = author.length - (size_t)(begin - author.name);
		if (length <= LAST_MAX)
			memcpy(last, begin, length);
		if (suggest_offer(&meant, last))
			memcpy(nearest, last, sizeof nearest);
	}
	return author_with(catalogue, nearest);
}

static void explain_author(
	const struct catalogue *catalogue, const char *name, struct error *ret_reason)
{
	char shown[ASK_ECHO_SIZE];
	uint32_t meant = author_with(catalogue, name);
	ask_echo(name, shown);
	if (meant == CATALOGUE_NONE)
		meant = author_near(catalogue, name);
	if (meant == CATALOGUE_NONE)
		meant = author_alike(catalogue, name);
	if (meant == CATALOGUE_NONE) {
		error_set(ret_reason, "No quote is by '%s'.", shown);
		return;
	}
	struct ask_group author = author_at(catalogue, meant);
	error_set(ret_reason, "No quote is by '%s'; did you mean '%.*s'?", shown,
		(int)author.length, author.name);
}

void ask_list_explain(
	const struct ask *ask, const struct catalogue *catalogue, struct error *ret_reason)
{
	bool no_collection = ask->collection != NULL && catalogue_find_collection(catalogue,
								ask->collection) == CATALOGUE_NONE;
	if (no_collection)
		explain_collection(catalogue, ask->collection, ret_reason);
	else
		explain_author(catalogue, ask->author, ret_reason);
}
