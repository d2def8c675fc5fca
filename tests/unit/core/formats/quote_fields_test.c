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
		{"ID", QUOTE_FIELD_ID},
		{"Tags", QUOTE_FIELD_TAGS},
		{"quoteText", QUOTE_FIELD_TEXT},
		{"quote_author", QUOTE_FIELD_AUTHOR},
		{"Quote-Text", QUOTE_FIELD_TEXT},
		{"quote author", QUOTE_FIELD_AUTHOR},
		{"_", QUOTE_FIELD_NONE},
		{"textt", QUOTE_FIELD_NONE},
		{"Autor", QUOTE_FIELD_AUTHOR},
		{"AUTEUR", QUOTE_FIELD_AUTHOR},
		{"Quotes", QUOTE_FIELD_BODY},
		{"ZITAT", QUOTE_FIELD_BODY},
		{"\u0426\u0438\u0442\u0430\u0442\u0430", QUOTE_FIELD_BODY},
		{"\u4F5C\u8005", QUOTE_FIELD_AUTHOR},
		{"Speaker", QUOTE_FIELD_SOURCE},
		{"_id", QUOTE_FIELD_ID},
		{"Category", QUOTE_FIELD_TAGS},
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

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	buffer_format(data, "%zu:%.*s|", line, (int)length, text);
	return true;
}

static void on_former_id(void *data, const char *id, size_t length)
{
	buffer_format(data, "#%.*s", (int)length, id);
}

static void on_tags(void *data, const char *tags)
{
	buffer_format(data, "{%s}", tags);
}

static void on_anomaly(void *data, size_t line, const char *what)
{
	buffer_format(data, "(%zu %s)", line, what);
}

#define MARK "\n                -- "

static const struct {
	const char *text, *quote, *author, *source, *id, *given;
} rows[] = {
	{"Hello", NULL, "Bob", NULL, NULL, "3:Hello" MARK "Bob|"},
	{"Hello\n", NULL, " \u2014 Bob\nHope ", NULL, NULL, "3:Hello" MARK "Bob Hope|"},
	{"Hello", NULL, NULL, "A book", NULL, "3:Hello" MARK "A book|"},
	{"Hello", NULL, "Bob", "A book", NULL, "3:Hello" MARK "Bob|"},
	{"Hello", NULL, " ", "A book", NULL, "3:Hello" MARK "A book|"},
	{"Hello", NULL, "--", NULL, NULL, "3:Hello|"},
	{"Hello", NULL, "Bob Hope, ", NULL, NULL, "3:Hello" MARK "Bob Hope|"},
	{"Hello", NULL, ",", NULL, NULL, "3:Hello|"},
	{"Hello", NULL, NULL, NULL, NULL, "3:Hello|"},
	{NULL, "Hello", NULL, NULL, NULL, "3:Hello|"},
	{" ", "Hello", NULL, NULL, NULL, "3:Hello|"},
	{"Hello", "World", NULL, NULL, NULL, "3:Hello|"},
	{"Hello\n\t\t-- Ann", NULL, "Bob", NULL, NULL, "3:Hello" MARK "Ann|"},
	{"Hello", NULL, "Bob", NULL, " 17\n", "3:Hello" MARK "Bob|#17"},
	{NULL, "Hello", NULL, NULL, "a b", "3:Hello|#a b"},
	{NULL, "Hello", NULL, NULL, " ", "3:Hello|"},
	{NULL, NULL, "Bob", NULL, NULL, NULL},
	{"\n", " ", "Bob", NULL, "17", NULL},
	{"\x1B", NULL, NULL, NULL, "17", "(3 an escape sequence, removed)"},
};

Test(quote_fields, gives_text_with_author_and_id)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *const values[QUOTE_FIELD_NONE] = {
			[QUOTE_FIELD_TEXT] = rows[i].text,
			[QUOTE_FIELD_QUOTE] = rows[i].quote,
			[QUOTE_FIELD_AUTHOR] = rows[i].author,
			[QUOTE_FIELD_SOURCE] = rows[i].source,
			[QUOTE_FIELD_ID] = rows[i].id,
		};
		struct quote_file_piece fields[QUOTE_FIELD_NONE] = {0};
		struct buffer out = {0};
		struct file_report report = {0};
		struct quote_file file = {.report = &report,
			.on_quote = on_quote,
			.on_former_id = on_former_id,
			.on_anomaly = on_anomaly,
			.data = &out};
		const char *given = rows[i].given != NULL ? rows[i].given : "";
		for (size_t j = 0; j < QUOTE_FIELD_NONE; j++) {
			fields[j].text = values[j];
			fields[j].length = values[j] != NULL ? strlen(values[j]) : 0;
		}
		buffer_add(&out, "");
		cr_expect_eq(
			quote_fields_take(fields, 3, &file), rows[i].given != NULL, "row %zu", i);
		cr_expect_str_eq(out.data, given, "row %zu: %s", i, out.data);
		buffer_finish(&file.quote);
		buffer_finish(&out);
	}
}

#define TAG_OF_64 "0123456789012345678901234567890123456789012345678901234567890123"
#define LEFT_OUT "(3 a tag of more than 64 octets, or after the first 32, left out)"

static const struct {
	const char *tags, *given;
} tag_rows[] = {
	{"love", "{love}"},
	{"['be kind ', 'b']", "{be kind,b}"},
	{" be yourself , Honesty;\u00e9t\u00e9\n", "{be yourself,Honesty,\u00e9t\u00e9}"},
	{"\"one\", \"two\"", "{one,two}"},
	{"a\u2028b\x1B[1mc\a", "{a,bc}"},
	{"['be yourself', 'rock'n'roll']", "{be yourself,rock'n'roll}"},
	{"[\"one\",\"two\"]", "{one,two}"},
	{"{one,\"be yourself\"}", "{one,be yourself}"},
	{"'", ""},
	{",; \t\n\"", ""},
	{"", ""},
	{NULL, ""},
	{TAG_OF_64, "{" TAG_OF_64 "}"},
	{TAG_OF_64 "x,y", LEFT_OUT "{y}"},
	{"0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v",
		"{0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v}"},
	{"0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w",
		LEFT_OUT "{0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v}"},
};

Test(quote_fields, gives_tags_within_limits)
{
	cr_assert_eq(strlen(TAG_OF_64), QUOTE_FIELDS_TAG_OCTETS);
	for (size_t i = 0; i < sizeof tag_rows / sizeof *tag_rows; i++) {
		const char *tags = tag_rows[i].tags;
		struct quote_file_piece fields[QUOTE_FIELD_NONE] = {0};
		struct buffer out = {0};
		struct file_report report = {0};
		struct quote_file file = {.report = &report,
			.on_quote = on_quote,
			.on_tags = on_tags,
			.on_anomaly = on_anomaly,
			.data = &out};
		fields[QUOTE_FIELD_TEXT].text = "x";
		fields[QUOTE_FIELD_TEXT].length = 1;
		fields[QUOTE_FIELD_TAGS].text = tags;
		fields[QUOTE_FIELD_TAGS].length = tags != NULL ? strlen(tags) : 0;
		cr_assert(quote_fields_take(fields, 3, &file));
		cr_expect_str_eq(
			out.data + strlen("3:x|"), tag_rows[i].given, "row %zu: %s", i, out.data);
		buffer_finish(&file.quote);
		buffer_finish(&out);
	}
}
