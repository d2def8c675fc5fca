#include "frontends/irc/connection/irc_presence.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/kit/log.h"

enum {
	RPL_WELCOME = 1,
	RPL_ISON = 303,
	ERR_NO_SUCH_NICK = 401,
	ERR_ERRONEOUS = 432,
	RPL_MONOFFLINE = 731,
	RPL_LOGGEDIN = 900,
	ERR_BANNED_NICK = 435, /* "Cannot change nickname while banned on channel" */
	ERR_TOO_FAST = 438,
	ERR_NO_CHANGE = 447, /* as a channel does not allow it */
	ERR_RESTRICTED = 484,
	NICK_LOSSES = 3, /* of the nickname, before it is given up */
};

struct irc_presence {
	const char *name;
	const struct irc_options *options;
	struct irc_queue *queue;
	struct irc_channels *channels;
	const char *password; /* for NickServ; NULL: do not identify */
	char nick[IRC_NICK_SIZE];
	char wanted[IRC_NICK_SIZE]; /* the configured nickname, as this server takes it */
	unsigned nick_attempt;      /* alternatives that were tried */
	bool nick_refused;          /* this server does not let us have it at all */
	unsigned nick_losses;       /* times that the network has kept it for another */
	bool monitor;               /* it has MONITOR */
	bool monitored;             /* it tells us when the nickname is free */
	bool asked;                 /* whether it is, by ISON */
	unsigned service_tries;
	double regain_due;
	double held_until; /* no JOIN before, as NickServ has not answered; 0: no more */
	bool registered;
	bool logged_in;
	struct strings refusals; /* "404 #quotes", those told */
};

static void say(struct irc_presence *presence, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct irc_presence *presence, const char *format, ...)
{
	char line[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (!irc_queue_push(presence->queue, "%s", line))
		log_warning(presence->name,
			"the send queue is full: dropped a %.*s; raise queue_limit",
			(int)strcspn(line, " "), line);
}

struct irc_presence *irc_presence_create(
	const char *name, const struct irc_options *options, struct irc_queue *queue)
{
	struct irc_presence *presence = mem_alloc(sizeof *presence);
	presence->name = name;
	presence->options = options;
	presence->queue = queue;
	presence->channels = irc_channels_create(name, options, queue);
	irc_presence_begin(presence);
	return presence;
}

static void want_nick(struct irc_presence *presence)
{
	snprintf(presence->wanted, sizeof presence->wanted, "%s", presence->options->nick);
	presence->nick_refused = false;
	presence->nick_losses = 0;
	presence->monitored = false;
	presence->service_tries = 0;
	presence->regain_due = 0;
}

void irc_presence_change(struct irc_presence *presence, const struct irc_options *options)
{
	bool renamed = strcmp(presence->options->nick, options->nick) != 0;
	if (presence->monitored && renamed)
		say(presence, "MONITOR - %s", presence->wanted);
	presence->options = options;
	irc_channels_change(presence->channels, options);
	if (renamed)
		want_nick(presence);
}

void irc_presence_identify(struct irc_presence *presence, const char *password)
{
	presence->password = password;
}

void irc_presence_begin(struct irc_presence *presence)
{
	irc_channels_begin(presence->channels);
	strings_finish(&presence->refusals);
	want_nick(presence);
	snprintf(presence->nick, sizeof presence->nick, "%s", presence->options->nick);
	presence->nick_attempt = 0;
	presence->monitor = presence->asked = false;
	presence->held_until = 0;
	presence->registered = presence->logged_in = false;
}

bool irc_presence_is_registered(const struct irc_presence *presence)
{
	return presence->registered;
}

const char *irc_presence_nick(const struct irc_presence *presence)
{
	return presence->nick;
}

bool irc_presence_is_me(const struct irc_presence *presence, const char *origin)
{
	char nick[IRC_NICK_SIZE];
	irc_nick_of(origin, nick);
	return irc_nick_equal(nick, presence->nick);
}

struct irc_channels *irc_presence_channels(const struct irc_presence *presence)
{
	return presence->channels;
}

/* A server that shortens the name without a word can never give it whole. */
static void accept_shorter(struct irc_presence *presence, size_t length)
{
	if (length == 0 || length >= strlen(presence->wanted))
		return;
	presence->wanted[length] = '\0';
	log_warning(presence->name,
		"the server takes only %zu octets of a nickname, so ours is %s; shorten nick",
		length, presence->wanted);
}

static void welcome(struct irc_presence *presence, const char *nick, double now)
{
	size_t length = strlen(nick);
	if (presence->nick_attempt == 0 && strncmp(presence->wanted, nick, length) == 0)
		accept_shorter(presence, length);
	snprintf(presence->nick, sizeof presence->nick, "%s", nick);
	presence->registered = true;
	presence->regain_due = now + (double)presence->options->regain_delay;
	log_info(presence->name, "registered as %s", presence->nick);
	if (presence->password != NULL) {
		presence->held_until = now + (double)presence->options->services_timeout;
		say(presence, "PRIVMSG NickServ :IDENTIFY %s %s", presence->options->account,
			presence->password);
	}
	irc_presence_tick(presence, now);
}

static void consent(struct irc_presence *presence, double now)
{
	presence->logged_in = true;
	if (presence->held_until == 0)
		return;
	presence->held_until = 0;
	if (presence->registered)
		irc_presence_tick(presence, now);
}

/* Services keep it for its owner: they rename whoever has it, or reserve it for a while. */
static void lose_nick(struct irc_presence *presence)
{
	if (++presence->nick_losses < NICK_LOSSES || presence->nick_refused)
		return;
	presence->nick_refused = true;
	log_warning(presence->name,
		"the network keeps the nickname %s for another, so it is not asked for again; log "
		"in to its account, or change nick",
		presence->wanted);
}

/* Whatever the reason is, it may last as long as the connection. */
static void deny_nick(struct irc_presence *presence, int code, const char *words)
{
	if (!presence->registered || ++presence->nick_losses != NICK_LOSSES)
		return;
	presence->nick_refused = true;
	log_warning(presence->name,
		"the server refused the nickname %s %d times (%03d %s), so it is not asked for "
		"again before the next connection",
		presence->wanted, NICK_LOSSES, code, words);
}

/* Before 001 the server waits for another nickname; after it we keep the one we have. */
static void nick_refused(struct irc_presence *presence, int code, const char *words)
{
	char nick[IRC_NICK_SIZE];
	bool reserved = code == ERR_ERRONEOUS && strcasestr(words, "reserved") != NULL;
	bool erroneous = code == ERR_ERRONEOUS && !reserved;
	if (erroneous && !presence->nick_refused)
		log_warning(presence->name,
			"the server does not accept the nickname %s (%03d %s); change nick",
			presence->wanted, code, words);
	presence->nick_refused |= erroneous;
	if (presence->registered && reserved)
		lose_nick(presence);
	if (presence->registered)
		return;
	if (presence->nick_attempt == 0 && !erroneous)
		log_info(presence->name, "the nickname %s is not free (%03d %s); trying another",
			presence->wanted, code, words);
	irc_nick_alternative(presence->nick_refused ? "quoted" : presence->wanted,
		++presence->nick_attempt, nick);
	snprintf(presence->nick, sizeof presence->nick, "%s", nick);
	say(presence, "NICK %s", nick);
}

static void take_nick(struct irc_presence *presence)
{
	if (!irc_nick_equal(presence->nick, presence->wanted) && !presence->nick_refused)
		say(presence, "NICK %s", presence->wanted);
}

static void tell_refusal(
	struct irc_presence *presence, int code, const char *const *params, size_t count)
{
	struct strings *told = &presence->refusals;
	char *key = mem_format("%03d %s", code, count > 2 ? params[1] : "");
	bool known = told->count >= IRC_PRESENCE_REFUSALS;
	for (size_t i = 0; i < told->count && !known; i++)
		known = strcmp(told->items[i], key) == 0;
	if (!known) {
		strings_add(told, key);
		log_warning(presence->name, "the server refused (%s%s%s)", key,
			count > 2 ? " " : "", params[count - 1]);
	}
	free(key);
}

static void handle(struct irc_presence *presence, int code, const char *const *params, size_t count,
	double now)
{
	switch (code) {
	case RPL_WELCOME:
		if (irc_nick_is_word(params[0]))
			welcome(presence, params[0], now);
		break;
	case RPL_ISON:
		if (presence->asked && !irc_nick_is_listed(params[count - 1], presence->wanted))
			take_nick(presence);
		presence->asked = false;
		break;
	case RPL_MONOFFLINE:
		if (irc_nick_is_listed(params[count - 1], presence->wanted))
			take_nick(presence);
		break;
	case RPL_LOGGEDIN:
		log_info(presence->name, "logged in as %s", params[count > 2 ? 2 : 0]);
		consent(presence, now);
		break;
	case ERR_ERRONEOUS: /* 433 in use, 436 collision, 437 unavailable */
	case 433:
	case 436:
	case 437:
		nick_refused(presence, code, params[count - 1]);
		break;
	case ERR_BANNED_NICK:
	case ERR_TOO_FAST:
	case ERR_NO_CHANGE:
	case ERR_RESTRICTED:
		tell_refusal(presence, code, params, count);
		deny_nick(presence, code, params[count - 1]);
		break;
	case 421: /* unknown command, of those that only some servers know; 422 no MOTD */
	case 422:
		break;
	case ERR_NO_SUCH_NICK: /* a person has left before the answer */
		if (count > 2 && irc_nick_equal(params[1], "NickServ"))
			tell_refusal(presence, code, params, count);
		break;
	default:
		if (code >= 400 && code <= 599)
			tell_refusal(presence, code, params, count);
		break;
	}
}

void irc_presence_numeric(struct irc_presence *presence, int code, const char *const *params,
	size_t count, double now)
{
	if (count > 0 && !irc_channels_numeric(presence->channels, code, params, count, now))
		handle(presence, code, params, count, now);
}

void irc_presence_features(struct irc_presence *presence, const struct irc_line *line)
{
	for (size_t i = 1; i < line->count; i++) {
		const char *value = line->params[i];
		if (strncmp(value, "NICKLEN=", 8) == 0 && !presence->nick_refused)
			accept_shorter(presence, (size_t)strtoul(value + 8, NULL, 10));
		if (strcmp(value, "MONITOR") == 0 || strncmp(value, "MONITOR=", 8) == 0)
			presence->monitor = true;
	}
}

void irc_presence_notice(
	struct irc_presence *presence, const char *origin, const char *text, double now)
{
	static const char *const consents[] = {
		"now identified", "now recognized", "now logged in", "already logged in"};
	char nick[IRC_NICK_SIZE];
	irc_nick_of(origin, nick);
	if (presence->held_until == 0 || !irc_nick_equal(nick, "NickServ"))
		return;
	log_info(presence->name, "NickServ: %s", text);
	for (size_t i = 0; i < sizeof consents / sizeof consents[0]; i++) {
		if (strstr(text, consents[i]) != NULL) {
			consent(presence, now);
			return;
		}
	}
}

void irc_presence_renamed(struct irc_presence *presence, const char *origin, const char *nick)
{
	char before[IRC_NICK_SIZE];
	irc_nick_of(origin, before);
	if (!irc_presence_is_me(presence, origin)) {
		if (presence->registered && irc_nick_equal(before, presence->wanted))
			take_nick(presence);
		return;
	}
	if (!irc_nick_is_word(nick))
		return;
	snprintf(presence->nick, sizeof presence->nick, "%s", nick);
	log_info(presence->name, "the nickname is now %s", presence->nick);
	/* With the wanted one we ask for no other, so the network has done it. */
	if (irc_nick_equal(before, presence->wanted) && !irc_nick_equal(nick, presence->wanted))
		lose_nick(presence);
	if (presence->monitored && irc_nick_equal(nick, presence->wanted)) {
		say(presence, "MONITOR - %s", presence->wanted);
		presence->monitored = false;
	}
}

/* NickServ gives us the nickname of our own account; else we take it when it is free. */
static void regain(struct irc_presence *presence)
{
	static const char *const verbs[] = {"REGAIN", "GHOST", "RELEASE"};
	enum { VERBS = sizeof verbs / sizeof verbs[0] };
	const char *wanted = presence->wanted;
	if (presence->logged_in && presence->service_tries < VERBS)
		say(presence, "PRIVMSG NickServ :%s %s", verbs[presence->service_tries++], wanted);
	if (presence->monitor && presence->monitored) {
		say(presence, "MONITOR S");
	} else if (presence->monitor) {
		say(presence, "MONITOR + %s", wanted);
		presence->monitored = true;
	} else {
		say(presence, "ISON %s", wanted);
		presence->asked = true;
	}
}

void irc_presence_tick(struct irc_presence *presence, double now)
{
	if (!presence->registered)
		return;
	if (presence->held_until > 0 && now >= presence->held_until) {
		presence->held_until = 0;
		log_warning(presence->name,
			"NickServ did not let us in within %ld s; joining channels without it; "
			"check account and account_password_file",
			presence->options->services_timeout);
	}
	if (presence->held_until == 0)
		irc_channels_tick(presence->channels, now);
	if (now < presence->regain_due || presence->nick_refused ||
		irc_nick_equal(presence->nick, presence->wanted))
		return;
	presence->regain_due = now + (double)presence->options->regain_delay;
	regain(presence);
}

void irc_presence_destroy(struct irc_presence *presence)
{
	if (presence == NULL)
		return;
	irc_channels_destroy(presence->channels);
	strings_finish(&presence->refusals);
	free(presence);
}
