#include "core/formats/json_file.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/readings.h"
#include "tests/support/scratch.h"

Test(json_file, takes_a_quote_from_each_value, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		{"[\"one\", \"two\"]", "1:one|1:two|"},
		{"[\n  {\"quote\": \"Hello\", \"author\": \"Bob\"},\n  {\"by\": \"Ann\", \"text\": "
		 "\"World\"}\n]\n",
			"2:Hello\n                -- Bob|3:World\n                -- Ann|"},
		{"{\"text\": \"Hello\"}\n{\"text\": \"World\"}\n", "1:Hello|2:World|"},
		{"{\"text\": \"Hello\"}\r\n\r\n{\"text\":\r\n\"World\"}", "1:Hello|3:World|"},
		{"\"one\"\n\"two\"\n", "1:one|2:two|"},
		{"\uFEFF[\"one\"]", "(1 a byte order mark, removed)1:one|"},
		{"[\"a\\nb\\u00e9\\u0000\\ud83d\\ude00\"]",
			"(1 a control character, removed)1:a\nbé😀|"},
		{"[\"one\",]", "1:one|"},
		{"{\"Text\": \"Hello\", \"Author\": null, \"SOURCE\": \"A book\"}",
			"1:Hello\n                -- A book|"},
		{"[\"one\", 2, null, {\"id\": 3}, [\"x\"], {\"text\": 4}, \"two\"]",
			"1:one|(1 it has no text; give it as a string, or as a member named text, "
			"quote, content or body)(1 it has no text; give it as a string, or as a "
			"member named text, quote, content or body)(1 it has no text; give it as a "
			"string, or as a member named text, quote, content or body)(1 it has no "
			"text; give it as a string, or as a member named text, quote, content or "
			"body)(1 it has no text; give it as a string, or as a member named text, "
			"quote, content or body)1:two|[file: 5 records are left out, the first on "
			"line 1: it has no text; give it as a string, or as a member named text, "
			"quote, content or body]"},
		{"[\n\"one\"\n\"two\"]",
			"2:one|[file:3: a comma or the end of the array is missing before this]"},
		{"[,\"one\"]", "[file:1: a value is missing before this]"},
		{"// mine\n[\"one\"]",
			"[file:1: JSON has no comments; remove the one that begins here]"},
		{"[\"one\",\n/* more */ \"two\"]",
			"1:one|[file:2: JSON has no comments; remove the one that begins here]"},
		{"[\"one\"]\n[\"two\"]", "1:one|[file:2: text follows the end of the array]"},
		{"[\"one\",\n", "1:one|[file:2: the array has no end]"},
		{"[\"one\",\n{\"text\":\n\"tw",
			"1:one|[file:2: the value that begins here has no end]"},
		{"[\"one\"\n", "1:one|[file:2: the array has no end]"},
		{"\"one\"\n}", "1:one|[file:2: a value is missing before this]"},
		{"[\n{\"text\":\n\"two\\q\"}]",
			"[file:3: malformed JSON: invalid escape; mend it]"},
		{"[{\"text\": \"x\"]]", "[file:1: malformed JSON: '}' expected; mend it]"},
		{"Hello, world.\n", "[file:1: malformed JSON: invalid token; mend it]"},
		{"{\"total\": 2, \"quotes\": [\"one\", {\"text\": \"two\", \"by\": \"Ann\"}]}",
			"1:one|1:two\n                -- Ann|"},
		{"{\"quotes\": [\"one\", 2]}",
			"1:one|(1 an element of quotes has no text; give it as a string, or as a "
			"member named text, quote, content or body)[file: 1 record is left out, "
			"the first on line 1: an element of quotes has no text; give it as a "
			"string, or as a member named text, quote, content or body]"},
		{"{\"count\": 1, \"QUOTES\": [\"one\"]}", "1:one|"},
		{"[{\"author\": \"Ann\", \"quotes\": [\"one\", {\"text\": \"two\"}]},\n"
		 "{\"quotes\": [{\"text\": \"three\", \"by\": \"Cem\"}], \"author\": \"Bob\"}]",
			"1:one\n                -- Ann|1:two\n                -- Ann|"
			"2:three\n                -- Cem|"},
		{"{\"source\": \"example.org\", \"quotes\": [\"one\"]}", "1:one|"},
		{"{\"results\": [{\"text\": \"one\"}]}",
			"(1 it has no text but a list; if that is of quotes, name it quotes)[file: "
			"1 "
			"record is left out, the first on line 1: it has no text but a list; if "
			"that "
			"is of quotes, name it quotes][file: contains no quotes]"},
		{"[{\"text\": \"one\", \"author\": {\"name\": \"Ann\", \"born\": 1}}]",
			"1:one\n                -- Ann|"},
		{"[{\"text\": \"one\", \"author\": [\"Ann\", \"Bob\"]},\n"
		 "{\"text\": \"two\", \"authors\": [{\"name\": \"Ann\"}]},\n"
		 "{\"text\": \"three\", \"author\": []}]",
			"1:one\n                -- Ann|2:two\n                -- Ann|3:three|"},
		{"{\"quoteText\": \"one\", \"text\": \"\", \"autor\": \"Ann\", \"author\": \"\"}",
			"1:one\n                -- Ann|"},
		{"{\"author\": \"\", \"autor\": \"Ann\", \"text\": \"one\"}",
			"1:one\n                -- Ann|"},
		{"[\"one\"]\r\n\x1A", "1:one|"},
		{"{\"text\": \"one\"},\n{\"text\": \"two\"}\n",
			"1:one|[file:1: a comma separates the values of an array, but none has "
			"begun; "
			"put [ before the first value and ] behind the last]"},
		{"{\"quotes\": []}", "[file: contains no quotes]"},
		{"[\"a\\u001b[1mb\"]", "(1 an escape sequence, removed)1:ab|"},
		{"", "[file: contains no quotes]"},
		{"[]", "[file: contains no quotes]"},
		{" \n", "[file: contains no quotes]"},
	};
	static const struct quote_file plain = {0};
	struct buffer out = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 0; chunk < 9; chunk++) {
			const char *said =
				readings_of(FORMAT_JSON, &plain, chunk, rows[i].text, &out);
			cr_expect_str_eq(
				said, rows[i].said, "row %zu, chunk %zu: %s", i, chunk, said);
		}
	buffer_finish(&out);
}

Test(json_file, refuses_a_value_that_is_too_long, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct quote_file plain = {0};
	struct buffer text = {0}, out = {0};
	buffer_add(&text, "[\"");
	while (text.length < 1048576)
		buffer_add(&text, "x");
	buffer_add(&text, "\"]");
	const char *said = readings_of(FORMAT_JSON, &plain, 0, text.data, &out);
	cr_expect(strncmp(said, "1:xxx", 5) == 0, "%s", said);
	text.length -= 2;
	buffer_add(&text, "x\"]");
	said = readings_of(FORMAT_JSON, &plain, 0, text.data, &out);
	cr_expect_str_eq(
		said, "[file:1: the value that begins here is longer than 1 MiB; split it]");
	buffer_finish(&text);
	buffer_finish(&out);
}
