#include "core/formats/csv_file.h"

#include <criterion/criterion.h>

#include "tests/support/readings.h"
#include "tests/support/scratch.h"

#define FIRST_TWO "(1 no column is named, so the first has the text and the second the author)"
#define ONLY_ONE "(1 the only column is not named, so the first row is a quote too)"
#define NO_AUTHOR                                                                                  \
	"(1 no column is named author, by or source; rename the one with the author, if there is " \
	"one)"
#define NO_TEXT                                                                                    \
	"[file:1: no column is named text, quote, content or body; rename the one with the text]"
#define BEHIND                                                                                     \
	"text follows the quotation mark that ends a field; put the whole field in quotation "     \
	"marks and double those in it"

Test(csv_file, takes_a_quote_from_each_record, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		{"quote,author\nHello,Bob\nWorld,Ann\n",
			"2:Hello\n                -- Bob|3:World\n                -- Ann|"},
		{"Author;TEXT\r\nBob;Hello\r\n", "2:Hello\n                -- Bob|"},
		{"id\tcontent\tby\n1\tHello\tBob\n", "2:Hello\n                -- Bob|"},
		{"\uFEFF\"quote\",\"author\"\n\"Hello, \"\"you\"\"\nthere\",\"Bob\"\nWorld,\n",
			"(1 a byte order mark, removed)2:Hello, \"you\"\nthere\n                -- "
			"Bob|4:World|"},
		{"\"Hello,\nyou\",Bob\n\"World\",Ann", FIRST_TWO
			"1:Hello,\nyou\n                -- Bob|3:World\n                -- Ann|"},
		{"\uFEFF\"Hello,\nyou\",Bob\n", "(1 a byte order mark, removed)" FIRST_TWO
						"1:Hello,\nyou\n                -- Bob|"},
		{"Hello\nWorld\n", ONLY_ONE "1:Hello|2:World|"},
		{" Quote \nHello\n", "2:Hello|"},
		{"sep=;\nquote;author\nHello, you;Bob\n", "3:Hello, you\n                -- Bob|"},
		{"\uFEFFSep=|\r\nby|text\r\nBob|Hello; you\r\n",
			"(1 a byte order mark, removed)3:Hello; you\n                -- Bob|"},
		{"sep=caf\xE9\n", ONLY_ONE "1:sep=caf\u00e9|"},
		{"text,author,source\nHello,,A book\nHello you,Bob,A book\n",
			"2:Hello\n                -- A book|3:Hello you\n                -- Bob|"},
		{"quote,author\nHello, you,Bob\nWorld,Ann,,\n",
			"(2 it has more fields than the first record; put quotation marks around a "
			"text with a separator)3:World\n                -- Ann|[file: 1 record is "
			"left out, the first on line 2: it has more fields than the first record; "
			"put quotation marks around a text with a separator]"},
		{"quote,author\n,Bob\n\nHello\n", "4:Hello|"},
		{"quote\n5\" disk\n\"a\"b\n\"c\" d\n\"e\" \n",
			"2:5\" disk|(3 " BEHIND ")(4 " BEHIND
			")5:e|[file: 2 records are left out, the first on line 3: " BEHIND "]"},
		{"text,by\n\"say \\\"a\\\"\",Ann\n",
			"(2 " BEHIND ")[file: 1 record is left out, the first on line 2: " BEHIND
			"][file: contains no quotes]"},
		{"quote,author\nHello,Bob\n\uFEFFquote,author\nWorld,Ann\n",
			"2:Hello\n                -- Bob|(3 a byte order mark, removed)(3 the "
			"names "
			"of the columns again, passed over)4:World\n                -- Ann|"},
		{"quote,author\nHello,Bob\n\uFEFF\"quote\",\"author\"\n\uFEFF\"World\",Ann\n",
			"2:Hello\n                -- Bob|(3 a byte order mark, removed)(3 the "
			"names "
			"of the columns again, passed over)(4 a byte order mark, removed)4:World\n"
			"                -- Ann|"},
		{"text, by\n\"Hello, you\", \"Bob\"\n  World , Ann\n",
			"2:Hello, you\n                -- Bob|3:World\n                -- Ann|"},
		{"saying|author\nHello|Bob\n", "2:Hello\n                -- Bob|"},
		{"text,autor,author\nHello,Bob,\nHi,,Ann\n",
			"2:Hello\n                -- Bob|3:Hi\n                -- Ann|"},
		{"Autor;Spruch\nBob;Hello\n", "2:Hello\n                -- Bob|"},
		{"spruch;wer\nHello;Bob\n", FIRST_TWO
			"1:spruch\n                -- wer|2:Hello\n                -- Bob|"},
		{"quote\n50%; or \"more\"\n", "2:50%; or \"more\"|"},
		{"a,b,c\n1,2,3\n", NO_TEXT},
		{"1,Hello\n2,World\n", NO_TEXT},
		{"\"1.\"\tHello\n", NO_TEXT},
		{"\"\",Bob\n1st,Ann\n", FIRST_TWO "2:1st\n                -- Ann|"},
		{"quote,name\nHello,Bob\n", NO_AUTHOR "2:Hello|"},
		{"quote^author\nHello^Bob\n", ONLY_ONE "1:quote^author|2:Hello^Bob|"},
		{"Nr;Zitat;Autor\n1;Guten Tag;Bob\n", "2:Guten Tag\n                -- Bob|"},
		{"source,citation,quote\nBob,A book,Hello\n", "2:Hello\n                -- Bob|"},
		{"Spruch;Source\nHello;Bob\n", "2:Hello\n                -- Bob|"},
		{"quote\nHello\n\"World\nand\n",
			"2:Hello|[file:3: a field begins with a quotation mark but none ends it; "
			"add the one at its end, or put the whole field in quotation marks and "
			"double those "
			"in it]"},
		{"quote,author\n\"a\x1B"
		 "[1mb\",Bob\n",
			"(2 an escape sequence, removed)2:ab\n                -- Bob|"},
		{"", "[file: contains no quotes]"},
		{"quote\n", "[file: contains no quotes]"},
		{",\n", FIRST_TWO "[file: contains no quotes]"},
	};
	static const struct quote_file plain = {0};
	struct buffer out = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 0; chunk < 9; chunk++) {
			const char *said =
				readings_of(FORMAT_CSV, &plain, chunk, rows[i].text, &out);
			cr_expect_str_eq(
				said, rows[i].said, "row %zu, chunk %zu: %s", i, chunk, said);
		}
	buffer_finish(&out);
}
