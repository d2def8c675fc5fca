#include "core/search/search_scope.h"

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "core/choice/quoter.h"
#include "tests/support/quotes.h"

/* Each file here is called "static"; a collection that is shown whole comes before its files. */
Test(search_scope, has_what_is_shown)
{
	static const struct {
		const char *first, *second; /* the wire's collections */
		const char *places;
		bool confined;
	} rows[] = {
		{"a", NULL, "a a/static a/static ", true},
		{"b", "a", "a a/static a/static b b/static ", true},
		{"c", NULL, "c c/static ", true},
	};
	struct quotes quotes = {0};
	struct strings names[3] = {{0}};
	struct quote_wire wires[3] = {{0}};
	quotes_add_many(&quotes, "a", 2);
	quotes_add_many(&quotes, "b", 1);
	quotes_add_many(&quotes, "c", 1)->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct search_scope scope;
		struct buffer out = {0};
		unsigned wire = quotes_add_wire(
			quoter, &wires[i], &names[i], rows[i].first, rows[i].second);
		search_scope_init(&scope, quoter_library(quoter), quoter_selection(quoter, wire));
		for (size_t j = 0; j < scope.count; j++)
			buffer_format(&out, "%s%s%s ", scope.places[j].collection,
				scope.places[j].file != NULL ? "/" : "",
				scope.places[j].file != NULL ? scope.places[j].file : "");
		cr_expect_str_eq(out.data, rows[i].places, "row %zu: %s", i, out.data);
		cr_expect_eq(scope.confined, rows[i].confined);
		cr_expect_eq(search_scope_after(&scope, 0), i == 2 ? 2 : 3, "behind its files");
		buffer_finish(&out);
		search_scope_finish(&scope);
	}
	quotes_finish(&quotes);
	for (int i = 0; i < 3; i++)
		strings_finish(&names[i]);
}

/* A collection has the language that all its files have. */
Test(search_scope, has_the_languages)
{
	static char german[] = "de";
	struct quotes quotes = {0};
	struct search_scope scope;
	quotes_add_many(&quotes, "a", 2)->language = german;
	quotes_add_many(&quotes, "b", 1);
	struct quoter *quoter = quotes_open(&quotes);
	struct library *library = quoter_library(quoter);
	search_scope_init(&scope, library, quoter_selection(quoter, 0));
	cr_assert_eq(scope.count, 5);
	for (size_t i = 0; i < 3; i++)
		cr_expect_str_eq(scope.places[i].language, "de");
	cr_expect_null(scope.places[3].language);
	cr_expect_null(scope.places[4].language);
	search_scope_finish(&scope);
	library->files[1].language[1] = 'a';
	search_scope_init(&scope, library, quoter_selection(quoter, 0));
	cr_expect_null(scope.places[0].language, "they differ");
	cr_expect_str_eq(scope.places[1].language, "de");
	cr_expect_str_eq(scope.places[2].language, "da");
	search_scope_finish(&scope);
	quotes_finish(&quotes);
}
