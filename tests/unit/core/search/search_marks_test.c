#include "core/search/search_marks.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "core/library/attribution.h"
#include "core/search/search.h"
#include "core/search/search_query.h"
#include "core/sources/loader.h"

/* Writes the text with [brackets] around the marks. */
static void write_marked(const char *query, const char *text, struct buffer *out)
{
	struct quote quote = {.text = text, .length = strlen(text)};
	struct search_marks marks;
	size_t at = 0;
	attribution_find(&quote);
	search_marks_find(query, &quote, &marks);
	for (size_t i = 0; i < marks.count; i++) {
		buffer_append(out, text + at, marks.items[i].start - at);
		at = marks.items[i].start + marks.items[i].length;
		buffer_format(
			out, "[%.*s]", (int)marks.items[i].length, text + marks.items[i].start);
	}
	buffer_add(out, text + at);
	search_marks_finish(&marks);
}

static const struct {
	const char *query, *marked;
} rows[] = {
	{"apple", "An [apple] a day"},
	{"APPLE day", "An [apple] a [day]"},
	{"app", "An apple a day"},
	{"app*", "An [apple] a day"},
	{"\"apple a\"", "An [apple a] day"},
	{"apple-a", "An [apple a] day"},
	{"\"a apple\"", "An apple a day"},
	{"\"apple a\" \"a day\"", "An [apple a day]"},
	{"\"an app\"*", "An apple a day"},
	{"an-app*", "[An apple] a day"},
	{"apple -day", "An [apple] a day"},
	{"apple in:day", "An [apple] a day"},
	{"etude", "Une [\u00c9tude]."},
	{"\u00e9tude", "An [etude]"},
	{"e\u0301t\u00e9", "L'[\u00e9t\u00e9]"},
	{"\u6587", "\u4e2d[\u6587]\u5b57"},
	{"\u4e2d\u6587", "[\u4e2d\u6587]\u5b57"},
	{"\u4e2d\u5b57", "\u4e2d\u6587\u5b57"},
	{"strasse", "Die [Stra\u00dfe]"},
	{"roe", "[Roe]'s [ROE] rows\n-- Jane [Roe]"},
	{"author:roe", "Roe rows\n-- Jane [Roe]"},
	{"author:\"jane r\"*", "Jane rows\n-- Jane Roe"},
	{"author:ja*", "Jane rows\n-- [Jane] Roe"},
	{"a a a", "[a]"},
	{"!", "a!"},
};
enum { ROWS = sizeof rows / sizeof *rows };

/* The text of a row without brackets. */
static void write_plain(const char *marked, struct buffer *out)
{
	buffer_append(out, "", 0);
	for (; *marked != '\0'; marked++)
		if (strchr("[]", *marked) == NULL)
			buffer_append(out, marked, 1);
}

Test(search_marks, stand_around_what_was_found)
{
	for (size_t i = 0; i < ROWS; i++) {
		struct buffer text = {0}, marked = {0};
		write_plain(rows[i].marked, &text);
		write_marked(rows[i].query, text.data, &marked);
		cr_expect_str_eq(marked.data, rows[i].marked, "%s: %s", rows[i].query, marked.data);
		buffer_finish(&text);
		buffer_finish(&marked);
	}
}

/* What the index finds by words alone has marks, and nothing else has. */
Test(search_marks, agree_with_the_index)
{
	static const struct search_scope everywhere;
	for (size_t i = 0; i < ROWS; i++) {
		struct collection collection = {.name = "c"};
		struct collections collections = {
			.items = &collection, .count = 1, .references = 1};
		struct strings warnings = {0};
		struct buffer spec = {0}, match = {0};
		struct search_options wanted = {.limit = 1, .budget_ms = 60000};
		struct search_hits hits = {0};
		struct error error;
		if (strstr(rows[i].query, " -") != NULL || strstr(rows[i].query, "in:") != NULL ||
			!search_query_compile(rows[i].query, &everywhere, &match, &error)) {
			buffer_finish(&match);
			continue;
		}
		buffer_add(&spec, "static:");
		write_plain(rows[i].marked, &spec);
		strings_add(&collection.sources, spec.data);
		struct library *library =
			loader_load(&(struct loader){.warnings = &warnings}, &collections, &error);
		struct search *search = search_create(library, NULL, NULL, &error);
		cr_assert(search_run(search, match.data, &wanted, &hits, &error), "%s", error.text);
		cr_expect_eq(hits.total, strchr(rows[i].marked, '[') != NULL, "%s", rows[i].query);
		search_hits_finish(&hits);
		search_destroy(search);
		library_release(library);
		strings_finish(&collection.sources);
		strings_finish(&warnings);
		buffer_finish(&spec);
		buffer_finish(&match);
	}
}
