#include "frontends/web/api/api_query.h"

#include <string.h>

#include <criterion/criterion.h>

static const struct api_query_row rows[] = {
	{"author", API_QUERY_TYPE_TEXT, 1, 5},
	{"count", API_QUERY_TYPE_NUMBER, 1, 50},
	{"least", API_QUERY_TYPE_NUMBER, 0, 999999999},
	{"from", API_QUERY_TYPE_DAY, 0, 0},
	{"lang", API_QUERY_TYPE_LANGUAGE, 0, 0},
	{"cursor", API_QUERY_TYPE_CURSOR, 0, 0},
	{0},
};

#define ALL "author, count, least, from, lang and cursor."

/* Each sentence that refuses a query names the parameter and what is allowed. */
static const struct {
	const char *query;
	const char *parameter; /* NULL: it is taken */
	const char *detail;
} cases[] = {
	{"", NULL, NULL},
	{"&&count=1&", NULL, NULL},
	{"count=50&author=Twain", NULL, NULL},
	{"%63ount=7&author=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9", NULL, NULL},
	{"least=0", NULL, NULL},
	{"least=999999999", NULL, NULL},
	{"from=2026-11-24&lang=pt-BR&cursor=870ctwss9317-4", NULL, NULL},
	{"count=0", "count", "count must be a whole number from 1 to 50."},
	{"count=51", "count", "count must be a whole number from 1 to 50."},
	{"count=-1", "count", "count must be a whole number from 1 to 50."},
	{"count=+1", "count", "count must be a whole number from 1 to 50."},
	{"count=1.5", "count", "count must be a whole number from 1 to 50."},
	{"count=abc", "count", "count must be a whole number from 1 to 50."},
	{"count=", "count", "count must be a whole number from 1 to 50."},
	{"count", "count", "count must be a whole number from 1 to 50."},
	{"count=99999999999999999999", "count", "count must be a whole number from 1 to 50."},
	{"count=1%00", "count", "count must be a whole number from 1 to 50."},
	{"count=1&count=1", "count", "count is given twice; give it once."},
	{"count=1&author=a&%63ount=2", "count", "count is given twice; give it once."},
	{"author=", "author", "author must have 1 to 5 characters, in UTF-8."},
	{"author=abcdef", "author", "author must have 1 to 5 characters, in UTF-8."},
	{"author=%FF", "author", "author must have 1 to 5 characters, in UTF-8."},
	{"from=2026-11-31", "from", "from must be a date; write it as 2026-11-24."},
	{"lang=x y", "lang", "lang must be the tag of a language, as in de or pt-BR."},
	{"cursor=7", "cursor",
		"cursor must be 'next' from the previous answer; leave it out to start the list."},
	{"Count=3", "Count", "There is no parameter 'Count' here; this address takes " ALL},
	{"=3", "", "There is no parameter '' here; this address takes " ALL},
	{"a%0Ab%FF=3", "a?b?", "There is no parameter 'a?b?' here; this address takes " ALL},
};

Test(api_query, takes_what_the_rows_say)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct api_query query;
		struct api_query_fault fault;
		bool taken = api_query_read(cases[i].query, rows, &query, &fault);
		cr_expect_eq(taken, cases[i].parameter == NULL, "%s", cases[i].query);
		if (taken) {
			api_query_finish(&query);
		} else if (cases[i].parameter != NULL) {
			cr_expect_str_eq(fault.parameter, cases[i].parameter);
			cr_expect_str_eq(fault.detail.text, cases[i].detail);
		}
	}
}

Test(api_query, gives_the_values)
{
	struct api_query query;
	struct api_query_fault fault;
	cr_assert(api_query_read("author=a+b&count=007&from=1970-01-03&least=", rows, &query,
			  &fault) == false);
	cr_assert(api_query_read("author=a+b&count=007&from=1970-01-03", rows, &query, &fault));
	cr_expect_str_eq(api_query_text(&query, "author"), "a b");
	cr_expect_null(api_query_text(&query, "lang"));
	cr_expect_null(api_query_text(&query, "nothing"));
	cr_expect_eq(api_query_number(&query, "count", 3), 7);
	cr_expect_eq(api_query_number(&query, "least", 3), 3);
	cr_expect_eq(api_query_day(&query, "from", 9), 2);
	cr_expect_eq(api_query_day(&query, "to", 9), 9);
	api_query_finish(&query);
}

Test(api_query, says_that_an_address_takes_none)
{
	static const struct api_query_row none[] = {{0}};
	struct api_query query;
	struct api_query_fault fault;
	cr_assert_not(api_query_read("count=3", none, &query, &fault));
	cr_expect_str_eq(
		fault.detail.text, "There is no parameter 'count'; this address takes none.");
}
