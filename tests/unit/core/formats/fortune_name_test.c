#include "core/formats/fortune_name.h"

#include <string.h>

#include <criterion/criterion.h>

Test(fortune_name, tells_what_a_file_is)
{
	static const struct {
		const char *name, *what;
	} rows[] = {
		{"jokes", NULL},
		{"jokes.txt", NULL},
		{"debian.pl", NULL},
		{"greek.el", NULL},
		{"art.fortunes", NULL},
		{"readme-jokes", NULL},
		{"licenses", NULL},
		{"jokes-o", NULL},
		{"LICENSE", "documentation, by its name"},
		{"LICENSE.GPL", "documentation, by its name"},
		{"COPYING", "documentation, by its name"},
		{"README", "documentation, by its name"},
		{"README.de", "documentation, by its name"},
		{"Readme.txt", "documentation, by its name"},
		{"CHANGELOG", "documentation, by its name"},
		{"CONTRIBUTING", "documentation, by its name"},
		{"CONTRIBUTING.txt", "documentation, by its name"},
		{"INSTALL", "documentation, by its name"},
		{"TODO", "documentation, by its name"},
		{"TODOS", NULL},
		{"NEWS.old.txt", "documentation, by its name"},
		{"news", NULL},
		{"index.html", "documentation, by its name"},
		{"jokes.backup", "a backup, by its name"},
		{"notes.md", "documentation, by its name"},
		{"NOTES.MD", "documentation, by its name"},
		{"Makefile", "part of a program, by its name"},
		{"Makefile.am", "part of a program, by its name"},
		{"jokes.c", "part of a program, by its name"},
		{"jokes.pas", "part of a program, by its name"},
		{"convert.py", "part of a program, by its name"},
		{"parse.y", "part of a program, by its name"},
		{"setup.EXE", "part of a program, by its name"},
		{"picture.png", "a picture, by its name"},
		{"picture.JPEG", "a picture, by its name"},
		{"song.mp3", "sound or video, by its name"},
		{"list.txt.gz", "an archive, by its name"},
		{"all.zip", "an archive, by its name"},
		{"list.xlsx", "an office document, by its name"},
		{"list.pdf", "an office document, by its name"},
		{"index.sqlite", "data of a program, by its name"},
		{"jokes~", "a backup, by its name"},
		{"#jokes#", "a backup, by its name"},
		{"jokes.bak", "a backup, by its name"},
		{"jokes.orig", "a backup, by its name"},
		{"jokes.dpkg-old", "a backup, by its name"},
		{"jokes.rpmnew", "a backup, by its name"},
		{"jokes.pacsave", "a backup, by its name"},
		{"jokes.swn", "a backup, by its name"},
		{"jokes.sync-conflict-20260101-120000-ABCDEFG", "a backup, by its name"},
		{"jokes.partial", "a backup, by its name"},
		{"paper.ps", "documentation, by its name"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *what = fortune_name_other(rows[i].name);
		if (rows[i].what == NULL)
			cr_expect_null(what, "%s: %s", rows[i].name, what);
		else
			cr_expect(what != NULL && strcmp(what, rows[i].what) == 0, "%s: %s",
				rows[i].name, what);
	}
}

Test(fortune_name, knows_hidden_files_and_companions)
{
	static const struct {
		const char *name;
		bool companion;
	} rows[] = {{".git", true}, {".hidden", true}, {".jokes.swp", true}, {"jokes.dat", true},
		{"jokes.pos", true}, {"jokes.u8", true}, {"jokes", false}, {"dat", false},
		{"jokes.dat.txt", false}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(fortune_name_is_companion(rows[i].name), rows[i].companion, "%s",
			rows[i].name);
}
