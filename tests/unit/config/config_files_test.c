#include "config/config_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "tests/support/scratch.h"

enum { NOBODY = 65534 };

static void write_text(const char *name, const char *text)
{
	scratch_write(name, text, strlen(text));
}

/* Reads a.conf; returns "name@file:line " of each part at the top, and the problems behind it. */
static char *read_all(void)
{
	struct config_tree tree = {0};
	struct strings files = {0}, problems = {0};
	struct buffer out = {0};
	config_files_read("a.conf", &tree, &files, &problems);
	for (size_t i = 0; i < tree.count; i++)
		buffer_format(&out, "%s@%s:%d ", tree.parts[i].text, tree.parts[i].file,
			tree.parts[i].line);
	for (size_t i = 0; i < problems.count; i++)
		buffer_format(&out, "| %s", problems.items[i]);
	config_tree_finish(&tree);
	strings_finish(&files);
	strings_finish(&problems);
	return out.data;
}

static void check(const char *expected)
{
	char *found = read_all();
	cr_assert_str_eq(found, expected, "%s", found);
	free(found);
}

Test(config_files, includes_files_and_directories, .init = scratch_enter, .fini = scratch_leave)
{
	mkdir("d", 0700);
	write_text("a.conf", "one = 1\ninclude = {d, \"b.conf\"}\ntwo = 2\n");
	write_text("b.conf", "three = 3\n");
	write_text("d/2.conf", "\nfive = 5\n");
	write_text("d/1.conf", "four = 4\ninclude = more.inc\n");
	write_text("d/more.inc", "six = 6\n");
	write_text("d/.hidden.conf", "bad = 1\n");
	write_text("d/note.txt", "bad = 1\n");
	check("one@a.conf:1 include@a.conf:2 two@a.conf:3 four@d/1.conf:1 include@d/1.conf:2 "
	      "five@d/2.conf:2 three@b.conf:1 six@d/more.inc:1 ");
}

Test(config_files, says_what_cannot_be_included, .init = scratch_enter, .fini = scratch_leave)
{
	write_text("a.conf", "include = nothing\n");
	check("include@a.conf:1 | a.conf:1: include: nothing: No such file or directory");
	write_text("a.conf", "include = a.conf\n");
	check("include@a.conf:1 | a.conf:1: include: a.conf: is read already; include it once");
	write_text("a.conf", "include = ./a.conf\n");
	check("include@a.conf:1 | a.conf:1: include: ./a.conf: is read already; include it once");
	write_text("a.conf", "include = b.conf\n");
	write_text("b.conf", "x = {\n");
	check("include@a.conf:1 x@b.conf:1 | b.conf:1:1: a ',' or the closing '}' is missing in "
	      "this list");
}

/* The superuser may read everything, so the test becomes another user. */
Test(config_files, says_what_to_do_about_files_it_may_not_read, .init = scratch_enter,
	.fini = scratch_leave)
{
	mkdir("d", 0);
	write_text("a.conf", "include = {\"b.conf\", d}\n");
	write_text("b.conf", "x = 1\n");
	chmod(".", 0755);
	chmod("b.conf", 0);
	cr_assert(geteuid() != 0 || seteuid(NOBODY) == 0);
	check("include@a.conf:1 | a.conf:1: include: b.conf: Permission denied; let quoted read it"
	      "| a.conf:1: include: d: Permission denied; let quoted read it");
	cr_assert_eq(seteuid(getuid()), 0);
	chmod("a.conf", 0);
	cr_assert(geteuid() != 0 || seteuid(NOBODY) == 0);
	check("| a.conf: Permission denied; let quoted read it");
	cr_assert_eq(seteuid(getuid()), 0);
}
