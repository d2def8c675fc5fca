#include "frontends/mail/mail_options.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

/* Sets a setting of text or a list of texts; "" empties it. */
static void set(struct mail_options *options, const char *name, const char *value)
{
	const struct setting *row = mail_options_rows;
	while (strcmp(row->name, name) != 0)
		row++;
	void *field = (char *)options + row->offset;
	if (row->type == SETTING_TYPE_STRINGS) {
		strings_finish(field);
		if (*value != '\0')
			strings_add(field, value);
		return;
	}
	char **text = field;
	free(*text);
	*text = mem_strdup(value);
}

Test(mail_options, says_what_is_wrong)
{
	static const struct {
		const char *name, *value;
		const char *error; /* NULL: none */
	} rows[] = {
		{"from_name", "Quotes", NULL},
		{"address", "quote", "'quote' is not an ASCII mail address"},
		{"hostname", "a_b", "'a_b' is not a host name"},
		{"recipient_delimiter", "x", "'x' has another character than + - _ . = #"},
		{"sender_domains", "a b", "'a b' is not a domain"},
		{"smtp", "", "smtp, lmtp: both are empty"},
		{"subscription_time", "", NULL},
		{"subscription_time", "7:00", "'7:00' is not a time from 00:00 to 23:59"},
		{"relay", "", "relay: 0 servers; set 1 to 8"},
		{"tls_key", "/k", "tls_key: needs tls_certificate"},
		{"relay_user", "me", "relay_user, relay_password_file: set both or none"},
		{"relay_ca", "/nowhere", "relay_ca: /nowhere: No such file or directory"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error error = {0};
		struct mail_options options = {0};
		setting_defaults(mail_options_rows, &options);
		strings_add(&options.address, "quote@q.example");
		set(&options, rows[i].name, rows[i].value);
		bool good = mail_options_check(&options, &error);
		cr_expect_eq(good, rows[i].error == NULL, "row %zu: %s", i, error.text);
		if (rows[i].error != NULL)
			cr_expect_not_null(
				strstr(error.text, rows[i].error), "row %zu: %s", i, error.text);
		setting_finish(mail_options_rows, &options);
	}
}

Test(mail_options, knows_the_minute_of_subscriptions)
{
	struct mail_options options = {0};
	setting_defaults(mail_options_rows, &options);
	cr_expect_eq(mail_options_minute(&options), 7 * 60);
	set(&options, "subscription_time", "");
	cr_expect_eq(mail_options_minute(&options), -1);
	setting_finish(mail_options_rows, &options);
}
