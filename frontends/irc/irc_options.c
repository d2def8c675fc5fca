#include "frontends/irc/irc_options.h"

#include <string.h>

#include "frontends/irc/connection/irc_nick.h"

#define TEXT(field, fallback_text, help_text, checker)                                             \
	{                                                                                          \
		.name = #field, .type = SETTING_TYPE_STRING,                                       \
		.offset = offsetof(struct irc_options, field), .fallback = (fallback_text),        \
		.help = (help_text), .check = (checker)                                            \
	}
#define NUMBER(field, fallback_text, least, most, help_text)                                       \
	{                                                                                          \
		.name = #field, .type = SETTING_TYPE_INTEGER,                                      \
		.offset = offsetof(struct irc_options, field), .fallback = (fallback_text),        \
		.minimum = (least), .maximum = (most), .help = (help_text)                         \
	}

static bool check_word(const char *text, struct error *reterr)
{
	if (irc_nick_is_word(text))
		return true;
	error_set(reterr, "must be a name or address, without blanks");
	return false;
}

static bool check_name(const char *text, struct error *reterr)
{
	if (irc_nick_is_word(text) && strlen(text) < IRC_NICK_SIZE)
		return true;
	error_set(reterr, "must have 1 to 63 octets, without blanks");
	return false;
}

static bool check_line(const char *text, struct error *reterr)
{
	if (strpbrk(text, "\r\n") == NULL)
		return true;
	error_set(reterr, "must be a single line");
	return false;
}

static bool check_contact(const char *text, struct error *reterr)
{
	if (text[strspn(text, " \t")] != '\0')
		return check_line(text, reterr);
	error_set(reterr, "is blank; write how to reach you, as in \"admin@example.org\"");
	return false;
}

static bool check_channel(const char *text, struct error *reterr)
{
	if (strchr("#&+!", text[0]) != NULL && irc_nick_is_word(text) &&
		strchr(text, ',') == NULL && strlen(text) <= 200)
		return true;
	error_set(reterr, "'%s' is not a channel; write it as \"#name\"", text);
	return false;
}

const struct setting irc_options_rows[] = {
	WIRE_OPTIONS_ROWS,
	TEXT(server, "localhost", "Name or address of the server", check_word),
	NUMBER(port, "6667", 1, 65535, "Port of the server"),
	TEXT(password_file, "",
		"File with the password of the server, or its name in $CREDENTIALS_DIRECTORY; "
		"empty: none",
		NULL),
	TEXT(nick, "quoted", "Nickname; while it is taken, a similar one is used", check_name),
	TEXT(username, "quoted", "User name", check_name),
	TEXT(realname, "quote bot", "Real name, shown after the contact", check_line),
	{.name = "contact",
		.type = SETTING_TYPE_STRING,
		.offset = offsetof(struct irc_options, contact),
		.fallback = "",
		.help = "Required: how to reach the person who runs the bot; shown in its real "
			"name",
		.check = check_contact,
		.required = "write how to reach you, as in \"admin@example.org\""},
	{"channels", SETTING_TYPE_STRINGS, offsetof(struct irc_options, channels), "{}", 0, 0,
		.help = "Channels to join, as in {\"#quotes\"}", .check = check_channel},
	TEXT(prefix, "!", "Prefix of commands in a channel; empty: only the nickname", NULL),
	NUMBER(max_lines, "3", 1, 20, "Messages that a quote may take; longer ones are not picked"),
	NUMBER(burst, "4", 1, 1000, "Lines that may be sent at once"),
	NUMBER(interval, "2000", 0, 60000, "Milliseconds per line after that; 0: no pacing"),
	NUMBER(queue_limit, "256", 8, 65536, "Lines that may wait to be sent; more are dropped"),
	NUMBER(commands_per_minute, "12", 1, 100000, "Commands a minute allowed to a user@host"),
	NUMBER(ignore_seconds, "300", 1, 86400, "Seconds to ignore a user@host that sends more"),
	NUMBER(connect_timeout, "30", 1, 600,
		"Seconds to connect to an address, and again to register"),
	NUMBER(ping_timeout, "120", 1, 3600,
		"Seconds of silence before a PING, and again before a reconnect"),
	NUMBER(reconnect_first, "10", 1, 3600,
		"Seconds before the first reconnect; doubled for each further one"),
	NUMBER(reconnect_last, "300", 1, 86400, "Most seconds before a reconnect"),
	NUMBER(rejoin_delay, "30", 1, 3600,
		"Seconds before rejoining a channel; four times that if it refused the bot"),
	NUMBER(regain_delay, "60", 1, 3600, "Seconds between attempts to get the nickname back"),
	{0},
};

static bool fail(struct error *reterr, const char *setting, const char *reason)
{
	error_set(reterr, "%s: %s", setting, reason);
	return false;
}

bool irc_options_check(const struct irc_options *options, struct error *reterr)
{
	if (*options->server == '\0' || *options->nick == '\0' || *options->username == '\0')
		return fail(reterr, "server, nick, username", "must not be empty");
	if (!setting_check(irc_options_rows, options, reterr))
		return false;
	if (strlen(options->contact) + strlen(options->realname) > 300)
		return fail(
			reterr, "contact, realname", "may have 300 octets together; shorten one");
	if (options->reconnect_last < options->reconnect_first)
		return fail(reterr, "reconnect_last", "must not be less than reconnect_first");
	return true;
}
