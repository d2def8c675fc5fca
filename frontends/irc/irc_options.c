#include "frontends/irc/irc_options.h"

#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "frontends/irc/connection/irc_channels.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/irc/connection/irc_server.h"
#include "frontends/irc/irc_rules.h"
#include "frontends/irc/message/irc_mask.h"
#include "frontends/tls/tls_context.h"

#define TEXT(field, fallback_text, help_text, checker)                                             \
	{                                                                                          \
		.name = #field, .type = SETTING_TYPE_STRING,                                       \
		.offset = offsetof(struct irc_options, field), .fallback = (fallback_text),        \
		.help = (help_text), .check = (checker)                                            \
	}
#define LIST(field, help_text, checker)                                                            \
	{                                                                                          \
		.name = #field, .type = SETTING_TYPE_STRINGS,                                      \
		.offset = offsetof(struct irc_options, field), .fallback = "{}",                   \
		.help = (help_text), .check = (checker)                                            \
	}
#define NUMBER(field, fallback_text, least, most, help_text)                                       \
	{                                                                                          \
		.name = #field, .type = SETTING_TYPE_INTEGER,                                      \
		.offset = offsetof(struct irc_options, field), .fallback = (fallback_text),        \
		.minimum = (least), .maximum = (most), .help = (help_text)                         \
	}

static bool check_nick(const char *text, struct error *reterr)
{
	size_t plain = 0;
	while (text[plain] != '\0' && (unsigned char)text[plain] < 0x80)
		plain++;
	if (text[plain] != '\0')
		error_set(reterr,
			"'%s' has a character beyond ASCII in place %zu, which may be invisible; "
			"write the nickname anew, with a to z",
			text, plain + 1);
	else if (irc_nick_is_of_services(text))
		error_set(reterr,
			"'%s' is a name of the network's services; choose another, as in "
			"\"quoted\"",
			text);
	else if (!irc_nick_is_valid(text))
		error_set(reterr,
			"'%s' is not a nickname; it begins with a letter and has letters, digits "
			"and -_[]\\`^{|}, 63 octets at most",
			text);
	else
		return true;
	return false;
}

static bool check_account(const char *text, struct error *reterr)
{
	if (irc_nick_is_word(text) && strlen(text) <= 200)
		return true;
	error_set(reterr, "must have 1 to 200 octets, without blanks");
	return false;
}

static bool check_name(const char *text, struct error *reterr)
{
	if (irc_nick_is_word(text) && strlen(text) < IRC_NICK_SIZE)
		return true;
	error_set(reterr, "must have 1 to 63 octets, without blanks");
	return false;
}

/* Masks are cut at these signs. */
static bool check_username(const char *text, struct error *reterr)
{
	if (strpbrk(text, "!@*?") == NULL)
		return check_name(text, reterr);
	error_set(reterr, "'%s' has one of !@*?; write it as in \"quoted\"", text);
	return false;
}

/* A web page can hide one at the end of what is copied from it; within text of other scripts, such
 * characters can be meant. */
static bool is_all_shown(const char *text, struct error *reterr)
{
	size_t length = utf8_valid_prefix(text, strlen(text));
	bool plain = true;
	for (size_t at = 0; at < length; at += utf8_code_point(text + at, length - at)) {
		if (plain && utf8_is_ignorable(text + at, length - at)) {
			error_set(reterr,
				"'%s' has an invisible character after '%.*s'; write it anew", text,
				(int)at, text);
			return false;
		}
		plain = (unsigned char)text[at] < 0x80;
	}
	return true;
}

static bool check_line(const char *text, struct error *reterr)
{
	if (strpbrk(text, "\r\n") == NULL)
		return true;
	error_set(reterr, "must be a single line");
	return false;
}

static bool check_prefix(const char *text, struct error *reterr)
{
	if (strpbrk(text, " \t") == NULL)
		return is_all_shown(text, reterr);
	error_set(reterr, "'%s' has a blank; write it as in \"!\"", text);
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
	char name[IRC_CHANNELS_NAME_SIZE];
	if (irc_channels_read(text, name) != NULL)
		return is_all_shown(text, reterr);
	error_set(reterr, "'%s' is not a channel; write it as \"#name\", or \"#name key\"", text);
	return false;
}

/* In the order of enum irc_login_method. */
static const char *const logins[] = {
	"none", "plain", "scram-sha-256", "external", "services", NULL};

static bool check_channel_or_all(const char *text, struct error *reterr)
{
	return strcmp(text, "*") == 0 || check_channel(text, reterr);
}

const struct setting irc_options_rows[] = {
	WIRE_OPTIONS_ROWS,
	{"server", SETTING_TYPE_STRINGS, offsetof(struct irc_options, server), "{\"localhost\"}", 0,
		0,
		.help = "Servers of the network, tried in this order, as in "
			"{\"irc.example.net\", \"[::1]:6697\"}",
		.check = irc_server_check},
	NUMBER(port, "0", 0, 65535,
		"Port of a server that is written without one; 0: 6697, or 6667 without TLS"),
	{.name = "tls",
		.type = SETTING_TYPE_BOOLEAN,
		.offset = offsetof(struct irc_options, tls),
		.fallback = "true",
		.help = "Connect by TLS, and check certificate and host name"},
	TEXT(tls_ca, "", "PEM file of the authorities that are trusted; empty: those of the system",
		NULL),
	TEXT(tls_fingerprint, "",
		"SHA-256 of the server's certificate, which is then the only one that is trusted",
		tls_context_check_fingerprint),
	TEXT(tls_certificate, "", "PEM file of our own certificate; empty: none", NULL),
	TEXT(tls_key, "",
		"PEM file of its key, or its name in $CREDENTIALS_DIRECTORY; empty: in the file of "
		"the certificate",
		NULL),
	TEXT(password_file, "",
		"File with the password of the server, or its name in $CREDENTIALS_DIRECTORY; "
		"empty: none",
		NULL),
	{.name = "login",
		.type = SETTING_TYPE_CHOICE,
		.offset = offsetof(struct irc_options, login),
		.fallback = "none",
		.help = "How to log in to an account before joining: none; plain, scram-sha-256 or "
			"external, by SASL; or services, by NickServ",
		.choices = logins},
	TEXT(account, "", "Name of the account; with external it may be empty", check_account),
	TEXT(account_password_file, "",
		"File with the password of the account, or its name in $CREDENTIALS_DIRECTORY",
		NULL),
	TEXT(nick, "quoted", "Nickname; while it is taken, a similar one is used", check_nick),
	TEXT(username, "quoted", "User name", check_username),
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
		.help = "Channels to join, as in {\"#quotes\", \"#with-key key\"}",
		.check = check_channel},
	TEXT(prefix, "!", "Prefix of commands in a channel; empty: only the nickname",
		check_prefix),
	LIST(channel_prefix,
		"Prefix in single channels, as in {\"#linux ?\"}; \"* ?\" stands for all others",
		irc_rules_check_prefix),
	LIST(channel_commands,
		"Commands that are on in single channels, as in {\"#linux quote,today,help\", "
		"\"* quote\"}; {}: all",
		irc_rules_check_commands),
	LIST(channel_collections,
		"Collections to show in single channels, as in {\"#linux linux,debian\"}; {}: "
		"all",
		irc_rules_check_collections),
	LIST(links,
		"Channels in which the address of its page follows each quote, if a web section "
		"has a base_url; \"*\": all, and private messages",
		check_channel_or_all),
	LIST(daily,
		"Channels that get today's quote once a day at that time, of timezone or of a zone "
		"of their own, as in {\"#quotes 09:00\", \"#japan 08:30 Asia/Tokyo\", \"* 10:00 "
		"topic\"}; topic: as the topic if the bot may set it",
		irc_rules_check_daily),
	LIST(relays,
		"Masks of bridges, such as \"bridge!*@*\", whose \"<bob> !quote\" is a command "
		"of bob",
		irc_mask_check),
	LIST(ignore, "Masks of people to ignore, as in {\"*!*@example.net\", \"account:eve\"}",
		irc_mask_check),
	LIST(inviters, "Masks of people whose INVITE the bot follows; {}: it follows none",
		irc_mask_check),
	LIST(admins, "Accounts that may order !ignore, !join, !part and !reload; {}: none",
		check_name),
	TEXT(fallback_charset, "ISO-8859-1",
		"Charset of messages that are not UTF-8, a name of iconv -l", NULL),
	NUMBER(max_lines, "3", 1, 20, "Messages that a quote may take; longer ones are not picked"),
	NUMBER(burst, "4", 1, 1000, "Lines that may be sent at once"),
	NUMBER(interval, "2000", 0, 60000, "Milliseconds per line after that; 0: no pacing"),
	NUMBER(queue_limit, "256", 8, 65536, "Lines that may wait to be sent; more are dropped"),
	NUMBER(commands_per_minute, "12", 1, 100000, "Commands a minute allowed to a user@host"),
	NUMBER(channel_per_minute, "30", 1, 1000000, "Commands a minute allowed in a channel"),
	NUMBER(network_per_minute, "120", 1, 1000000, "Commands a minute allowed in all"),
	NUMBER(ignore_seconds, "300", 1, 86400,
		"Seconds to ignore a user@host that exceeds commands_per_minute, and between "
		"notices about the other two limits"),
	NUMBER(waiting_limit, "2", 1, 1000,
		"Answers to one person that may wait; further commands are dropped"),
	NUMBER(answer_timeout, "15", 1, 3600, "Seconds that an answer may wait to be sent"),
	NUMBER(connect_timeout, "30", 1, 600,
		"Seconds to look up a server, to connect and to agree on TLS"),
	NUMBER(register_timeout, "120", 1, 600, "Seconds to log in and register once connected"),
	NUMBER(services_timeout, "15", 1, 600, "Seconds to wait for NickServ before joining"),
	NUMBER(ping_timeout, "120", 1, 3600,
		"Seconds of silence before a PING, and again before a reconnect"),
	NUMBER(reconnect_first, "10", 1, 3600,
		"Seconds before the first reconnect; doubled for each further one"),
	NUMBER(reconnect_last, "300", 1, 86400, "The most seconds before a reconnect"),
	NUMBER(reconnect_refused, "900", 1, 86400,
		"Seconds before a reconnect if the server has banned or throttled us, or refused "
		"the login"),
	NUMBER(rejoin_delay, "30", 1, 3600,
		"Seconds before rejoining a channel; four times that if it refused the bot, "
		"doubled each time up to an hour"),
	NUMBER(regain_delay, "60", 1, 3600, "Seconds between attempts to get the nickname back"),
	{0},
};

static bool fail(struct error *reterr, const char *setting, const char *reason)
{
	error_set(reterr, "%s: %s", setting, reason);
	return false;
}

enum irc_login_method irc_options_login(const struct irc_options *options)
{
	int method = IRC_LOGIN_METHOD_NONE;
	while (logins[method] != NULL && strcmp(logins[method], options->login) != 0)
		method++;
	return logins[method] != NULL ? (enum irc_login_method)method : IRC_LOGIN_METHOD_NONE;
}

uint16_t irc_options_port(const struct irc_options *options)
{
	if (options->port != 0)
		return (uint16_t)options->port;
	return options->tls ? IRC_SERVER_PORT_TLS : IRC_SERVER_PORT;
}

static bool check_servers(const struct irc_options *options, struct error *reterr)
{
	struct error error;
	if (options->server.count == 0)
		return fail(reterr, "server", "has no server; write {\"irc.example.net\"}");
	if (!irc_server_check_port(options->port, options->tls, &error))
		return fail(reterr, "port", error.text);
	for (size_t i = 0; i < options->server.count; i++) {
		struct host_port server;
		if (!irc_server_parse(options->server.items[i], &server, &error) ||
			!irc_server_check_port(server.port, options->tls, &error))
			return fail(reterr, "server", error.text);
	}
	return true;
}

static bool check_login(const struct irc_options *options, struct error *reterr)
{
	enum irc_login_method method = irc_options_login(options);
	bool by_password = method != IRC_LOGIN_METHOD_NONE && method != IRC_LOGIN_METHOD_EXTERNAL;
	if (method == IRC_LOGIN_METHOD_NONE && *options->account != '\0')
		return fail(reterr, "login",
			"is none, but account is set; write \"plain\", \"scram-sha-256\" or "
			"\"services\"");
	if (by_password && *options->account == '\0')
		return fail(reterr, "login", "needs account and account_password_file");
	if (by_password && *options->account_password_file == '\0')
		return fail(reterr, "login", "needs account_password_file");
	if (!options->tls && method != IRC_LOGIN_METHOD_NONE && method != IRC_LOGIN_METHOD_SCRAM)
		return fail(reterr, "login",
			"without TLS it can be read on the way; write tls = true, or "
			"\"scram-sha-256\"");
	if (method == IRC_LOGIN_METHOD_EXTERNAL && *options->tls_certificate == '\0')
		return fail(reterr, "login", "external needs tls_certificate");
	return true;
}

static bool check_tls(const struct irc_options *options, struct error *reterr)
{
	if (*options->tls_key != '\0' && *options->tls_certificate == '\0')
		return fail(reterr, "tls_key", "needs tls_certificate");
	if (*options->tls_ca != '\0' && *options->tls_fingerprint != '\0')
		return fail(reterr, "tls_ca",
			"is not used with tls_fingerprint, which trusts one certificate; remove "
			"one of the two");
	return true;
}

/* Whether it is one of the first \p count. */
static bool is_joined(const struct strings *channels, size_t count, const char *wanted)
{
	char name[IRC_CHANNELS_NAME_SIZE];
	for (size_t i = 0; i < count; i++)
		if (irc_channels_read(channels->items[i], name) != NULL &&
			irc_nick_equal(name, wanted))
			return true;
	return false;
}

static bool check_daily(const struct irc_options *options, struct error *reterr)
{
	char name[IRC_CHANNELS_NAME_SIZE];
	for (size_t i = 0; i < options->daily.count; i++) {
		const char *entry = options->daily.items[i];
		snprintf(name, sizeof name, "%.*s", (int)strcspn(entry, " "), entry);
		if (strcmp(name, "*") == 0 ||
			is_joined(&options->channels, options->channels.count, name))
			continue;
		error_set(reterr, "daily: '%s' is not one of channels; add it there", name);
		return false;
	}
	return true;
}

static bool check_channels(const struct strings *channels, struct error *reterr)
{
	char name[IRC_CHANNELS_NAME_SIZE];
	for (size_t i = 0; i < channels->count; i++) {
		irc_channels_read(channels->items[i], name);
		if (!is_joined(channels, i, name))
			continue;
		error_set(reterr, "channels: '%s' is listed twice; remove one", name);
		return false;
	}
	return true;
}

bool irc_options_check(const struct irc_options *options, struct error *reterr)
{
	if (*options->nick == '\0' || *options->username == '\0')
		return fail(reterr, "nick, username", "must not be empty");
	if (!setting_check(irc_options_rows, options, reterr) || !check_servers(options, reterr) ||
		!check_tls(options, reterr) || !check_login(options, reterr) ||
		!check_channels(&options->channels, reterr) || !check_daily(options, reterr))
		return false;
	if (strlen(options->contact) + strlen(options->realname) > 300)
		return fail(
			reterr, "contact, realname", "may have 300 octets together; shorten one");
	if (options->reconnect_last < options->reconnect_first)
		return fail(reterr, "reconnect_last", "must not be less than reconnect_first");
	return true;
}
