#include "frontends/irc/irc_guard.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

struct ignored {
	char *host;
	double until;
};

struct irc_guard {
	struct limits *limits;
	double seconds;
	struct ignored ignored[IRC_GUARD_IGNORED];
	char *said[IRC_GUARD_SAID];
	size_t next_said;
};

struct irc_guard *irc_guard_create(struct limits *limits, double seconds)
{
	struct irc_guard *guard = mem_alloc(sizeof *guard);
	guard->limits = limits;
	guard->seconds = seconds;
	return guard;
}

static bool is_ignored(const struct irc_guard *guard, const char *host, double now)
{
	for (size_t i = 0; i < IRC_GUARD_IGNORED; i++) {
		const struct ignored *ignored = &guard->ignored[i];
		if (ignored->host != NULL && ignored->until > now &&
			strcmp(ignored->host, host) == 0)
			return true;
	}
	return false;
}

static void ignore(struct irc_guard *guard, const char *host, double until)
{
	struct ignored *place = &guard->ignored[0];
	for (size_t i = 1; i < IRC_GUARD_IGNORED; i++) {
		if (guard->ignored[i].until < place->until)
			place = &guard->ignored[i];
	}
	free(place->host);
	place->host = mem_strdup(host);
	place->until = until;
}

enum irc_guard_verdict irc_guard_check(struct irc_guard *guard, const char *host, double now)
{
	if (is_ignored(guard, host, now)) {
		limits_refuse(guard->limits, LIMITS_REASON_ONE, NULL);
		return IRC_GUARD_VERDICT_IGNORE;
	}
	if (limits_take_key(guard->limits, host, strlen(host), now) == LIMITS_REASON_NONE)
		return IRC_GUARD_VERDICT_ANSWER;
	ignore(guard, host, now + guard->seconds);
	return IRC_GUARD_VERDICT_WARN;
}

void irc_guard_said(struct irc_guard *guard, const char *line)
{
	free(guard->said[guard->next_said]);
	guard->said[guard->next_said] = mem_strdup(line);
	guard->next_said = (guard->next_said + 1) % IRC_GUARD_SAID;
}

bool irc_guard_is_echo(const struct irc_guard *guard, const char *text)
{
	for (size_t i = 0; i < IRC_GUARD_SAID; i++) {
		if (guard->said[i] != NULL && strcmp(guard->said[i], text) == 0)
			return true;
	}
	return false;
}

void irc_guard_destroy(struct irc_guard *guard)
{
	if (guard == NULL)
		return;
	for (size_t i = 0; i < IRC_GUARD_IGNORED; i++)
		free(guard->ignored[i].host);
	for (size_t i = 0; i < IRC_GUARD_SAID; i++)
		free(guard->said[i]);
	free(guard);
}
