#include "core/formats/format_guess.h"

#include <string.h>

#include <criterion/criterion.h>

Test(format_guess, tells_what_a_text_looks_like)
{
	static const struct {
		const char *path, *text;
		enum format format;
	} rows[] = {
		{"f", "", FORMAT_FORTUNE},
		{"f", "one\n%\ntwo\n", FORMAT_FORTUNE},
		{"f", "One.\n%\nTwo.\n%\nThree.\n", FORMAT_FORTUNE},
		{"f", "One.\r\n%\r\nTwo.\r\n%\r\nThree.\r\n", FORMAT_FORTUNE},
		{"f", "One.\r%\rTwo.\r%\rThree.\r", FORMAT_FORTUNE},
		{"f", "One.\n%%\nTwo.\n%%\nThree.\n", FORMAT_FORTUNE},
		{"f", "One.\n% \nTwo.\n", FORMAT_FORTUNE},
		{"f.json", "[\"x\"\n%\n]", FORMAT_FORTUNE},
		{"f", "A quote alone.\n", FORMAT_FORTUNE},
		{"f", "Roses are red,\nviolets are blue,\nthis is a poem,\nand it is true.\n",
			FORMAT_FORTUNE},
		{"f", "One.\nTwo.\nThree.\n\t\t-- A poet", FORMAT_FORTUNE},
		{"f", "One.\nTwo.\nThree.\n-- A poet", FORMAT_FORTUNE},
		{"f", "One.\nTwo.\nThree.\n", FORMAT_LINES},
		{"f", "One.\rTwo.\rThree.\r", FORMAT_LINES},
		{"f", "# mine\n\nOne!\n\nTwo?\nHe said \"three.\"\n", FORMAT_LINES},
		{"f", "One -- Ann\nTwo \u2014 Bob\nThree ~ Cem\n", FORMAT_LINES},
		{"f", "One.\nTwo.\n", FORMAT_FORTUNE},
		{"f", "[\"one\", \"two\"]", FORMAT_JSON},
		{"f", "[\n  {\"text\": \"one\"}\n]\n", FORMAT_JSON},
		{"f", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n", FORMAT_JSON},
		{"f", "[sic] said he\n", FORMAT_FORTUNE},
		{"f", "{ one }\n", FORMAT_FORTUNE},
		{"f", "[", FORMAT_FORTUNE},
		{"f.jsonl", "\"one\"\n\"two\"\n", FORMAT_JSON},
		{"f.csv", "\"one\"\n\"two\"\n", FORMAT_CSV},
		{"f.csv", "sep=;\nquote;author\n", FORMAT_CSV},
		{"f.csv", "citation,auteur\n", FORMAT_CSV},
		{"f.csv", "one\n%\ntwo\n", FORMAT_FORTUNE},
		{"f.csv", "", FORMAT_FORTUNE},
		{"f.json", "// mine\n[\"one\"]\n", FORMAT_JSON},
		{"f.JSON", "{}", FORMAT_JSON},
		{"f.json.txt", "{}", FORMAT_FORTUNE},
		{"f", "quote,author\nHello,Bob\n", FORMAT_CSV},
		{"f", "Author;Text\r\nBob;Hello\r\n", FORMAT_CSV},
		{"f", "id\t\"content\"\n1\tHello\n", FORMAT_CSV},
		{"f", "\"Hello\",\"Bob\"\n\"World\",\"Ann\"\n", FORMAT_CSV},
		{"f", "\"Hello\",\"Bob\"\n", FORMAT_FORTUNE},
		{"f.csv", "\"Hello\",\"Bob\"\n", FORMAT_CSV},
		{"f.CSV", "quote\nHello\n", FORMAT_CSV},
		{"f", "quote\nHello\n", FORMAT_FORTUNE},
		{"f", "sep=;\r\nspruch;wer\r\n", FORMAT_CSV},
		{"f", "sep=1;\n", FORMAT_FORTUNE},
		{"f", "Spruch;Wer\nGuten Tag;Bob\nHallo;\u00C4nne\n", FORMAT_CSV},
		{"f", "Good day\tBob\nHello\tAnn\nHi\tCem\n", FORMAT_CSV},
		{"f", "Good day;Bob\nHello;Ann\n", FORMAT_FORTUNE},
		{"f", "I came; I saw;\nyou went; we stayed;\nit rained; no more;\n",
			FORMAT_FORTUNE},
		{"f", "Good day\tBob\nHello\nHi\tCem\n", FORMAT_FORTUNE},
		{"f", "\tone\n\ttwo\n\tthree\n", FORMAT_FORTUNE},
		{"f", "\"One\"\n- Ann\n\n\"Two\"\n- Bob\n", FORMAT_FORTUNE},
		{"f", "One.\n- Ann Jr.\nTwo.\n~ Bob Sr.\n", FORMAT_FORTUNE},
		{"f", "One.\n2. Two\nThree.\n4. Four\n", FORMAT_FORTUNE},
		{"f", "1. One\n2. Two\n10) Three\n", FORMAT_LINES},
		{"f", "1.5 metres\n2. Two\n3. Three\n", FORMAT_FORTUNE},
		{"f", "- One\n* Two\n\u2022 Three\n", FORMAT_LINES},
		{"f", "\"One\"\n\u201CTwo\u201D\n\u201EThree\u201C\n\u00ABFour\u00BB\n",
			FORMAT_LINES},
		{"f", "\"One\nTwo\nThree\"\n", FORMAT_FORTUNE},
		{"f", "One.\r\nTwo.\r\nThree.\r\n\x1A", FORMAT_LINES},
		{"f", "[[\"one\", \"Bob\"]]", FORMAT_JSON},
		{"f", "['one', 'two']", FORMAT_JSON},
		{"f", "{'text': 'one'}", FORMAT_JSON},
		{"f", "[[quotes]]\ntext = 1\n", FORMAT_FORTUNE},
		{"f", "\"one\"", FORMAT_FORTUNE},
		{"f", "quote|author\nHello|Bob\n", FORMAT_CSV},
		{"f", "Autor,spruch\nBob,Hello\n", FORMAT_CSV},
		{"f", "Autor,\nspruch\n", FORMAT_CSV},
		{"f", "author\nspruch\n", FORMAT_FORTUNE},
		{"f", "| quote | author |\n|---|---|\n| Hello | Bob |\n", FORMAT_FORTUNE},
		{"f", "spruch,wer\nGuten Tag,Bob\nHallo,Ann\n", FORMAT_CSV},
		{"f", "Good day|Bob\nHello|Ann\nHi|Cem\n", FORMAT_CSV},
		{"f", "> One.\n> \u2014 Ann\n\n> Two.\n> Three.\n", FORMAT_FORTUNE},
		{"f", "\u0646\u0639\u0645\u061F\n\u0644\u0627.\n\u0644\u0627\u06D4\n",
			FORMAT_LINES},
		{"f", "\u4E00\u2014\u2014\u5B54\u5B50\n\u4E8C\u3002\n\u0905\u0964\n", FORMAT_LINES},
		{"f", "I came, I saw\nyou went, we stayed\nit rained, no more\n", FORMAT_FORTUNE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum format format =
			format_guess(rows[i].path, rows[i].text, strlen(rows[i].text), true);
		cr_expect_eq(format, rows[i].format, "row %zu: %s", i, format_name(format));
	}
}

Test(format_guess, knows_what_it_cannot_read)
{
	static const struct {
		const char *path, *text;
		size_t length;
		const char *title;
	} rows[] = {
		{"f", "<!DOCTYPE html>\n<p>", 19, "HTML"},
		{"f", "\n <HTML>\n", 9, "HTML"},
		{"f.htm", "one\n", 4, "HTML"},
		{"f", "<?xml version=\"1.0\"?>\n", 22, "XML"},
		{"f.yml", "- one\n", 6, "YAML"},
		{"f", "---\n- quote: one\n", 17, NULL},
		{"f", "- quote: one\n  author: Bob\n", 26, "YAML"},
		{"f", "\n- Author: Bob\n", 15, "YAML"},
		{"f", "- Alice: good day\n- Bob: hi\n", 27, NULL},
		{"f", "[[quotes]]\n", 11, "TOML"},
		{"f", "[[\"one\"]]\n", 10, NULL},
		{"f", "quotes:\n- one\n", 14, "YAML"},
		{"f", "quotes: a few\n", 14, NULL},
		{"f", "<!-- mine -->\n<p>one\n", 22, "HTML"},
		{"f", "<ol><li>one</li></ol>\n", 22, "HTML or XML"},
		{"f", "\n<quotes>\n<quote>one</quote>\n</quotes>\n", 40, "HTML or XML"},
		{"f", "<ann> good day\n<bob> hi\n", 24, NULL},
		{"f", "<", 1, NULL},
		{"f", "<?php\n", 6, "PHP"},
		{"f", "const quotes = [\n", 17, "JavaScript"},
		{"f", "constant drops\n", 15, NULL},
		{"f", "var quotes = [\n", 15, "JavaScript"},
		{"f", "Var dag har nog av sin egen pl\u00e5ga.\n", 36, NULL},
		{"f", "create table quotes (text);\n", 28, "SQL"},
		{"f", "#!/bin/sh\necho one\n", 19, "a script"},
		{"f", "<svg xmlns=\"x\">", 15, "SVG"},
		{"f.js", "let x = 1;\n", 11, "JavaScript"},
		{"f", "export const quotes = [\n", 24, "JavaScript"},
		{"f", "QUOTES = [\n", 11, "a program"},
		{"f", "+----+\n| id |\n", 14, "a table drawn with lines"},
		{"f", "| a | b |\r\n|:---|---|\r\n", 24, "a table of Markdown"},
		{"f", "\n| a | b |\n| --- | --- |\n", 26, "a table of Markdown"},
		{"f", "| a | b |\n| c | d |\n", 20, NULL},
		{"f", "|", 1, NULL},
		{"f", "INSERT INTO quotes VALUES ('one');\n", 35, "SQL"},
		{"f", "{\\rtf1 one}", 11, "RTF"},
		{"f", "SQLite format 3\0\x10", 17, "an SQLite database"},
		{"f", "%PDF-1.7\n", 9, "PDF"},
		{"f", "o\0n\0e\0\n\0", 8, "UTF-16 without a byte order mark"},
		{"f", "\0o\0n\0e\0\n", 8, "UTF-16 without a byte order mark"},
		{"f", "o\0\0n\0e\0\n", 8, NULL},
		{"f", "o\0n", 3, NULL},
		{"f", "one\n", 4, NULL},
		{"f", "<he said>\n", 10, NULL},
		{"f", "", 0, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *title =
			format_guess_foreign(rows[i].path, rows[i].text, rows[i].length);
		cr_expect_str_eq(title != NULL ? title : "-",
			rows[i].title != NULL ? rows[i].title : "-", "row %zu", i);
	}
}

Test(format_guess, passes_over_a_line_that_may_go_on)
{
	const char *text = "One.\nTwo.\nThree.\nand then";
	cr_expect_eq(format_guess("f", text, strlen(text), false), FORMAT_LINES);
	cr_expect_eq(format_guess("f", text, strlen(text), true), FORMAT_FORTUNE);
}

Test(format_guess, knows_json_on_one_long_line)
{
	const char *text = "[{\"text\": \"one";
	cr_expect_eq(format_guess("f", text, strlen(text), false), FORMAT_JSON);
	cr_expect_eq(format_guess("f", "One. Two", 8, false), FORMAT_FORTUNE);
}
