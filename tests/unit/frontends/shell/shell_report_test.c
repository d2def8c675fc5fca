#include "frontends/shell/shell_report.h"

#include <criterion/criterion.h>

static const struct {
	struct library_file file;
	const char *line;
} rows[] = {
	{{.path = "/a/b", .count = 1, .report = {.charset = "UTF-8", .delimiter = '%'}},
		"/a/b: 1 quote, UTF-8"},
	{{.path = "static:x", .count = 1}, "static:x: 1 quote"},
	{{.path = "f",
		 .count = 2626,
		 .duplicates = 12,
		 .report = {.charset = "ISO-8859-3",
			 .delimiter = '%',
			 .escapes = 3,
			 .overstrikes = 2}},
		"f: 2626 quotes, ISO-8859-3, 12 duplicates; mended: 3 escape sequences, 2 "
		"overstrikes"},
	{{.path = "f",
		 .count = 2,
		 .report = {.format = FORMAT_JSON, .charset = "UTF-8", .delimiter = '%'}},
		"f: 2 quotes, JSON, UTF-8"},
	{{.path = "f",
		 .duplicates = 1,
		 .report = {.charset = "UTF-8",
			 .delimiter = '@',
			 .rotated = true,
			 .has_table = true,
			 .blank = 1,
			 .comments = 2,
			 .undecodable = 3}},
		"f: 0 quotes, UTF-8, delimiter @, rot13, .dat file used, 1 duplicate; mended: 1 "
		"blank quote, 2 comments, 3 octets outside the charset"},
	{{.path = "f",
		 .count = 2,
		 .report = {.charset = "UTF-8",
			 .delimiter = '\xa7',
			 .has_table = true,
			 .table_set_aside = true,
			 .controls = 1,
			 .tabs = 2,
			 .trailing_blanks = 1,
			 .carriage_returns = 1,
			 .breaks = 2,
			 .marks = 1}},
		"f: 2 quotes, UTF-8, delimiter 0xA7, .dat file set aside; mended: 1 control "
		"character, 2 tabs, 1 line with trailing blanks, 1 carriage return, 2 Unicode line "
		"ends, 1 byte order mark"},
};

Test(shell_report, says_what_was_done)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer line = {0};
		shell_report_add(&line, &rows[i].file);
		cr_expect_str_eq(line.data, rows[i].line);
		buffer_finish(&line);
	}
}
