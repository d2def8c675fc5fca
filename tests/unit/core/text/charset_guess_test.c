#include "core/text/charset_guess.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

Test(charset_guess, takes_the_hint_of_the_path, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *path, *text, *charset;
	} rows[] = {
		{"/x/file", "caf\xE9", "ISO-8859-1"},
		{"/x/eo-iso3", "\xE6", "ISO-8859-3"},
		{"/x/koi8-r", "\xC1", "KOI8-R"},
		{"/x/cp1251", "\xE0", "CP1251"},
		{"/x/latin2", "\xB1", "ISO-8859-2"},
		{"/x/cs/file", "\xB9", "ISO-8859-2"},
		{"/x/file", "\x93so\x94", "CP1252"},
		{"/x/file", "wait\x85", "CP1252"},
		{"/x/file", "\x81\x93so\x94", "ISO-8859-1"},
		{"/x/file", "\u201Cso\u201D\n\x93so\x94\r\n\u00d0", "CP1252"},
		{"/x/ja/file", "\u65e5\n\xc6\xfc\n", "EUC-JP"},
		{"/x/cs/file", "\x9A", "ISO-8859-2"},
		/* Not valid in what the path speaks of. */
		{"/x/eo-iso3", "\xA5", "ISO-8859-1"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scratch_write("text", rows[i].text, strlen(rows[i].text));
		int fd = open("text", O_RDONLY | O_CLOEXEC);
		cr_expect_str_eq(charset_guess(rows[i].path, fd), rows[i].charset, "row %zu: %s", i,
			charset_guess(rows[i].path, fd));
		close(fd);
	}
}
