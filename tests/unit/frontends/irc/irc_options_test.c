#include "frontends/irc/irc_options.h"

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
		{AT(server), "", "server, nick, username: must not be empty"},
		{AT(server), "a b", "server: must be a name or address, without blanks"},
		{AT(nick), "a b", "nick: must have 1 to 63 octets, without blanks"},
		{AT(username), "0123456789012345678901234567890123456789012345678901234567890123",
			"username: must have 1 to 63 octets, without blanks"},
		{AT(realname), "a\rb", "realname: must be a single line"},
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

Test(irc_options, knows_channels)
{
	char longest[202] = "#";
	const struct {
		const char *name;
		bool valid;
	} rows[] = {{"#quotes", true}, {"&local", true}, {"+plain", true}, {"!12345x", true},
		{longest, true}, {"quotes", false}, {"#a,#b", false}, {"#a b", false}};
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
							      "\"#name\""));
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
