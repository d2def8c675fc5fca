#include "frontends/irc/connection/irc_channels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/kit/log.h"

enum {
	REFUSED_WAITS = 4, /* rejoin delays before a refused channel is tried again */
	DOUBLINGS = 16,
	ERR_BANNED = 474,
	ERR_FORWARDED = 470,
	ERR_FORBIDDEN = 926, /* InspIRCd's, which can also forward */
};

struct channel {
	char name[IRC_CHANNELS_NAME_SIZE];
	char *key;
	bool guest;
	bool parted; /* by irc_channels_part() */
	bool joined;
	bool hopeless; /* on this connection, as we are banned or the name is cut */
	bool asked;    /* JOIN was sent, and nothing is known of what became of it */
	unsigned refusals;
	double due; /* when to join it, if not joined */
	unsigned kicks;
	double kicked_at; /* the last time */
};

struct irc_channels {
	const char *name;
	const struct irc_options *options;
	struct irc_queue *queue;
	struct channel *items;
	size_t count;
};

const char *irc_channels_read(const char *text, char ret_name[IRC_CHANNELS_NAME_SIZE])
{
	size_t length = strcspn(text, " ");
	const char *key = text + length + strspn(text + length, " ");
	if (length == 0 || length >= IRC_CHANNELS_NAME_SIZE)
		return NULL;
	snprintf(ret_name, IRC_CHANNELS_NAME_SIZE, "%.*s", (int)length, text);
	if (strchr("#&+!", text[0]) == NULL || !irc_nick_is_word(ret_name) ||
		strchr(ret_name, ',') != NULL)
		return NULL;
	if (text[length] == '\0')
		return key;
	return irc_nick_is_word(key) && strchr(key, ',') == NULL ? key : NULL;
}

static void say(struct irc_channels *channels, const char *verb, const char *name, const char *key)
{
	if (!irc_queue_push(channels->queue, "%s %s%s%s", verb, name, *key != '\0' ? " " : "", key))
		log_warning(channels->name,
			"the send queue is full: dropped a %s; raise queue_limit", verb);
}

static struct channel *find(const struct irc_channels *channels, const char *name)
{
	for (size_t i = 0; i < channels->count; i++) {
		if (irc_nick_equal(channels->items[i].name, name))
			return &channels->items[i];
	}
	return NULL;
}

static struct channel *add(
	struct irc_channels *channels, const char *name, const char *key, bool guest)
{
	channels->items = mem_resize(channels->items, channels->count + 1, sizeof(struct channel));
	struct channel *channel = &channels->items[channels->count++];
	*channel = (struct channel){.key = mem_strdup(key), .guest = guest};
	snprintf(channel->name, sizeof channel->name, "%s", name);
	return channel;
}

/* They have been checked. */
static void read_options(struct irc_channels *channels, const struct irc_options *options)
{
	char name[IRC_CHANNELS_NAME_SIZE];
	channels->options = options;
	channels->items = NULL;
	channels->count = 0;
	for (size_t i = 0; i < options->channels.count; i++) {
		const char *key = irc_channels_read(options->channels.items[i], name);
		add(channels, name, key != NULL ? key : "", false);
	}
}

struct irc_channels *irc_channels_create(
	const char *name, const struct irc_options *options, struct irc_queue *queue)
{
	struct irc_channels *channels = mem_alloc(sizeof *channels);
	channels->name = name;
	channels->queue = queue;
	read_options(channels, options);
	return channels;
}

void irc_channels_change(struct irc_channels *channels, const struct irc_options *options)
{
	struct channel *before = channels->items;
	size_t count = channels->count;
	read_options(channels, options);
	for (size_t i = 0; i < count; i++) {
		struct channel *channel = find(channels, before[i].name);
		if (channel == NULL && before[i].guest)
			channel = add(channels, before[i].name, before[i].key, true);
		if (channel != NULL) {
			channel->joined = before[i].joined;
			channel->parted = before[i].parted;
		} else if (before[i].joined) {
			say(channels, "PART", before[i].name, "");
		}
		free(before[i].key);
	}
	free(before);
}

void irc_channels_begin(struct irc_channels *channels)
{
	for (size_t i = 0; i < channels->count; i++)
		channels->items[i].joined = false;
	irc_channels_change(channels, channels->options);
}

static void forget(struct irc_channels *channels, struct channel *channel)
{
	free(channel->key);
	*channel = channels->items[--channels->count];
}

static size_t count_guests(const struct irc_channels *channels)
{
	size_t guests = 0;
	for (size_t i = 0; i < channels->count; i++)
		guests += channels->items[i].guest;
	return guests;
}

bool irc_channels_join(struct irc_channels *channels, const char *name, const char *key)
{
	struct channel *channel = find(channels, name);
	if (channel != NULL) {
		channel->parted = channel->hopeless = false;
		channel->due = 0;
		return true;
	}
	if (count_guests(channels) >= IRC_CHANNELS_GUESTS)
		return false;
	add(channels, name, key, true);
	return true;
}

bool irc_channels_part(struct irc_channels *channels, const char *name)
{
	struct channel *channel = find(channels, name);
	if (channel == NULL)
		return false;
	if (channel->joined)
		say(channels, "PART", channel->name, "");
	channel->parted = true;
	if (channel->guest && !channel->joined)
		forget(channels, channel);
	return true;
}

bool irc_channels_has(const struct irc_channels *channels, const char *name)
{
	return find(channels, name) != NULL;
}

static double doubled(double wait, unsigned times)
{
	wait *= (double)(1UL << (times < DOUBLINGS ? times : DOUBLINGS));
	return wait < IRC_CHANNELS_WAIT ? wait : IRC_CHANNELS_WAIT;
}

static double wait_of(const struct irc_channels *channels, unsigned refusals)
{
	return doubled(REFUSED_WAITS * (double)channels->options->rejoin_delay, refusals);
}

void irc_channels_tick(struct irc_channels *channels, double now)
{
	for (size_t i = 0; i < channels->count; i++) {
		struct channel *channel = &channels->items[i];
		if (channel->joined || channel->hopeless || channel->parted || channel->due > now)
			continue;
		channel->due = now + wait_of(channels, channel->refusals);
		if (channel->asked)
			log_warning(channels->name,
				"the server has not said what became of JOIN %s; trying again",
				channel->name);
		channel->asked = true;
		say(channels, "JOIN", channel->name, channel->key);
	}
}

/* A server that cuts the name of a channel can never let us into the one that is meant. */
static struct channel *find_cut(struct irc_channels *channels, const char *name)
{
	for (size_t i = 0; i < channels->count; i++)
		if (channels->items[i].asked && irc_nick_begins(channels->items[i].name, name))
			return &channels->items[i];
	return NULL;
}

static void leave(struct irc_channels *channels, const char *name)
{
	struct channel *cut = find_cut(channels, name);
	say(channels, "PART", name, "");
	if (cut == NULL) {
		log_info(channels->name, "leaving %s, which is not in channels", name);
		return;
	}
	cut->hopeless = true;
	cut->asked = false;
	log_warning(channels->name,
		"the server cuts the name %s to %s, which is left; write that in channels",
		cut->name, name);
}

void irc_channels_joined(struct irc_channels *channels, const char *name)
{
	struct channel *channel = find(channels, name);
	if (channel == NULL) {
		leave(channels, name);
		return;
	}
	channel->joined = true;
	channel->asked = channel->hopeless = false;
	channel->refusals = 0;
	log_info(channels->name, "joined %s", name);
}

/* Kicks count together if we had not been let alone for as long as the longest wait. */
static double wait_after_kick(
	const struct irc_channels *channels, struct channel *channel, double now)
{
	if (channel->kicks > 0 && now - channel->kicked_at >= 2 * IRC_CHANNELS_WAIT)
		channel->kicks = 0;
	channel->kicked_at = now;
	return doubled((double)channels->options->rejoin_delay, channel->kicks++);
}

void irc_channels_left(
	struct irc_channels *channels, const char *name, const char *kicker, double now)
{
	struct channel *channel = find(channels, name);
	if (channel == NULL || !channel->joined)
		return;
	double wait = wait_after_kick(channels, channel, now);
	channel->joined = false;
	channel->due = now + wait;
	char *what = kicker != NULL ? mem_format("kicked out of %s by %s", name, kicker)
				    : mem_format("no longer in %s", name);
	if (channel->guest || channel->parted)
		log_info(channels->name, "%s", what);
	else
		log_info(channels->name, "%s; joining it again in %.0f s", what, wait);
	free(what);
	if (channel->guest)
		forget(channels, channel);
}

/* The channel that it leads to is joined anyway if it is of the configuration. */
static void tell_forward(const struct irc_channels *channels, const struct channel *channel,
	const char *target, double wait)
{
	if (irc_channels_has(channels, target))
		log_info(channels->name, "%s is forwarded to %s", channel->name, target);
	else
		log_warning(channels->name,
			"%s is forwarded to %s, which is left; to serve it, add it to channels; "
			"next try in %.0f s",
			channel->name, target, wait);
}

bool irc_channels_numeric(struct irc_channels *channels, int code, const char *const *params,
	size_t count, double now)
{
	struct channel *channel = count > 2 ? find(channels, params[1]) : NULL;
	char target[IRC_CHANNELS_NAME_SIZE];
	bool is_error = (code >= 400 && code <= 599) || code == ERR_FORBIDDEN;
	if (channel == NULL || channel->joined || !is_error)
		return false;
	channel->asked = false;
	const char *words = params[count - 1];
	if (channel->guest) {
		log_warning(channels->name, "cannot join %s (%03d %s)", params[1], code, words);
		forget(channels, channel);
		return true;
	}
	double wait = wait_of(channels, channel->refusals++);
	channel->due = now + wait;
	channel->hopeless = code == ERR_BANNED;
	/* UnrealIRCd names the other channel only within its words. */
	if (code == ERR_FORWARDED && irc_channels_read(params[2], target) != NULL)
		tell_forward(channels, channel, target, wait);
	else if (channel->hopeless)
		log_warning(channels->name,
			"cannot join %s (%03d %s); not tried again before the next connection or a "
			"reload that changes channels",
			params[1], code, words);
	else
		log_warning(channels->name, "cannot join %s (%03d %s); next try in %.0f s",
			params[1], code, words, wait);
	return true;
}

void irc_channels_destroy(struct irc_channels *channels)
{
	if (channels == NULL)
		return;
	while (channels->count > 0)
		forget(channels, channels->items);
	free(channels->items);
	free(channels);
}
