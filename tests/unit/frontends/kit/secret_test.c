#include "frontends/kit/secret.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "tests/support/scratch.h"

Test(secret, is_a_private_line, .init = scratch_enter, .fini = scratch_leave)
{
	static char text[SECRET_MAX + 2];
	memset(text, 'x', SECRET_MAX + 1);
	const struct {
		const char *text;
		mode_t mode;
		const char *error; /* NULL: it is taken */
	} cases[] = {
		{"hidden", 0600, NULL},
		{"hidden\r\n", 0640, NULL},
		{"hidden\n", 0644, "./s: others can read it; run chmod o= ./s"},
		{"two\nlines\n", 0600, "./s: it must be a single line of 1 to 4096 octets"},
		{"\n", 0600, "./s: it must be a single line of 1 to 4096 octets"},
		{text, 0600, "./s: it must be a single line of 1 to 4096 octets"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error error = {0};
		scratch_write("s", cases[i].text, strlen(cases[i].text));
		cr_assert_eq(chmod("s", cases[i].mode), 0);
		char *secret = secret_read("./s", &error);
		cr_expect_eq(secret == NULL, cases[i].error != NULL, "case %zu", i);
		if (secret != NULL)
			cr_expect_str_eq(secret, "hidden");
		else
			cr_expect_str_eq(error.text, cases[i].error);
		free(secret);
	}
}

Test(secret, can_be_a_credential, .init = scratch_enter, .fini = scratch_leave)
{
	struct error error = {0};
	scratch_write("irc", "hidden\n", 7);
	cr_assert_eq(chmod("irc", 0400), 0);
	unsetenv("CREDENTIALS_DIRECTORY");
	cr_assert_null(secret_read("irc", &error));
	cr_expect_str_eq(error.text,
		"'irc' is not a path, and $CREDENTIALS_DIRECTORY is not set; write a path, or pass "
		"the secret with LoadCredential=irc:PATH in quoted.service");
	setenv("CREDENTIALS_DIRECTORY", ".", 1);
	char *secret = secret_read("irc", &error);
	cr_assert_not_null(secret, "%s", error.text);
	cr_expect_str_eq(secret, "hidden");
	free(secret);
	cr_expect_null(secret_read("absent", &error));
	cr_expect_str_eq(error.text, "./absent: No such file or directory");
}

Test(secret, finds_a_private_file_for_a_library, .init = scratch_enter, .fini = scratch_leave)
{
	struct error error = {0};
	scratch_write("key", "two\nlines\n", 10);
	cr_assert_eq(chmod("key", 0604), 0);
	cr_assert_null(secret_find("./key", &error));
	cr_expect_str_eq(error.text, "./key: others can read it; run chmod o= ./key");
	cr_assert_null(secret_find("./absent", &error));
	cr_assert_eq(chmod("key", 0600), 0);
	setenv("CREDENTIALS_DIRECTORY", ".", 1);
	char *path = secret_find("key", &error);
	cr_assert_not_null(path, "%s", error.text);
	cr_expect_str_eq(path, "./key");
	free(path);
}
