#include "core/library/collection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/sources/loader.h"
#include "tests/support/quotes.h"

Test(collection, says_what_is_wrong_with_the_shares)
{
	static const struct {
		long percents[2], weights[2];
		const char *second, *error;
	} rows[] = {
		{{60, 50}, {0}, "static:b", "collection: the percents sum up to 110, over 100"},
		{{60, 30}, {0}, "static:b",
			"collection: the percents sum up to 90 and nothing takes the rest; leave "
			"one "
			"collection without"},
		{{100, 0}, {0}, "static:b",
			"collection \"b\": the percents of the others sum up to 100 and leave it "
			"nothing; lower one"},
		{{60, 0}, {0, 2}, "static:b",
			"collection \"b\": weight: others have a percent; use one or the other"},
		{{60, 0}, {0}, "command:true",
			"collection \"b\": a command needs a percent of its own beside those of "
			"others"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quotes quotes = {0};
		struct error error;
		struct collection_options *first = quotes_add(&quotes, "a", "static:a");
		struct collection_options *second = quotes_add(&quotes, "b", rows[i].second);
		first->percent = rows[i].percents[0];
		second->percent = rows[i].percents[1];
		second->weight = rows[i].weights[1];
		cr_assert_null(
			loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error));
		cr_assert_str_eq(error.text, rows[i].error);
		quotes_finish(&quotes);
	}
}

Test(collection, has_a_name_of_its_own)
{
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "a", "static:a");
	quotes_add(&quotes, "b", "static:b");
	quotes_add(&quotes, "c", "static:c");
	quotes.items[2].name = "b";
	cr_assert_null(loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error));
	cr_assert_str_eq(error.text, "collection \"b\": there are two of this name; rename one");
	quotes_finish(&quotes);
}
