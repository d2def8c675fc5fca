#include "frontends/irc/irc_bot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/irc_command.h"
#include "frontends/irc/irc_guard.h"
#include "frontends/irc/irc_nick.h"
#include "frontends/irc/irc_reply.h"
#include "frontends/kit/log.h"

enum {
	RPL_WELCOME = 1,
	SEARCH_BEST = 10,  /* of so many quotes found the first short one is said */
	REFUSED_WAITS = 4, /* a refused channel is tried again after so many rejoin delays */
	NICK_MAX = 32,     /* octets of the longest nickname that the large networks grant */
};

struct channel {
	bool joined;
	double due; /* when to join it, where it is not joined */
};

/* A search whose answer is awaited. */
struct question {
	struct irc_bot *bot;
	struct librarian_search *search;
	char *target;
	char *asker;
	struct question *next;
};

struct irc_bot {
	const char *name;
	const struct irc_options *options;
	const struct frontend_context *context;
	struct irc_queue *queue;
	struct quote_request request; /* the same for all targets */
	struct question *questions;
	struct irc_guard *guard;
	struct channel *channels;
	char nick[IRC_NICK_SIZE];
	unsigned nick_attempt;
	double regain_due;
	bool registered;
	bool muted;
	bool full; /* the queue, and that was said */
};

static struct irc_reply reply_to(const struct irc_bot *bot, const char *verb, const char *target)
{
	return (struct irc_reply){
		.nick = bot->nick,
		.user = bot->options->username,
		.verb = verb,
		.target = target,
	};
}

struct quote_fit irc_bot_fit(const struct irc_options *options)
{
	char nick[IRC_NICK_SIZE];
	char asker[NICK_MAX + 1] = {0};
	memset(asker, 'x', NICK_MAX);
	/* The longest of our own is one of the alternatives. */
	irc_nick_alternative(options->nick, 2, nick);
	struct irc_reply reply = {
		.nick = nick, .user = options->username, .verb = "PRIVMSG", .target = asker};
	size_t room = irc_reply_room(&reply);
	for (size_t i = 0; i < options->channels.count; i++) {
		reply.target = options->channels.items[i];
		size_t here = irc_reply_room(&reply);
		room = here < room ? here : room;
	}
	return (struct quote_fit){
		.max_lines = (size_t)options->max_lines, .line_bytes = room, .fold = true};
}

struct irc_bot *irc_bot_create(const struct frontend_context *context,
	const struct irc_options *options, struct irc_queue *queue)
{
	struct irc_bot *bot = mem_alloc(sizeof *bot);
	bot->name = context->name;
	bot->options = options;
	bot->context = context;
	bot->queue = queue;
	bot->guard = irc_guard_create((double)options->commands_per_minute,
		(double)options->ignore_seconds, rng_next(context->rng));
	bot->channels = mem_alloc((options->channels.count + 1) * sizeof *bot->channels);
	bot->request = (struct quote_request){.fit = irc_bot_fit(options), .wire = context->wire};
	irc_bot_begin(bot);
	quoter_prepare(context->quoter, &bot->request);
	return bot;
}

void irc_bot_begin(struct irc_bot *bot)
{
	bot->registered = false;
	bot->nick_attempt = 0;
	snprintf(bot->nick, sizeof bot->nick, "%s", bot->options->nick);
	for (size_t i = 0; i < bot->options->channels.count; i++)
		bot->channels[i] = (struct channel){0};
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
		log_warning(bot->name, "the queue is full: %s was not sent", verb);
	free(line);
}

/* A reply goes out whole or not at all. */
static void send_lines(struct irc_bot *bot, const struct strings *lines)
{
	if (irc_queue_room(bot->queue) < lines->count) {
		if (!bot->full)
			log_warning(bot->name, "the queue is full: replies are lost");
		bot->full = true;
		return;
	}
	bot->full = false;
	for (size_t i = 0; i < lines->count; i++) {
		irc_queue_push(bot->queue, lines->items[i]);
		irc_guard_said(bot->guard, strchr(lines->items[i], ':') + 1);
	}
}

static void say(struct irc_bot *bot, const char *verb, const char *target, const char *text)
{
	struct irc_reply reply = reply_to(bot, verb, target);
	struct strings lines = {0};
	irc_reply_lines(&reply, text, strlen(text), &lines);
	send_lines(bot, &lines);
	strings_finish(&lines);
}

/* Lays out a quote; the target or the nickname that a server gave us can be longer than thought. */
static bool render(const struct irc_bot *bot, const struct irc_reply *reply,
	const struct quote *quote, struct buffer *out)
{
	struct quote_fit fit = bot->request.fit;
	size_t room = irc_reply_room(reply);
	fit.line_bytes = room < fit.line_bytes ? room : fit.line_bytes;
	return fit.line_bytes > 0 && render_quote(quote, &fit, out);
}

/* Says a quote, or why not: the asker chose it, and it can be too long. */
static void say_quote(
	struct irc_bot *bot, const struct quote *quote, const char *target, const char *asker)
{
	struct irc_reply reply = reply_to(bot, "PRIVMSG", target);
	struct buffer text = {0};
	struct strings lines = {0};
	if (render(bot, &reply, quote, &text)) {
		irc_reply_lines(&reply, text.data, text.length, &lines);
		send_lines(bot, &lines);
	} else {
		say(bot, "NOTICE", asker, "That quote is too long for a message here.");
	}
	strings_finish(&lines);
	buffer_finish(&text);
}

static void answer_random(struct irc_bot *bot, const char *target, const char *asker)
{
	struct quote quote;
	if (quoter_pick(bot->context->quoter, &bot->request, &quote))
		say_quote(bot, &quote, target, asker);
	else
		say(bot, "NOTICE", asker, "None of the quotes fits into a message here.");
}

static void answer_today(struct irc_bot *bot, const char *target, const char *asker)
{
	struct quote quote;
	if (quoter_today(bot->context->quoter, bot->context->wire, &quote))
		say_quote(bot, &quote, target, asker);
	else
		say(bot, "NOTICE", asker, "There is no quote today that fits everywhere.");
}

static void free_question(struct question *question)
{
	struct question **link = &question->bot->questions;
	while (*link != question)
		link = &(*link)->next;
	*link = question->next;
	free(question->target);
	free(question->asker);
	free(question);
}

/* The best of the quotes found that is short enough. */
static void say_best(const struct question *question, const struct librarian_answer *answer)
{
	struct irc_bot *bot = question->bot;
	struct irc_reply reply = reply_to(bot, "PRIVMSG", question->target);
	struct buffer text = {0};
	struct quote quote;
	bool fits = false;
	for (size_t i = 0; i < answer->count && !fits; i++)
		fits = quoter_get(
			       bot->context->quoter, bot->context->wire, answer->ids[i], &quote) &&
		       render(bot, &reply, &quote, &text);
	buffer_finish(&text);
	if (fits)
		say_quote(bot, &quote, question->target, question->asker);
	else if (answer->total > 0)
		say(bot, "NOTICE", question->asker, "What I found is too long for a message here.");
	else
		say(bot, "NOTICE", question->asker, "No quote has that.");
}

static void on_answer(void *data, const struct librarian_answer *answer)
{
	struct question *question = data;
	if (answer->state == LIBRARIAN_STATE_DONE)
		say_best(question, answer);
	else
		say(question->bot, "NOTICE", question->asker, answer->reason);
	free_question(question);
}

static void answer_search(
	struct irc_bot *bot, const char *words, const char *target, const char *asker)
{
	struct question *question = mem_alloc(sizeof *question);
	question->bot = bot;
	question->target = mem_strdup(target);
	question->asker = mem_strdup(asker);
	question->next = bot->questions;
	bot->questions = question;
	question->search = librarian_search(bot->context->librarian, bot->context->wire, words, 0,
		SEARCH_BEST, on_answer, question);
}

/* An id, or else words. */
static void answer_quote(
	struct irc_bot *bot, const char *argument, const char *target, const char *asker)
{
	struct quote quote;
	if (*argument == '\0') {
		answer_random(bot, target, asker);
		return;
	}
	switch (quoter_find(bot->context->quoter, bot->context->wire, argument, &quote)) {
	case QUOTER_FOUND_ONE:
		say_quote(bot, &quote, target, asker);
		break;
	case QUOTER_FOUND_MANY:
		say(bot, "NOTICE", asker, "More than one quote has an id that begins so.");
		break;
	case QUOTER_FOUND_NONE:
	case QUOTER_FOUND_NO_ID:
		answer_search(bot, argument, target, asker);
		break;
	}
}

static void answer_help(struct irc_bot *bot, const char *asker)
{
	const char *mark = bot->options->prefix;
	char *marked = *mark != '\0' ? mem_format("%squote or ", mark) : mem_strdup("");
	char *text = mem_format("I say quotes: %s\"%s: quote\" in a channel, or \"quote\" in "
				"private; also quote ID, today, search WORDS. Run by %s.",
		marked, bot->nick, bot->options->contact);
	say(bot, "NOTICE", asker, text);
	free(text);
	free(marked);
}

static void warn_asker(struct irc_bot *bot, const char *asker)
{
	char *text = mem_format("That was more than %ld commands a minute: you are ignored for %ld "
				"seconds.",
		bot->options->commands_per_minute, bot->options->ignore_seconds);
	say(bot, "NOTICE", asker, text);
	free(text);
}

static struct channel *find_channel(struct irc_bot *bot, const char *name)
{
	for (size_t i = 0; i < bot->options->channels.count; i++) {
		if (irc_nick_equal(bot->options->channels.items[i], name))
			return &bot->channels[i];
	}
	return NULL;
}

static void obey(struct irc_bot *bot, enum irc_command command, const char *argument,
	const char *target, const char *asker)
{
	switch (command) {
	case IRC_COMMAND_NONE:
		break;
	case IRC_COMMAND_QUOTE:
		answer_quote(bot, argument, target, asker);
		break;
	case IRC_COMMAND_TODAY:
		answer_today(bot, target, asker);
		break;
	case IRC_COMMAND_SEARCH:
		answer_search(bot, argument, target, asker);
		break;
	case IRC_COMMAND_HELP:
		answer_help(bot, asker);
		break;
	}
}

void irc_bot_message(
	struct irc_bot *bot, const char *origin, const char *target, const char *text, double now)
{
	char asker[IRC_NICK_SIZE];
	irc_nick_of(origin, asker);
	bool is_private = irc_nick_equal(target, bot->nick);
	if (asker[strcspn(asker, ",#&+!*")] != '\0' || bot->muted || !bot->registered ||
		irc_nick_equal(asker, bot->nick) ||
		(!is_private && find_channel(bot, target) == NULL))
		return;
	const char *argument;
	enum irc_command command =
		irc_command_parse(text, bot->nick, bot->options->prefix, is_private, &argument);
	if (command == IRC_COMMAND_NONE || irc_guard_is_echo(bot->guard, text))
		return;
	switch (irc_guard_check(bot->guard, irc_nick_host(origin), now)) {
	case IRC_GUARD_VERDICT_ANSWER:
		obey(bot, command, argument, is_private ? asker : target, asker);
		break;
	case IRC_GUARD_VERDICT_WARN:
		warn_asker(bot, asker);
		break;
	case IRC_GUARD_VERDICT_IGNORE:
		break;
	}
}

static void welcome(struct irc_bot *bot, const char *nick, double now)
{
	snprintf(bot->nick, sizeof bot->nick, "%s", nick);
	bot->registered = true;
	bot->regain_due = now + (double)bot->options->regain_delay;
	log_info(bot->name, "registered as %s", bot->nick);
	irc_bot_tick(bot, now);
}

/* Before 001 the server waits for another nickname; afterwards the one we have stays. */
static void nick_refused(struct irc_bot *bot)
{
	char nick[IRC_NICK_SIZE];
	if (bot->registered)
		return;
	irc_nick_alternative(bot->options->nick, ++bot->nick_attempt, nick);
	snprintf(bot->nick, sizeof bot->nick, "%s", nick);
	send_line(bot, "NICK", nick);
}

static void join_refused(
	struct irc_bot *bot, const char *const *params, size_t count, int code, double now)
{
	struct channel *channel = count > 1 ? find_channel(bot, params[1]) : NULL;
	if (channel == NULL || channel->joined)
		return;
	channel->due = now + REFUSED_WAITS * (double)bot->options->rejoin_delay;
	log_warning(bot->name, "%s cannot be joined (%03d %s)", params[1], code, params[count - 1]);
}

void irc_bot_numeric(
	struct irc_bot *bot, int code, const char *const *params, size_t count, double now)
{
	switch (code) {
	case RPL_WELCOME:
		if (count > 0 && irc_nick_is_word(params[0]))
			welcome(bot, params[0], now);
		break;
	case 432: /* erroneous, 433 in use, 436 collision, 437 unavailable */
	case 433:
	case 436:
	case 437:
		nick_refused(bot);
		break;
	case 403: /* no such channel, 405 too many, 471 full, 473 invite only, 474 banned */
	case 405:
	case 471:
	case 473:
	case 474:
	case 475: /* key, 476 bad mask, 477 registered users only */
	case 476:
	case 477:
		join_refused(bot, params, count, code, now);
		break;
	default:
		break;
	}
}

static bool is_me(const struct irc_bot *bot, const char *origin)
{
	char nick[IRC_NICK_SIZE];
	irc_nick_of(origin, nick);
	return irc_nick_equal(nick, bot->nick);
}

void irc_bot_nick(struct irc_bot *bot, const char *origin, const char *nick)
{
	if (!is_me(bot, origin) || !irc_nick_is_word(nick))
		return;
	snprintf(bot->nick, sizeof bot->nick, "%s", nick);
	log_info(bot->name, "now called %s", bot->nick);
}

void irc_bot_join(struct irc_bot *bot, const char *origin, const char *channel)
{
	struct channel *found = find_channel(bot, channel);
	if (found == NULL || !is_me(bot, origin))
		return;
	found->joined = true;
	log_info(bot->name, "joined %s", channel);
}

void irc_bot_leave(struct irc_bot *bot, const char *nick, const char *channel, double now)
{
	struct channel *found = find_channel(bot, channel);
	if (found == NULL || !is_me(bot, nick))
		return;
	found->joined = false;
	found->due = now + (double)bot->options->rejoin_delay;
	log_info(bot->name, "out of %s", channel);
}

void irc_bot_features(struct irc_bot *bot, const struct irc_line *line)
{
	for (size_t i = 1; i < line->count; i++) {
		const char *value = line->params[i];
		if (strncmp(value, "BOT=", 4) == 0 && value[4] > ' ' && value[5] == '\0') {
			char *mode = mem_format("%s +%c", bot->nick, value[4]);
			send_line(bot, "MODE", mode);
			free(mode);
		}
	}
}

static void join_due(struct irc_bot *bot, double now)
{
	for (size_t i = 0; i < bot->options->channels.count; i++) {
		struct channel *channel = &bot->channels[i];
		if (channel->joined || channel->due > now)
			continue;
		channel->due = now + REFUSED_WAITS * (double)bot->options->rejoin_delay;
		send_line(bot, "JOIN", bot->options->channels.items[i]);
	}
}

void irc_bot_tick(struct irc_bot *bot, double now)
{
	if (!bot->registered || bot->muted)
		return;
	join_due(bot, now);
	if (now < bot->regain_due || irc_nick_equal(bot->nick, bot->options->nick))
		return;
	bot->regain_due = now + (double)bot->options->regain_delay;
	send_line(bot, "NICK", bot->options->nick);
}

void irc_bot_destroy(struct irc_bot *bot)
{
	if (bot == NULL)
		return;
	while (bot->questions != NULL) {
		librarian_cancel(bot->questions->search);
		free_question(bot->questions);
	}
	irc_guard_destroy(bot->guard);
	free(bot->channels);
	free(bot);
}
