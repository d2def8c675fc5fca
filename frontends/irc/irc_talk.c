#include "frontends/irc/irc_talk.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/mem.h"
#include "frontends/irc/answer/irc_daily.h"
#include "frontends/irc/answer/irc_wish.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/irc/irc_guard.h"
#include "frontends/irc/irc_rules.h"
#include "frontends/irc/message/irc_ctcp.h"
#include "frontends/irc/message/irc_mask.h"
#include "frontends/irc/message/irc_relay.h"
#include "frontends/irc/message/irc_text.h"

struct irc_talk {
	struct irc_speech *speech;
	struct irc_orders orders;
	struct irc_answers *answers;
	struct irc_daily *daily;
	struct irc_guard *guard;
	struct decoder *decoder;       /* of the fallback charset */
	char *helped[IRC_TALK_HELPED]; /* a ring of keys */
	size_t next_helped;
	unsigned long expired; /* answers, counted already */
};

static struct decoder *open_charset(const char *charset, struct error *reterr)
{
	static const char other[] = "charset: "; /* the setting that the error is about */
	struct error error;
	struct decoder *decoder = decode_open(charset, &error);
	if (decoder == NULL)
		error_set(reterr, "fallback_charset: %s", error.text + strlen(other));
	return decoder;
}

static bool check_collections(const struct irc_speech *speech, struct error *reterr)
{
	const struct strings *list = &speech->options->channel_collections;
	struct ask_group any;
	struct error error;
	/* Without quotes there is another error. */
	if (asker_collections(speech->context->asker, 0, 1, &any) == 0)
		return true;
	for (size_t i = 0; i < list->count; i++) {
		const char *value = strchr(list->items[i], ' ');
		value += strspn(value, " ");
		if (!irc_wish_check(speech->context->asker, value, &error)) {
			error_set(reterr, "channel_collections: '%s': %s", list->items[i],
				error.text);
			return false;
		}
	}
	return true;
}

struct irc_talk *irc_talk_create(
	struct irc_speech *speech, irc_orders_on_order *on_order, void *data, struct error *reterr)
{
	struct decoder *decoder = open_charset(speech->options->fallback_charset, reterr);
	if (decoder == NULL)
		return NULL;
	struct irc_talk *talk = mem_alloc(sizeof *talk);
	talk->speech = speech;
	talk->decoder = decoder;
	talk->orders = (struct irc_orders){speech, on_order, data, .ignored = {0}};
	talk->answers = irc_answer_create(speech);
	talk->daily = irc_daily_create(speech, talk->answers);
	talk->guard = irc_guard_create(speech->context, speech->options);
	if (check_collections(speech, reterr))
		return talk;
	irc_talk_destroy(talk);
	return NULL;
}

void irc_talk_change(struct irc_talk *talk)
{
	const struct irc_options *options = talk->speech->options;
	struct error error;
	irc_answer_change(talk->answers);
	irc_daily_change(talk->daily);
	irc_guard_destroy(talk->guard);
	talk->guard = irc_guard_create(talk->speech->context, options);
	struct decoder *decoder = open_charset(options->fallback_charset, &error);
	if (decoder == NULL)
		return;
	decode_close(talk->decoder);
	talk->decoder = decoder;
}

static void count(const struct irc_talk *talk, size_t row)
{
	irc_speech_count(talk->speech, row);
}

static void notice(
	struct irc_talk *talk, const char *target, const char *text, const char *key, double now)
{
	struct irc_reply reply = irc_speech_reply(talk->speech, "NOTICE", target);
	irc_speech_say(talk->speech, &reply, text, key, now);
}

static void add_time(long seconds, struct buffer *out)
{
	bool even = seconds % 60 == 0;
	buffer_add_count(out, (size_t)(even ? seconds / 60 : seconds), even ? "minute" : "second");
	buffer_add(out, ".");
}

static void warn(struct irc_talk *talk, const struct irc_person *person,
	enum irc_guard_verdict verdict, double now)
{
	const struct irc_options *options = talk->speech->options;
	struct buffer text = {0};
	if (verdict == IRC_GUARD_VERDICT_PERSON) {
		buffer_format(&text,
			"You sent more than %ld commands in a minute, so I am ignoring you for ",
			options->commands_per_minute);
		add_time(options->ignore_seconds, &text);
	} else if (verdict == IRC_GUARD_VERDICT_CHANNEL) {
		buffer_format(&text,
			"There were more than %ld commands in a minute here; I answer again in a "
			"moment.",
			options->channel_per_minute);
	} else {
		buffer_format(&text,
			"I got more than %ld commands in a minute on this network; I answer again "
			"in a moment.",
			options->network_per_minute);
	}
	if (verdict == IRC_GUARD_VERDICT_CHANNEL)
		notice(talk, person->place, text.data, person->key, now);
	else
		irc_speech_tell(talk->speech, person, text.data, now);
	buffer_finish(&text);
}

/* Returns whether the budgets allow a command; else counts and tells what is used up. */
static bool is_allowed(struct irc_talk *talk, const struct irc_person *person, double now)
{
	static const size_t rows[] = {
		[IRC_GUARD_VERDICT_PERSON] = IRC_METRICS_PERSON,
		[IRC_GUARD_VERDICT_CHANNEL] = IRC_METRICS_CHANNEL,
		[IRC_GUARD_VERDICT_NETWORK] = IRC_METRICS_NETWORK,
	};
	bool tell;
	const char *channel = person->is_private ? NULL : person->place;
	enum irc_guard_verdict verdict =
		irc_guard_check(talk->guard, person->key, channel, now, &tell);
	if (verdict == IRC_GUARD_VERDICT_ANSWER)
		return true;
	if (tell)
		warn(talk, person, verdict, now);
	count(talk, rows[verdict]);
	return false;
}

void irc_talk_numeric(
	struct irc_talk *talk, int code, const char *const *params, size_t count_of, double now)
{
	irc_orders_numeric(&talk->orders, code, params, count_of, now);
	irc_daily_numeric(talk->daily, code, params, count_of);
}

static void answer_ctcp(struct irc_talk *talk, const struct irc_message *message,
	const struct irc_person *person, double now)
{
	struct buffer text = {0};
	const char *contact = talk->speech->options->contact;
	if (message->is_private && irc_ctcp_answer(message->text, contact, time(NULL), &text)) {
		count(talk, METRICS_REQUESTS);
		if (is_allowed(talk, person, now)) {
			notice(talk, person->nick, text.data, person->key, now);
			count(talk, METRICS_ANSWERS);
		}
	}
	buffer_finish(&text);
}

static bool is_helped(const struct irc_talk *talk, const char *key)
{
	for (size_t i = 0; i < IRC_TALK_HELPED; i++)
		if (talk->helped[i] != NULL && strcmp(talk->helped[i], key) == 0)
			return true;
	return false;
}

static void help_once(struct irc_talk *talk, const struct irc_person *person, double now)
{
	if (is_helped(talk, person->key))
		return;
	count(talk, METRICS_REQUESTS);
	if (!is_allowed(talk, person, now))
		return;
	free(talk->helped[talk->next_helped]);
	talk->helped[talk->next_helped] = mem_strdup(person->key);
	talk->next_helped = (talk->next_helped + 1) % IRC_TALK_HELPED;
	irc_answer_command(talk->answers, IRC_COMMAND_HELP, "", person, now);
}

static void take_command(struct irc_talk *talk, const struct irc_message *message,
	const struct irc_person *person, const struct irc_order *order, double now)
{
	count(talk, METRICS_REQUESTS);
	if (!is_allowed(talk, person, now))
		return;
	if (irc_command_is_for_admins(order->command))
		irc_orders_take(&talk->orders, person, message->account, order, now);
	else if (irc_answer_waiting(talk->answers, person->key) >=
		 (size_t)talk->speech->options->waiting_limit)
		count(talk, IRC_METRICS_WAITING);
	else
		irc_answer_command(talk->answers, order->command, order->argument, person, now);
}

/* Without admins, their commands are words like any other. */
static bool is_on(const struct irc_talk *talk, const char *place, enum irc_command command)
{
	const struct irc_options *options = talk->speech->options;
	if (command == IRC_COMMAND_NONE ||
		(irc_command_is_for_admins(command) && options->admins.count == 0))
		return false;
	return irc_rules_allow(options, place, command);
}

static enum irc_command command_of(const struct irc_talk *talk, const struct irc_person *person,
	const char *text, const char **ret_argument)
{
	return irc_command_parse(text, talk->speech->nick,
		irc_rules_prefix(talk->speech->options, person->place), person->is_private,
		ret_argument);
}

static void hear(struct irc_talk *talk, const struct irc_message *message,
	const struct irc_person *person, const char *text, double now)
{
	struct irc_order order = {.place = person->place};
	order.command = command_of(talk, person, text, &order.argument);
	bool on = is_on(talk, person->place, order.command);
	if ((on || message->is_private) && irc_speech_is_ours(talk->speech, text))
		return;
	if (on)
		take_command(talk, message, person, &order, now);
	else if (message->is_private)
		help_once(talk, person, now);
}

static bool is_ignored(const struct irc_talk *talk, const char *origin, const char *account)
{
	return irc_mask_any(&talk->speech->options->ignore, origin, account) ||
	       irc_mask_any(&talk->orders.ignored, origin, account);
}

/* Someone behind a bridge, who has a mask too: "bob!user@host", with those of the bridge. */
static void hear_relayed(struct irc_talk *talk, const struct irc_message *message,
	const struct irc_person *relay, const char *name, const char *text, double now)
{
	struct irc_person person = *relay;
	char *key = mem_format("%s/%s", relay->key, name);
	char *origin = mem_format("%s!%s", name, relay->key);
	person.relayed = name;
	person.key = key;
	if (!is_ignored(talk, origin, NULL))
		hear(talk, message, &person, text, now);
	free(origin);
	free(key);
}

static void hear_text(struct irc_talk *talk, const struct irc_message *message,
	const struct irc_person *person, double now)
{
	char name[IRC_RELAY_NAME_SIZE];
	const struct irc_speech *speech = talk->speech;
	struct buffer clean = {0};
	irc_text_clean(message->text, talk->decoder, &clean);
	const char *text = clean.data != NULL ? clean.data : "";
	const char *rest;
	bool is_relay = !message->is_private &&
			irc_mask_any(&speech->options->relays, message->origin, message->account);
	if (is_relay && command_of(talk, person, text, &rest) == IRC_COMMAND_NONE &&
		irc_relay_split(text, speech->nick, name, &rest))
		hear_relayed(talk, message, person, name, rest, now);
	else
		hear(talk, message, person, text, now);
	buffer_finish(&clean);
}

/* Many bridges are bots to the server, and rightly so. */
static bool is_heard(const struct irc_talk *talk, const struct irc_message *message)
{
	return !message->is_by_bot ||
	       irc_mask_any(&talk->speech->options->relays, message->origin, message->account);
}

/* Servers have no user and host; these signs would make a nickname several targets. */
static bool is_person(const char *origin, const char *nick)
{
	return nick[0] != '\0' && nick[strcspn(nick, ",#&+!*")] == '\0' &&
	       strchr(origin, '!') != NULL && strchr(origin, '@') != NULL;
}

void irc_talk_message(struct irc_talk *talk, const struct irc_message *message, double now)
{
	char nick[IRC_NICK_SIZE];
	irc_nick_of(message->origin, nick);
	if (!is_person(message->origin, nick) || irc_nick_equal(nick, talk->speech->nick) ||
		!is_heard(talk, message) || is_ignored(talk, message->origin, message->account))
		return;
	struct irc_person person = {
		.nick = nick,
		.key = irc_nick_host(message->origin),
		.place = message->is_private ? nick : message->target,
		.is_private = message->is_private,
	};
	if (irc_ctcp_is(message->text))
		answer_ctcp(talk, message, &person, now);
	else
		hear_text(talk, message, &person, now);
}

void irc_talk_tick(struct irc_talk *talk)
{
	unsigned long expired = irc_queue_expired(talk->speech->queue);
	metrics_add(talk->speech->context->metrics, IRC_METRICS_STALE,
		(double)(expired - talk->expired));
	talk->expired = expired;
}

void irc_talk_daily(struct irc_talk *talk, double now, time_t clock)
{
	irc_daily_tick(talk->daily, now, clock);
}

void irc_talk_forget(struct irc_talk *talk)
{
	irc_answer_forget(talk->answers);
	irc_daily_forget(talk->daily);
	irc_orders_forget(&talk->orders);
}

void irc_talk_destroy(struct irc_talk *talk)
{
	if (talk == NULL)
		return;
	for (size_t i = 0; i < IRC_TALK_HELPED; i++)
		free(talk->helped[i]);
	irc_orders_finish(&talk->orders);
	irc_guard_destroy(talk->guard);
	irc_daily_destroy(talk->daily);
	irc_answer_destroy(talk->answers);
	decode_close(talk->decoder);
	free(talk);
}
