#include "frontends/irc/irc_credentials.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "tests/support/scratch.h"

TestSuite(irc_credentials, .init = scratch_enter, .fini = scratch_leave);

static void set_text(char **field, const char *text)
{
	free(*field);
	*field = mem_strdup(text);
}

static void set_up(struct irc_options *options)
{
	*options = (struct irc_options){0};
	setting_defaults(irc_options_rows, options);
	options->tls = false;
}

static void write_secret(const char *name, const char *text, size_t length)
{
	scratch_write(name, text, length);
	cr_assert_eq(chmod(name, 0600), 0);
}

static void expect_fault(const struct irc_options *options, const char *text)
{
	struct irc_credentials credentials;
	struct error error = {0};
	cr_assert_not(irc_credentials_read(options, &credentials, &error));
	cr_expect_str_eq(error.text, text);
}

static void expect_read(const struct irc_options *options, struct irc_credentials *ret_credentials)
{
	struct error error = {0};
	cr_assert(irc_credentials_read(options, ret_credentials, &error), "%s", error.text);
}

Test(irc_credentials, reads_what_is_set)
{
	struct irc_options options;
	struct irc_credentials credentials;
	set_up(&options);
	expect_read(&options, &credentials);
	cr_expect_null(credentials.password);
	cr_expect_null(credentials.account.password);
	cr_expect_null(credentials.tls);
	irc_credentials_finish(&credentials);
	write_secret("password", "open sesame\n", 12);
	write_secret("account", "swordfish\n", 10);
	set_text(&options.password_file, "./password");
	set_text(&options.account_password_file, "./account");
	set_text(&options.account, "bot");
	set_text(&options.login, "plain");
	options.tls = true;
	expect_read(&options, &credentials);
	cr_expect_str_eq(credentials.password, "open sesame");
	cr_expect_eq(credentials.account.method, IRC_LOGIN_METHOD_PLAIN);
	cr_expect_str_eq(credentials.account.name, "bot");
	cr_expect_str_eq(credentials.account.password, "swordfish");
	cr_expect_not_null(credentials.tls);
	irc_credentials_finish(&credentials);
	setting_finish(irc_options_rows, &options);
}

Test(irc_credentials, names_the_setting_of_a_file_that_is_not_there)
{
	struct irc_options options;
	set_up(&options);
	options.tls = true;
	set_text(&options.tls_certificate, "/nowhere");
	expect_fault(&options, "tls_certificate: /nowhere: No such file or directory");
	set_text(&options.tls_key, "/elsewhere");
	expect_fault(&options, "tls_key: /elsewhere: No such file or directory");
	options.tls = false;
	set_text(&options.account_password_file, "/nowhere");
	expect_fault(&options, "account_password_file: /nowhere: No such file or directory");
	set_text(&options.password_file, "/nowhere");
	expect_fault(&options, "password_file: /nowhere: No such file or directory");
	setting_finish(irc_options_rows, &options);
}

/* NickServ gets name and password in one line, which must not be cut. */
Test(irc_credentials, refuse_a_password_too_long_for_services)
{
	struct irc_options options;
	struct irc_credentials credentials;
	char password[402];
	memset(password, 'x', sizeof password);
	set_up(&options);
	set_text(&options.login, "services");
	set_text(&options.account, "bot");
	set_text(&options.account_password_file, "./password");
	write_secret("password", password, 398);
	expect_fault(&options,
		"account_password_file: with services, a password can have at most 397 octets; "
		"choose a shorter one");
	cr_assert_eq(chmod("password", 0644), 0);
	expect_fault(&options, "account_password_file: ./password: others can read it; run "
			       "chmod o= ./password");
	write_secret("password", password, 397);
	expect_read(&options, &credentials);
	irc_credentials_finish(&credentials);
	setting_finish(irc_options_rows, &options);
}

/* SASLprep would make different octets the same password. */
Test(irc_credentials, take_only_ascii_for_scram)
{
	static const char password[] = "caf\xc3\xa9";
	struct irc_options options;
	struct irc_credentials credentials;
	set_up(&options);
	set_text(&options.login, "scram-sha-256");
	set_text(&options.account, "b\xc3\xb6t");
	set_text(&options.account_password_file, "./password");
	write_secret("password", password, strlen(password));
	expect_fault(&options, "account: with scram-sha-256, only ASCII is supported; change it, "
			       "or write login = \"plain\"");
	set_text(&options.account, "bot");
	expect_fault(&options, "account_password_file: with scram-sha-256, only ASCII is "
			       "supported; change it, or write login = \"plain\"");
	write_secret("password", "cafe", 4);
	expect_read(&options, &credentials);
	irc_credentials_finish(&credentials);
	setting_finish(irc_options_rows, &options);
}
