#include "frontends/irc/irc_bot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_channels.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/irc/connection/irc_presence.h"
#include "frontends/irc/irc_command.h"
#include "frontends/irc/irc_guard.h"
#include "frontends/irc/irc_reply.h"
#include "frontends/kit/log.h"

enum { NICK_MAX = 32 }; /* octets of the longest nickname that the large networks allow */

/* A question without an answer yet. */
struct question {
	struct irc_bot *bot;
	struct ask_ticket *ticket;
	char *target; /* gets the quote */
	char *who;    /* is told if there is none */
	double begun; /* by metrics_turn() */
	struct question *next;
};

struct irc_bot {
	const char *name;
	const struct irc_options *options;
	const struct frontend_context *context;
	struct irc_queue *queue;
	struct quote_fit fit; /* the same for all targets */
	struct question *questions;
	struct limits *limits;
	struct irc_guard *guard;
	struct irc_presence *presence;
	bool registered; /* counted as a connection */
	bool muted;
	bool full; /* the queue was full, and that was logged */
};

static struct irc_reply reply_to(const struct irc_bot *bot, const char *verb, const char *target)
{
	return (struct irc_reply){
		.nick = irc_presence_nick(bot->presence),
		.user = bot->options->username,
		.verb = verb,
		.target = target,
	};
}

struct quote_fit irc_bot_fit(const struct irc_options *options)
{
	char nick[IRC_NICK_SIZE];
	char who[NICK_MAX + 1] = {0};
	memset(who, 'x', NICK_MAX);
	/* The second alternative is our longest nickname, unless the wanted one is over 42 octets;
	 * render() then sees to it. */
	irc_nick_alternative(options->nick, 2, nick);
	struct irc_reply reply = {
		.nick = nick, .user = options->username, .verb = "PRIVMSG", .target = who};
	size_t room = irc_reply_room(&reply);
	for (size_t i = 0; i < options->channels.count; i++) {
		char name[IRC_CHANNELS_NAME_SIZE];
		irc_channels_read(options->channels.items[i], name);
		reply.target = name;
		size_t here = irc_reply_room(&reply);
		room = here < room ? here : room;
	}
	return (struct quote_fit){
		.max_lines = (size_t)options->max_lines, .line_bytes = room, .fold = true};
}

static void create_guard(struct irc_bot *bot)
{
	const struct irc_options *options = bot->options;
	double by_one = (double)options->commands_per_minute;
	bot->limits = limits_create(&(struct limits_options){
		.loop = bot->context->loop,
		.name = bot->name,
		.unit = "command",
		.one = {"commands_per_minute", options->commands_per_minute, by_one, by_one / 60},
		.keys = IRC_GUARD_ASKERS,
		.seed = rng_next(bot->context->rng),
	});
	bot->guard = irc_guard_create(bot->limits, (double)options->ignore_seconds);
}

static void destroy_guard(struct irc_bot *bot)
{
	irc_guard_destroy(bot->guard);
	limits_destroy(bot->limits);
}

struct irc_bot *irc_bot_create(const struct frontend_context *context,
	const struct irc_options *options, struct irc_queue *queue, struct irc_presence *presence)
{
	struct irc_bot *bot = mem_alloc(sizeof *bot);
	bot->name = context->name;
	bot->options = options;
	bot->context = context;
	bot->queue = queue;
	bot->presence = presence;
	create_guard(bot);
	bot->fit = irc_bot_fit(options);
	irc_bot_begin(bot);
	asker_prepare(context->asker, &bot->fit);
	return bot;
}

static void free_question(struct question *question)
{
	struct question **link = &question->bot->questions;
	while (*link != question)
		link = &(*link)->next;
	*link = question->next;
	free(question->target);
	free(question->who);
	free(question);
}

/* On the next connection the nickname may be another person's. */
static void forget_questions(struct irc_bot *bot)
{
	while (bot->questions != NULL) {
		asker_cancel(bot->questions->ticket);
		free_question(bot->questions);
	}
}

static void set_registered(struct irc_bot *bot, bool registered)
{
	bool changed = bot->registered != registered;
	bot->registered = registered;
	if (!changed)
		return;
	metrics_add(bot->context->metrics, METRICS_CONNECTIONS, registered ? 1 : -1);
	if (bot->context->on_state != NULL)
		bot->context->on_state(bot->context);
}

static void count(const struct irc_bot *bot, size_t row)
{
	metrics_add(bot->context->metrics, row, 1);
}

void irc_bot_begin(struct irc_bot *bot)
{
	forget_questions(bot);
	irc_presence_begin(bot->presence);
	set_registered(bot, false);
}

void irc_bot_mute(struct irc_bot *bot)
{
	bot->muted = true;
}

bool irc_bot_is_registered(const struct irc_bot *bot)
{
	return bot->registered;
}

static void send_line(struct irc_bot *bot, const char *verb, const char *rest)
{
	char *line = mem_format("%s %s", verb, rest);
	if (!irc_queue_push(bot->queue, line))
		log_warning(
			bot->name, "the send queue is full: dropped a %s; raise queue_limit", verb);
	free(line);
}

/* A reply goes out whole or not at all. Returns whether it does. */
static bool send_lines(struct irc_bot *bot, const struct strings *lines)
{
	if (irc_queue_room(bot->queue) < lines->count) {
		if (!bot->full)
			log_warning(bot->name,
				"the send queue is full: dropping replies; raise queue_limit");
		bot->full = true;
		count(bot, IRC_BOT_METRICS_QUEUE);
		return false;
	}
	bot->full = false;
	for (size_t i = 0; i < lines->count; i++) {
		irc_queue_push(bot->queue, lines->items[i]);
		irc_guard_said(bot->guard, strchr(lines->items[i], ':') + 1);
	}
	return true;
}

static void say(struct irc_bot *bot, const char *verb, const char *target, const char *text)
{
	struct irc_reply reply = reply_to(bot, verb, target);
	struct strings lines = {0};
	irc_reply_lines(&reply, text, strlen(text), &lines);
	send_lines(bot, &lines);
	strings_finish(&lines);
}

/* The asker's nickname, or the one that the server gave us, can be longer than irc_bot_fit() takes
 * into account. */
static bool render(const struct irc_bot *bot, const struct irc_reply *reply,
	const struct quote *quote, struct buffer *out)
{
	struct quote_fit fit = bot->fit;
	size_t room = irc_reply_room(reply);
	fit.line_bytes = room < fit.line_bytes ? room : fit.line_bytes;
	return fit.line_bytes > 0 && render_quote(quote, &fit, out);
}

static bool say_quote(const struct question *question, const struct quote *quote)
{
	struct irc_bot *bot = question->bot;
	struct irc_reply reply = reply_to(bot, "PRIVMSG", question->target);
	struct buffer text = {0};
	struct strings lines = {0};
	bool fits = render(bot, &reply, quote, &text);
	if (fits)
		irc_reply_lines(&reply, text.data, text.length, &lines);
	if (fits && send_lines(bot, &lines)) {
		struct metrics *metrics = bot->context->metrics;
		count(bot, METRICS_ANSWERS);
		metrics_observe(metrics, METRICS_SECONDS, metrics_clock() - question->begun);
	}
	strings_finish(&lines);
	buffer_finish(&text);
	return fits;
}

static void tell_reason(const struct question *question, const char *reason)
{
	count(question->bot, IRC_BOT_METRICS_NO_QUOTE);
	say(question->bot, "NOTICE", question->who, reason);
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct question *question = data;
	static const struct ask that_quote = {.kind = ASK_KIND_ID};
	struct error reason;
	if (answer->count == 0) {
		tell_reason(question, answer->reason);
	} else if (!say_quote(question, &answer->quotes[0])) {
		ask_explain(&that_quote, ASK_OUTCOME_TOO_LONG, &reason);
		tell_reason(question, reason.text);
	}
	free_question(question);
}

static void answer(struct irc_bot *bot, enum ask_kind kind, const char *text, const char *target,
	const char *who)
{
	struct ask ask = {.kind = kind, .text = text, .fit = bot->fit, .limit = 1};
	struct question *question = mem_alloc(sizeof *question);
	question->bot = bot;
	question->begun = metrics_turn();
	question->target = mem_strdup(target);
	question->who = mem_strdup(who);
	question->next = bot->questions;
	bot->questions = question;
	struct ask_ticket *ticket = asker_ask(bot->context->asker, &ask, on_answer, question);
	if (ticket != NULL)
		question->ticket = ticket;
}

static void answer_help(struct irc_bot *bot, const char *who)
{
	const char *mark = bot->options->prefix;
	char *marked = *mark != '\0' ? mem_format("\"%squote\" or ", mark) : mem_strdup("");
	char *text = mem_format("Commands: quote, quote ID, today, search WORDS, help. In a "
				"channel, write %s\"%s: quote\"; in private, just \"quote\". Run "
				"by %s.",
		marked, irc_presence_nick(bot->presence), bot->options->contact);
	say(bot, "NOTICE", who, text);
	count(bot, METRICS_ANSWERS);
	free(text);
	free(marked);
}

static void warn(struct irc_bot *bot, const char *who)
{
	char *text = mem_format("You sent more than %ld commands in a minute, so I am ignoring you "
				"for %ld seconds.",
		bot->options->commands_per_minute, bot->options->ignore_seconds);
	say(bot, "NOTICE", who, text);
	free(text);
}

static void obey(struct irc_bot *bot, enum irc_command command, const char *argument,
	const char *target, const char *who)
{
	switch (command) {
	case IRC_COMMAND_NONE:
		break;
	case IRC_COMMAND_QUOTE:
		answer(bot, *argument == '\0' ? ASK_KIND_RANDOM : ASK_KIND_ID_OR_WORDS, argument,
			target, who);
		break;
	case IRC_COMMAND_TODAY:
		answer(bot, ASK_KIND_TODAY, "", target, who);
		break;
	case IRC_COMMAND_SEARCH:
		answer(bot, ASK_KIND_SEARCH, argument, target, who);
		break;
	case IRC_COMMAND_HELP:
		answer_help(bot, who);
		break;
	}
}

void irc_bot_message(
	struct irc_bot *bot, const char *origin, const char *target, const char *text, double now)
{
	char who[IRC_NICK_SIZE];
	irc_nick_of(origin, who);
	bool is_private = irc_presence_is_me(bot->presence, target);
	if (who[strcspn(who, ",#&+!*")] != '\0' || bot->muted || !bot->registered ||
		irc_presence_is_me(bot->presence, who) ||
		(!is_private && !irc_presence_has(bot->presence, target)))
		return;
	const char *argument;
	enum irc_command command = irc_command_parse(text, irc_presence_nick(bot->presence),
		bot->options->prefix, is_private, &argument);
	if (command == IRC_COMMAND_NONE || irc_guard_is_echo(bot->guard, text))
		return;
	count(bot, METRICS_REQUESTS);
	switch (irc_guard_check(bot->guard, irc_nick_host(origin), now)) {
	case IRC_GUARD_VERDICT_ANSWER:
		obey(bot, command, argument, is_private ? who : target, who);
		break;
	case IRC_GUARD_VERDICT_WARN:
		warn(bot, who);
		count(bot, IRC_BOT_METRICS_ASKER);
		break;
	case IRC_GUARD_VERDICT_IGNORE:
		count(bot, IRC_BOT_METRICS_ASKER);
		break;
	}
}

void irc_bot_numeric(
	struct irc_bot *bot, int code, const char *const *params, size_t count, double now)
{
	irc_presence_numeric(bot->presence, code, params, count, now);
	set_registered(bot, irc_presence_is_registered(bot->presence));
}

void irc_bot_features(struct irc_bot *bot, const struct irc_line *line)
{
	irc_presence_features(bot->presence, line);
	for (size_t i = 1; i < line->count; i++) {
		const char *value = line->params[i];
		if (strncmp(value, "BOT=", 4) == 0 && value[4] > ' ' && value[5] == '\0') {
			char *mode =
				mem_format("%s +%c", irc_presence_nick(bot->presence), value[4]);
			send_line(bot, "MODE", mode);
			free(mode);
		}
	}
}

void irc_bot_tick(struct irc_bot *bot, double now)
{
	if (!bot->muted)
		irc_presence_tick(bot->presence, now);
}

void irc_bot_change(struct irc_bot *bot, const struct irc_options *options)
{
	irc_presence_change(bot->presence, options);
	bot->options = options;
	bot->fit = irc_bot_fit(options);
	destroy_guard(bot);
	create_guard(bot);
}

void irc_bot_destroy(struct irc_bot *bot)
{
	if (bot == NULL)
		return;
	forget_questions(bot);
	destroy_guard(bot);
	free(bot);
}
