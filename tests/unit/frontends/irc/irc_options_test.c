#include "frontends/irc/irc_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"

static void set(struct irc_options *options, size_t offset, const char *text)
{
	char **field = (char **)((char *)options + offset);
	free(*field);
	*field = mem_strdup(text);
}

#define AT(field) offsetof(struct irc_options, field)

Test(irc_options, says_what_is_wrong)
{
	static const struct {
		size_t field;
		const char *text;
		const char *error; /* NULL: none */
	} rows[] = {
		{AT(nick), "bot", NULL},
		{AT(contact), "",
			"contact: not set; write how to reach you, as in \"admin@example.org\""},
		{AT(contact), " \t",
			"contact: is blank; write how to reach you, as in \"admin@example.org\""},
		{AT(contact), "a\nb", "contact: must be a single line"},
		{AT(username), "", "nick, username: must not be empty"},
		{AT(nick), "1bot",
			"nick: '1bot' is not a nickname; it begins with a letter and has letters, "
			"digits and -_[]\\`^{|}, 63 octets at most"},
		{AT(nick), "NICKserv",
			"nick: 'NICKserv' is a name of the network's services; choose another, as "
			"in \"quoted\""},
		{AT(nick), "quo\xe2\x80\x8bted",
			"nick: 'quo\xe2\x80\x8bted' has a character beyond ASCII in place 4, "
			"which may be invisible; write the nickname anew, with a to z"},
		{AT(nick), "\xc3\xa9t\xc3\xa9",
			"nick: '\xc3\xa9t\xc3\xa9' has a character beyond ASCII in place 1, which "
			"may be invisible; write the nickname anew, with a to z"},
		{AT(nick), "quo\x02ted",
			"nick: 'quo\x02ted' is not a nickname; it begins with a letter and has "
			"letters, digits and -_[]\\`^{|}, 63 octets at most"},
		{AT(username), "me@home",
			"username: 'me@home' has one of !@*?; write it as in \"quoted\""},
		{AT(prefix), "\xe2\x80\x8b!",
			"prefix: '\xe2\x80\x8b!' has an invisible character after ''; write it "
			"anew"},
		{AT(prefix), "\xef\xbc\x81", NULL},
		{AT(account), "a b", "account: must have 1 to 200 octets, without blanks"},
		{AT(account), "a",
			"login: is none, but account is set; write \"plain\", \"scram-sha-256\" or "
			"\"services\""},
		{AT(login), "plain", "login: needs account and account_password_file"},
		{AT(login), "external", "login: external needs tls_certificate"},
		{AT(tls_key), "k", "tls_key: needs tls_certificate"},
		{AT(tls_fingerprint), "k",
			"tls_fingerprint: must be the SHA-256 of a certificate, 64 hexadecimal "
			"digits, as openssl x509 -noout -fingerprint -sha256 prints it"},
		{AT(username), "0123456789012345678901234567890123456789012345678901234567890123",
			"username: must have 1 to 63 octets, without blanks"},
		{AT(realname), "a\rb", "realname: must be a single line"},
		{AT(prefix), "", NULL},
		{AT(prefix), "! ", "prefix: '! ' has a blank; write it as in \"!\""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct irc_options options = {0};
		struct error error = {0};
		setting_defaults(irc_options_rows, &options);
		set(&options, AT(contact), "me");
		set(&options, rows[i].field, rows[i].text);
		cr_expect_eq(
			irc_options_check(&options, &error), rows[i].error == NULL, "row %zu", i);
		if (rows[i].error != NULL)
			cr_expect_str_eq(error.text, rows[i].error);
		setting_finish(irc_options_rows, &options);
	}
}

Test(irc_options, a_daily_quote_needs_its_channel)
{
	struct irc_options options = {0};
	struct error error = {0};
	setting_defaults(irc_options_rows, &options);
	set(&options, AT(contact), "me");
	strings_add(&options.channels, "#Quotes key");
	strings_add(&options.daily, "#quotes 09:00 topic");
	strings_add(&options.daily, "* 09:00");
	cr_assert(irc_options_check(&options, &error), "%s", error.text);
	strings_add(&options.daily, "#qoutes 09:00");
	cr_assert(!irc_options_check(&options, &error));
	cr_assert_str_eq(error.text, "daily: '#qoutes' is not one of channels; add it there");
	setting_finish(irc_options_rows, &options);
}

Test(irc_options, a_channel_is_listed_once)
{
	struct irc_options options = {0};
	struct error error = {0};
	setting_defaults(irc_options_rows, &options);
	set(&options, AT(contact), "me");
	strings_add(&options.channels, "#a{");
	strings_add(&options.channels, "#b");
	cr_assert(irc_options_check(&options, &error), "%s", error.text);
	strings_add(&options.channels, "#A[ key");
	cr_assert(!irc_options_check(&options, &error));
	cr_assert_str_eq(error.text, "channels: '#A[' is listed twice; remove one");
	setting_finish(irc_options_rows, &options);
}

Test(irc_options, knows_channels)
{
	char longest[202] = "#";
	const struct {
		const char *name;
		bool valid;
	} rows[] = {{"#quotes", true}, {"&local", true}, {"+plain", true}, {"!12345x", true},
		{longest, true}, {"quotes", false}, {"#a,#b", false}, {"#a key", true},
		{"#a b c", false}, {"#caf\xc3\xa9", true}, {"#\xe2\x9d\xa4\xef\xb8\x8f", true}};
	memset(longest + 1, 'x', 199);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct irc_options options = {0};
		struct error error = {0};
		setting_defaults(irc_options_rows, &options);
		set(&options, AT(contact), "me");
		strings_add(&options.channels, rows[i].name);
		cr_expect_eq(
			irc_options_check(&options, &error), rows[i].valid, "%s", rows[i].name);
		if (!rows[i].valid)
			cr_expect_not_null(strstr(error.text, "' is not a channel; write it as "
							      "\"#name\", or \"#name key\""));
		setting_finish(irc_options_rows, &options);
	}
	longest[200] = 'x';
	struct irc_options options = {0};
	struct error error = {0};
	setting_defaults(irc_options_rows, &options);
	set(&options, AT(contact), "me");
	strings_add(&options.channels, longest);
	cr_expect_not(irc_options_check(&options, &error), "201 octets");
	setting_finish(irc_options_rows, &options);
}

Test(irc_options, a_channel_hides_nothing)
{
	static const char *const names[] = {"#quotes\xe2\x80\x8b", "#quo\xc2\xadtes"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct irc_options options = {0};
		struct error error = {0};
		char wanted[128];
		setting_defaults(irc_options_rows, &options);
		set(&options, AT(contact), "me");
		strings_add(&options.channels, names[i]);
		snprintf(wanted, sizeof wanted,
			"channels: '%s' has an invisible character after '%s'; write it anew",
			names[i], i == 0 ? "#quotes" : "#quo");
		cr_expect_not(irc_options_check(&options, &error));
		cr_expect_str_eq(error.text, wanted);
		setting_finish(irc_options_rows, &options);
	}
}

Test(irc_options, compares_settings)
{
	char text[302];
	struct irc_options options = {0};
	struct error error = {0};
	setting_defaults(irc_options_rows, &options);
	memset(text, 'x', sizeof text);
	text[300 - strlen(options.realname)] = '\0';
	set(&options, AT(contact), text);
	cr_expect(irc_options_check(&options, &error), "%s", error.text);
	set(&options, AT(realname), "quote bots");
	cr_expect_not(irc_options_check(&options, &error));
	cr_expect_str_eq(
		error.text, "contact, realname: may have 300 octets together; shorten one");
	set(&options, AT(contact), "me");
	options.reconnect_last = options.reconnect_first - 1;
	cr_expect_not(irc_options_check(&options, &error));
	cr_expect_str_eq(error.text, "reconnect_last: must not be less than reconnect_first");
	setting_finish(irc_options_rows, &options);
}

Test(irc_options, a_password_needs_tls_unless_it_is_not_sent)
{
	static const struct {
		const char *login;
		enum irc_login_method method;
		bool alone; /* good without TLS */
	} rows[] = {
		{"plain", IRC_LOGIN_METHOD_PLAIN, false},
		{"services", IRC_LOGIN_METHOD_SERVICES, false},
		{"scram-sha-256", IRC_LOGIN_METHOD_SCRAM, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct irc_options options = {0};
		struct error error = {0};
		setting_defaults(irc_options_rows, &options);
		set(&options, AT(contact), "me");
		set(&options, AT(login), rows[i].login);
		set(&options, AT(account), "bot");
		cr_expect_not(irc_options_check(&options, &error));
		cr_expect_str_eq(error.text, "login: needs account_password_file");
		set(&options, AT(account_password_file), "/secret");
		cr_expect(irc_options_check(&options, &error), "%s", error.text);
		cr_expect_eq(irc_options_login(&options), rows[i].method);
		options.tls = false;
		cr_expect_eq(irc_options_check(&options, &error), rows[i].alone, "row %zu", i);
		if (!rows[i].alone)
			cr_expect_str_eq(error.text,
				"login: without TLS it can be read on the way; write tls = "
				"true, or \"scram-sha-256\"");
		setting_finish(irc_options_rows, &options);
	}
}

Test(irc_options, servers_and_ports)
{
	static const struct {
		const char *server;
		long port;
		bool tls;
		const char *error; /* NULL: none */
		uint16_t used;
	} rows[] = {
		{"irc.example.net", 0, true, NULL, 6697},
		{"irc.example.net", 0, false, NULL, 6667},
		{"irc.example.net", 7000, true, NULL, 7000},
		{"irc.example.net:6667", 0, true,
			"server: port 6667 is the one without TLS; write 6697, or tls = false", 0},
		{"irc.example.net:6697", 0, false,
			"server: port 6697 is the one with TLS; write 6667, or tls = true", 0},
		{"irc.example.net", 6667, true,
			"port: port 6667 is the one without TLS; write 6697, or tls = false", 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct irc_options options = {0};
		struct error error = {0};
		setting_defaults(irc_options_rows, &options);
		set(&options, AT(contact), "me");
		strings_finish(&options.server);
		cr_expect_not(irc_options_check(&options, &error));
		cr_expect_str_eq(error.text, "server: has no server; write {\"irc.example.net\"}");
		strings_add(&options.server, rows[i].server);
		options.port = rows[i].port;
		options.tls = rows[i].tls;
		cr_expect_eq(
			irc_options_check(&options, &error), rows[i].error == NULL, "row %zu", i);
		if (rows[i].error != NULL)
			cr_expect_str_eq(error.text, rows[i].error);
		else
			cr_expect_eq(irc_options_port(&options), rows[i].used);
		setting_finish(irc_options_rows, &options);
	}
}
