#include "frontends/irc/irc_options.h"

#include <string.h>

#include "frontends/irc/irc_nick.h"

#define TEXT(name, fallback, help)                                                                 \
	{                                                                                          \
#name, SETTING_TYPE_STRING, offsetof(struct irc_options, name), fallback, 0, 0,    \
			help, NULL                                                                 \
	}
#define NUMBER(name, fallback, least, most, help)                                                  \
	{                                                                                          \
#name, SETTING_TYPE_INTEGER, offsetof(struct irc_options, name), fallback, least,  \
			most, help, NULL                                                           \
	}

const struct setting irc_options_rows[] = {
	WIRE_OPTIONS_ROWS,
	TEXT(server, "localhost", "Name or address of the server"),
	NUMBER(port, "6667", 1, 65535, "Port of the server"),
	TEXT(password, "", "Password of the server; empty: none"),
	TEXT(nick, "quoted", "Nickname; while it is taken, a similar one is used"),
	TEXT(username, "quoted", "User name"),
	TEXT(realname, "quote bot", "Real name, shown after the contact"),
	TEXT(contact, "",
		"Required: how to reach the person who runs the bot; shown in its real name"),
	{"channels", SETTING_TYPE_STRINGS, offsetof(struct irc_options, channels), "{}", 0, 0,
		.help = "Channels to join, as in {\"#quotes\"}"},
	TEXT(prefix, "!", "Prefix of commands in a channel; empty: only the nickname"),
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

static bool has_line_end(const char *text)
{
	return strpbrk(text, "\r\n") != NULL;
}

bool irc_options_check(const struct irc_options *options, struct error *reterr)
{
	if (options->contact[strspn(options->contact, " \t")] == '\0')
		return fail(reterr, "contact",
			"not set; write how to reach you, as in \"admin@example.org\"");
	if (!irc_nick_is_word(options->server))
		return fail(reterr, "server", "must be a name or address, without blanks");
	if (!irc_nick_is_word(options->nick) || strlen(options->nick) >= IRC_NICK_SIZE)
		return fail(reterr, "nick", "must have 1 to 63 octets, without blanks");
	if (!irc_nick_is_word(options->username) || strlen(options->username) >= IRC_NICK_SIZE)
		return fail(reterr, "username", "must have 1 to 63 octets, without blanks");
	if (has_line_end(options->contact) || has_line_end(options->realname) ||
		has_line_end(options->password))
		return fail(reterr, "contact, realname, password", "must be a single line each");
	if (strlen(options->contact) + strlen(options->realname) > 300)
		return fail(
			reterr, "contact, realname", "may have 300 octets together; shorten one");
	if (strlen(options->password) > 300)
		return fail(reterr, "password", "may have at most 300 octets");
	for (size_t i = 0; i < options->channels.count; i++) {
		const char *channel = options->channels.items[i];
		if (strchr("#&+!", channel[0]) == NULL || !irc_nick_is_word(channel) ||
			strchr(channel, ',') != NULL || strlen(channel) > 200) {
			error_set(reterr, "channels: '%s' is not a channel; write it as \"#name\"",
				channel);
			return false;
		}
	}
	if (options->reconnect_last < options->reconnect_first)
		return fail(reterr, "reconnect_last", "must not be less than reconnect_first");
	return true;
}
