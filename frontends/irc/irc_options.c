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
	TEXT(server, "localhost", "The server's name or address"),
	NUMBER(port, "6667", 1, 65535, "Its port"),
	TEXT(password, "", "The server's password, if it wants one"),
	TEXT(nick, "quoted", "The nickname wanted; an alternative is used while it is taken"),
	TEXT(username, "quoted", "The user name"),
	TEXT(realname, "quote bot", "The real name, after the contact"),
	TEXT(contact, "", "Required: how to reach who runs the bot; stands in the real name"),
	{"channels", SETTING_TYPE_STRINGS, offsetof(struct irc_options, channels), "{}", 0, 0,
		.help = "The channels to join, such as {\"#quotes\"}"},
	TEXT(prefix, "!", "What stands before a command in a channel; empty: only the nickname"),
	NUMBER(max_lines, "3", 1, 20, "Lines of a quote at most; a longer quote is not picked"),
	NUMBER(burst, "4", 1, 1000, "Lines that may be sent at once"),
	NUMBER(interval, "2000", 0, 60000, "Milliseconds for each line after that; 0: no pacing"),
	NUMBER(queue_limit, "256", 8, 65536, "Lines that may wait to be sent"),
	NUMBER(commands_per_minute, "12", 1, 100000, "Commands a minute from one user@host"),
	NUMBER(ignore_seconds, "300", 1, 86400, "Seconds it is ignored after more than those"),
	NUMBER(connect_timeout, "30", 1, 600, "Seconds for a connection and its registration"),
	NUMBER(ping_timeout, "120", 1, 3600,
		"Seconds of silence before a PING, and again before a reconnect"),
	NUMBER(reconnect_first, "10", 1, 3600, "Seconds before the first reconnect, doubling"),
	NUMBER(reconnect_last, "300", 1, 86400, "Seconds before a reconnect at most"),
	NUMBER(rejoin_delay, "30", 1, 3600, "Seconds before a channel is joined again"),
	NUMBER(regain_delay, "60", 1, 3600, "Seconds between attempts to have the nickname back"),
	{0},
};

static bool fail(struct error *reterr, const char *setting, const char *remedy)
{
	error_set(reterr, "%s: %s", setting, remedy);
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
			"is required; write how to reach you, such as \"admin@example.org\"");
	if (!irc_nick_is_word(options->server))
		return fail(reterr, "server", "write the name or address of a server");
	if (!irc_nick_is_word(options->nick) || strlen(options->nick) >= IRC_NICK_SIZE)
		return fail(reterr, "nick", "write a nickname without blanks, at most 63 octets");
	if (!irc_nick_is_word(options->username) || strlen(options->username) >= IRC_NICK_SIZE)
		return fail(
			reterr, "username", "write a user name without blanks, at most 63 octets");
	if (has_line_end(options->contact) || has_line_end(options->realname) ||
		has_line_end(options->password))
		return fail(reterr, "contact, realname, password", "remove the line ends");
	if (strlen(options->contact) + strlen(options->realname) > 300 ||
		strlen(options->password) > 300)
		return fail(reterr, "contact, realname, password", "keep each under 300 octets");
	for (size_t i = 0; i < options->channels.count; i++) {
		const char *channel = options->channels.items[i];
		if (strchr("#&+!", channel[0]) == NULL || !irc_nick_is_word(channel) ||
			strchr(channel, ',') != NULL || strlen(channel) > 200) {
			error_set(reterr, "channels: '%s' is no channel; write it as \"#name\"",
				channel);
			return false;
		}
	}
	if (options->reconnect_last < options->reconnect_first)
		return fail(reterr, "reconnect_last", "make it at least reconnect_first");
	return true;
}
