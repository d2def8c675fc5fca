#include "core/library/collection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/sources/loader.h"
#include "tests/support/quotes.h"

Test(collection, rejects_shares_that_make_no_sense)
{
	static const struct {
		long percents[2], weights[2];
		const char *second, *error;
	} rows[] = {
		{{60, 50}, {0}, "static:b",
			"collection: the percents add up to 110; they must not exceed 100"},
		{{60, 30}, {0}, "static:b",
			"collection: the percents add up to 90 and no collection takes the rest; "
			"remove the percent of one"},
		{{100, 0}, {0}, "static:b",
			"collection \"b\": the percents of the others add up to 100 and leave it "
			"nothing; lower one"},
		{{60, 0}, {0, 2}, "static:b",
			"collection \"b\": it has a weight and others have a percent; use one or "
			"the other for all"},
		{{60, 0}, {0}, "command:true",
			"collection \"b\": the command has no percent but other collections do; "
			"give it one"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quotes quotes = {0};
		struct error error;
		struct collection *first = quotes_add(&quotes, "a", "static:a");
		struct collection *second = quotes_add(&quotes, "b", rows[i].second);
		first->percent = rows[i].percents[0];
		second->percent = rows[i].percents[1];
		second->weight = rows[i].weights[1];
		cr_assert_null(loader_load(&(struct loader){.warnings = &quotes.warnings},
			&quotes.collections, &error));
		cr_assert_str_eq(error.text, rows[i].error);
		quotes_finish(&quotes);
	}
}

Test(collection, rejects_a_command_beside_another_source)
{
	struct quotes quotes = {0};
	struct error error;
	strings_add(&quotes_add(&quotes, "a", "static:a")->sources, "command:true");
	cr_assert_null(loader_load(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &error));
	cr_assert_str_eq(error.text, "collection \"a\": 'command:true' is not the only "
				     "source; move it to a collection of its own");
	quotes_finish(&quotes);
}

Test(collection, rejects_a_name_that_is_used_twice)
{
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "a", "static:a");
	quotes_add(&quotes, "b", "static:b");
	quotes_add(&quotes, "c", "static:c");
	quotes.items[2].name = "b";
	cr_assert_null(loader_load(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &error));
	cr_assert_str_eq(error.text, "collection \"b\": this name is used twice; rename one");
	quotes.items[0].name = quotes.items[2].name = "quotes";
	cr_assert_null(loader_load(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &error));
	cr_assert_str_eq(error.text, "collection \"quotes\": this name is used twice (once by the "
				     "setting 'quotes' outside all sections); rename one");
	quotes_finish(&quotes);
}

Test(collection, has_a_language_if_it_is_set)
{
	struct collection collection = {0};
	char language[] = "de";
	char none[] = "";
	cr_expect_null(collection_language(&collection));
	collection.language = none;
	cr_expect_null(collection_language(&collection));
	collection.language = language;
	cr_expect_eq(collection_language(&collection), language);
}
