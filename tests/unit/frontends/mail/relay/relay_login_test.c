#include "frontends/mail/relay/relay_login.h"

#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

/* test_mail_tls has real relays. */
Test(relay_login, needs_files_that_can_be_used, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		struct relay_login_options options;
		const char *error; /* NULL: it is good */
	} rows[] = {
		{{false, "", "", ""}, NULL},
		{{true, "", "", ""}, NULL},
		{{true, "./no-ca", "", ""},
			"relay_ca: ./no-ca has no certificates that can be read"},
		{{true, "./text", "", ""}, "relay_ca: ./text has no certificates that can be read"},
		{{true, "", "ann", "./text"}, NULL},
		{{true, "", "ann", "./none"}, "./none: No such file or directory"},
	};
	scratch_write("text", "secret\n", 7);
	cr_assert_eq(chmod("text", 0600), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {0};
		struct relay_login *login =
			relay_login_create(&rows[i].options, "relay.example", &error);
		cr_expect_eq(login != NULL, rows[i].error == NULL, "row %zu: %s", i, error.text);
		if (login == NULL && rows[i].error != NULL)
			cr_expect_str_eq(error.text, rows[i].error);
		if (login != NULL)
			cr_expect_null(relay_login_refusal(login));
		relay_login_destroy(login);
	}
}
