#include "core/formats/quote_fields.h"

#include <string.h>

#include <criterion/criterion.h>

Test(quote_fields, finds_names_in_any_case)
{
	static const struct {
		const char *name;
		enum quote_field field;
	} rows[] = {
		{"text", QUOTE_FIELD_TEXT},
		{"Quote", QUOTE_FIELD_QUOTE},
		{"CONTENT", QUOTE_FIELD_CONTENT},
		{"body", QUOTE_FIELD_BODY},
		{"Author", QUOTE_FIELD_AUTHOR},
		{"by", QUOTE_FIELD_BY},
		{"source", QUOTE_FIELD_SOURCE},
		{"sources", QUOTE_FIELD_NONE},
		{"tex", QUOTE_FIELD_NONE},
		{"", QUOTE_FIELD_NONE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(quote_fields_find(rows[i].name, strlen(rows[i].name)), rows[i].field,
			"%s", rows[i].name);
	cr_expect(quote_fields_is_text(QUOTE_FIELD_BODY));
	cr_expect_not(quote_fields_is_text(QUOTE_FIELD_AUTHOR));
	cr_expect_not(quote_fields_is_text(QUOTE_FIELD_NONE));
}

#define MARK "\n                -- "

Test(quote_fields, joins_text_and_author)
{
	static const struct {
		const char *text, *quote, *author, *source, *joined;
	} rows[] = {
		{"Hello", NULL, "Bob", NULL, "Hello" MARK "Bob"},
		{"Hello\n", NULL, " \u2014 Bob\nHope ", NULL, "Hello" MARK "Bob Hope"},
		{"Hello", NULL, NULL, "A book", "Hello" MARK "A book"},
		{"Hello", NULL, "Bob", "A book", "Hello" MARK "Bob"},
		{"Hello", NULL, " ", "A book", "Hello" MARK "A book"},
		{"Hello", NULL, "--", NULL, "Hello"},
		{"Hello", NULL, NULL, NULL, "Hello"},
		{NULL, "Hello", NULL, NULL, "Hello"},
		{" ", "Hello", NULL, NULL, "Hello"},
		{"Hello", "World", NULL, NULL, "Hello"},
		{"Hello\n\t\t-- Ann", NULL, "Bob", NULL, "Hello\n\t\t-- Ann"},
		{NULL, NULL, "Bob", NULL, NULL},
		{"\n", " ", "Bob", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *const values[QUOTE_FIELD_NONE] = {
			[QUOTE_FIELD_TEXT] = rows[i].text,
			[QUOTE_FIELD_QUOTE] = rows[i].quote,
			[QUOTE_FIELD_AUTHOR] = rows[i].author,
			[QUOTE_FIELD_SOURCE] = rows[i].source,
		};
		struct quote_fields fields = {0};
		struct buffer out = {0};
		for (size_t j = 0; j < QUOTE_FIELD_NONE; j++) {
			fields.values[j].text = values[j];
			fields.values[j].length = values[j] != NULL ? strlen(values[j]) : 0;
		}
		bool joined = quote_fields_join(&fields, &out);
		cr_expect_eq(joined, rows[i].joined != NULL, "row %zu", i);
		if (joined)
			cr_expect_str_eq(out.data, rows[i].joined, "row %zu: %s", i, out.data);
		buffer_finish(&out);
	}
}
