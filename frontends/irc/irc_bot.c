#include "frontends/irc/irc_bot.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/irc/message/irc_mask.h"
#include "frontends/kit/log.h"

enum { RPL_ISUPPORT = 5, RPL_HOSTHIDDEN = 396, ACCOUNT_SIZE = 128 };

struct irc_bot {
	struct irc_speech speech;
	struct irc_presence *presence;
	struct irc_channels *channels; /* of the presence */
	struct irc_talk *talk;
	char user[IRC_NICK_SIZE + 1]; /* as the server shows it; a '~' may come before ours */
	bool registered;              /* counted as a connection */
	bool muted;
};

static char *on_order(void *data, const struct irc_order *order);

struct irc_bot *irc_bot_create(const struct frontend_context *context,
	const struct irc_options *options, struct irc_queue *queue, struct irc_presence *presence,
	struct error *reterr)
{
	struct irc_bot *bot = mem_alloc(sizeof *bot);
	bot->speech = (struct irc_speech){
		context, options, queue, irc_presence_nick(presence), .full = false};
	bot->presence = presence;
	bot->channels = irc_presence_channels(presence);
	bot->talk = irc_talk_create(&bot->speech, on_order, bot, reterr);
	if (bot->talk == NULL) {
		free(bot);
		return NULL;
	}
	irc_bot_begin(bot);
	return bot;
}

static void set_registered(struct irc_bot *bot, bool registered)
{
	bool changed = bot->registered != registered;
	bot->registered = registered;
	if (!changed)
		return;
	metrics_add(bot->speech.context->metrics, METRICS_CONNECTIONS, registered ? 1 : -1);
	if (bot->speech.context->on_state != NULL)
		bot->speech.context->on_state(bot->speech.context);
}

void irc_bot_begin(struct irc_bot *bot)
{
	irc_talk_forget(bot->talk);
	bot->speech.topic_length = 0;
	irc_speech_show(&bot->speech, NULL);
	irc_presence_begin(bot->presence);
	snprintf(bot->user, sizeof bot->user, "~%s", bot->speech.options->username);
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

void irc_bot_message(struct irc_bot *bot, const struct irc_message *message, double now)
{
	struct irc_message heard = *message;
	heard.is_private = irc_nick_equal(message->target, irc_presence_nick(bot->presence));
	if (!bot->muted && bot->registered &&
		(heard.is_private || irc_channels_has(bot->channels, message->target)))
		irc_talk_message(bot->talk, &heard, now);
}

/* The server shows another host of ours, and some another user too. */
static void take_hidden_host(struct irc_bot *bot, const char *const *params, size_t count)
{
	if (count < 2 || !irc_nick_is_word(params[1]))
		return;
	bool whole = strchr(params[1], '@') != NULL;
	char *mask = whole ? mem_strdup(params[1]) : mem_format("%s@%s", bot->user, params[1]);
	irc_speech_show(&bot->speech, mask);
	free(mask);
}

void irc_bot_numeric(
	struct irc_bot *bot, int code, const char *const *params, size_t count, double now)
{
	irc_presence_numeric(bot->presence, code, params, count, now);
	set_registered(bot, irc_presence_is_registered(bot->presence));
	if (code == RPL_HOSTHIDDEN)
		take_hidden_host(bot, params, count);
	irc_talk_numeric(bot->talk, code, params, count, now);
}

void irc_bot_join(struct irc_bot *bot, const char *origin, const char *channel)
{
	const char *mask = irc_nick_host(origin);
	if (!irc_presence_is_me(bot->presence, origin))
		return;
	if (strchr(mask, '@') != NULL) {
		snprintf(bot->user, sizeof bot->user, "%.*s", (int)strcspn(mask, "@"), mask);
		irc_speech_show(&bot->speech, mask);
	}
	irc_channels_joined(bot->channels, channel);
}

static void take_features(struct irc_bot *bot, const struct irc_line *line)
{
	irc_presence_features(bot->presence, line);
	for (size_t i = 1; i < line->count; i++) {
		const char *value = line->params[i];
		if (strncmp(value, "TOPICLEN=", 9) == 0)
			bot->speech.topic_length = (size_t)strtoul(value + 9, NULL, 10);
		if (strncmp(value, "BOT=", 4) == 0 && value[4] > ' ' && value[5] == '\0')
			irc_queue_push(bot->speech.queue, "MODE %s +%c",
				irc_presence_nick(bot->presence), value[4]);
	}
}

static void invited(struct irc_bot *bot, const struct irc_line *line, const char *account)
{
	char name[IRC_CHANNELS_NAME_SIZE];
	const char *key = line->count >= 2 ? irc_channels_read(line->params[1], name) : NULL;
	if (line->prefix == NULL || key == NULL || *key != '\0' || bot->muted || !bot->registered ||
		!irc_mask_any(&bot->speech.options->inviters, line->prefix, account))
		return;
	log_info(bot->speech.context->name, "%s invites me to %s", line->prefix, name);
	irc_channels_join(bot->channels, name, "");
}

static char *order_join(struct irc_bot *bot, const char *argument)
{
	char name[IRC_CHANNELS_NAME_SIZE];
	const char *key = irc_channels_read(argument, name);
	if (key == NULL)
		return mem_strdup("Write a channel, as in \"join #quotes\".");
	if (!irc_channels_join(bot->channels, name, key))
		return mem_strdup("I am in too many channels; order me to part from one first.");
	return mem_format("I join %s.", name);
}

/* The process does on SIGHUP all that a reload takes, and the log says how it went. */
static char *order_reload(void)
{
	kill(getpid(), SIGHUP);
	return mem_strdup("I read the configuration and the quotes again.");
}

static char *on_order(void *data, const struct irc_order *order)
{
	struct irc_bot *bot = data;
	const char *place = *order->argument != '\0' ? order->argument : order->place;
	if (order->command == IRC_COMMAND_JOIN)
		return order_join(bot, order->argument);
	if (order->command == IRC_COMMAND_RELOAD)
		return order_reload();
	if (!irc_channels_part(bot->channels, place))
		return mem_strdup("I am not in that channel.");
	return mem_format("I part from %s until \"join\" or the next start.", place);
}

static void take_changed_host(struct irc_bot *bot, const struct irc_line *line)
{
	if (line->prefix == NULL || line->count < 2 ||
		!irc_presence_is_me(bot->presence, line->prefix))
		return;
	char *mask = mem_format("%s@%s", line->params[0], line->params[1]);
	irc_speech_show(&bot->speech, mask);
	free(mask);
}

void irc_bot_line(struct irc_bot *bot, const struct irc_line *line, double now)
{
	char tag[ACCOUNT_SIZE];
	const char *account = irc_line_tag(line, "account", tag, sizeof tag) ? tag : NULL;
	if (line->code == RPL_ISUPPORT)
		take_features(bot, line);
	else if (strcmp(line->command, "INVITE") == 0)
		invited(bot, line, account);
	else if (strcmp(line->command, "CHGHOST") == 0)
		take_changed_host(bot, line);
	else if (strcmp(line->command, "PRIVMSG") == 0)
		irc_bot_message(bot,
			&(struct irc_message){.origin = line->prefix,
				.account = account,
				.target = line->params[0],
				.text = line->params[1],
				.is_by_bot = irc_line_is_by_bot(line)},
			now);
}

void irc_bot_tick(struct irc_bot *bot, double now)
{
	irc_talk_tick(bot->talk);
	if (bot->muted)
		return;
	irc_presence_tick(bot->presence, now);
	if (bot->registered)
		irc_talk_daily(bot->talk, now, time(NULL));
}

void irc_bot_change(struct irc_bot *bot, const struct irc_options *options)
{
	irc_presence_change(bot->presence, options);
	bot->speech.options = options;
	irc_talk_change(bot->talk);
}

void irc_bot_destroy(struct irc_bot *bot)
{
	if (bot == NULL)
		return;
	irc_talk_destroy(bot->talk);
	irc_speech_finish(&bot->speech);
	free(bot);
}
