#include "frontends/irc/irc_guard.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/net/limits.h"

/* Who is ignored, or was told that a budget is used up. */
struct ignored {
	char *key;
	double until;
};

struct irc_guard {
	struct limits *people; /* and the network */
	struct limits *channels;
	double seconds;
	double quiet_at; /* the list is empty from then on */
	struct ignored ignored[IRC_GUARD_IGNORED];
};

/* The network in the list of who was told; no person has this key. */
static const char network[] = "";

static struct limits_budget per_minute(const char *setting, long value)
{
	return (struct limits_budget){setting, value, (double)value, (double)value / 60};
}

struct irc_guard *irc_guard_create(
	const struct frontend_context *context, const struct irc_options *options)
{
	struct irc_guard *guard = mem_alloc(sizeof *guard);
	struct limits_options limits = {
		.loop = context->loop,
		.name = context->name,
		.unit = "command",
		.one = per_minute("commands_per_minute", options->commands_per_minute),
		.all = per_minute("network_per_minute", options->network_per_minute),
		.keys = IRC_GUARD_ASKERS,
		.seed = rng_next(context->rng),
	};
	guard->people = limits_create(&limits);
	limits.one = per_minute("channel_per_minute", options->channel_per_minute);
	limits.all = (struct limits_budget){0};
	limits.keys = IRC_GUARD_CHANNELS;
	guard->channels = limits_create(&limits);
	guard->seconds = (double)options->ignore_seconds;
	return guard;
}

static bool is_ignored(const struct irc_guard *guard, const char *key, double now)
{
	for (size_t i = 0; i < IRC_GUARD_IGNORED && now < guard->quiet_at; i++) {
		const struct ignored *ignored = &guard->ignored[i];
		if (ignored->key != NULL && ignored->until > now && strcmp(ignored->key, key) == 0)
			return true;
	}
	return false;
}

static void ignore(struct irc_guard *guard, const char *key, double until)
{
	struct ignored *place = &guard->ignored[0];
	for (size_t i = 1; i < IRC_GUARD_IGNORED; i++) {
		if (guard->ignored[i].until < place->until)
			place = &guard->ignored[i];
	}
	free(place->key);
	place->key = mem_strdup(key);
	place->until = until;
	if (until > guard->quiet_at)
		guard->quiet_at = until;
}

static enum irc_guard_verdict refuse(struct irc_guard *guard, enum irc_guard_verdict verdict,
	const char *key, double now, bool *ret_tell)
{
	*ret_tell = !is_ignored(guard, key, now);
	if (*ret_tell)
		ignore(guard, key, now + guard->seconds);
	return verdict;
}

enum irc_guard_verdict irc_guard_check(struct irc_guard *guard, const char *person,
	const char *channel, double now, bool *ret_tell)
{
	*ret_tell = false;
	if (is_ignored(guard, person, now)) {
		limits_refuse(guard->people, LIMITS_REASON_ONE, NULL);
		return IRC_GUARD_VERDICT_PERSON;
	}
	enum limits_reason reason = limits_take_key(guard->people, person, strlen(person), now);
	if (reason == LIMITS_REASON_ONE)
		return refuse(guard, IRC_GUARD_VERDICT_PERSON, person, now, ret_tell);
	if (reason == LIMITS_REASON_ALL)
		return refuse(guard, IRC_GUARD_VERDICT_NETWORK, network, now, ret_tell);
	if (channel == NULL || limits_take_key(guard->channels, channel, strlen(channel), now) ==
				       LIMITS_REASON_NONE)
		return IRC_GUARD_VERDICT_ANSWER;
	return refuse(guard, IRC_GUARD_VERDICT_CHANNEL, channel, now, ret_tell);
}

void irc_guard_destroy(struct irc_guard *guard)
{
	if (guard == NULL)
		return;
	for (size_t i = 0; i < IRC_GUARD_IGNORED; i++)
		free(guard->ignored[i].key);
	limits_destroy(guard->people);
	limits_destroy(guard->channels);
	free(guard);
}
