#include "frontends/net/limits.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/net/limiter.h"

/* How many connections one prefix has. */
struct holding {
	struct prefix prefix;
	long connections;
	UT_hash_handle hh;
};

/* What was refused for one reason. */
struct refusals {
	unsigned long count;
	unsigned long told;
	struct address peer; /* the first that is not told; of length 0: it has no address */
	bool others;         /* came from other prefixes */
};

struct limits {
	struct limits_options options;
	struct holding *holdings;
	long connections;
	struct limiter *one; /* NULL: no limit */
	struct limiter *all;
	struct refusals refusals[LIMITS_REASON_COUNT];
	ev_timer timer; /* runs while something is not told */
};

static struct limiter *create_limiter(
	const struct limits_options *options, const struct limits_budget *budget, size_t keys)
{
	if (budget->per_second <= 0)
		return NULL;
	return limiter_create(budget->burst, budget->per_second, keys, options->seed);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	limits_tell(timer->data);
}

struct limits *limits_create(const struct limits_options *options)
{
	struct limits *limits = mem_alloc(sizeof *limits);
	limits->options = *options;
	limits->one = create_limiter(options, &options->one, options->keys);
	limits->all = create_limiter(options, &options->all, 1);
	ev_timer_init(&limits->timer, on_timer, 0, 0);
	limits->timer.data = limits;
	return limits;
}

static struct holding *find_holding(struct limits *limits, const struct prefix *prefix)
{
	struct holding *holding;
	HASH_FIND(hh, limits->holdings, prefix, sizeof *prefix, holding);
	return holding;
}

static struct holding *add_holding(struct limits *limits, const struct prefix *prefix)
{
	struct holding *holding = mem_alloc(sizeof *holding);
	holding->prefix = *prefix;
	HASH_ADD(hh, limits->holdings, prefix, sizeof holding->prefix, holding);
	return holding;
}

bool limits_admit(struct limits *limits, const struct address *peer)
{
	struct prefix prefix = address_prefix(peer);
	struct holding *holding = find_holding(limits, &prefix);
	if (holding == NULL)
		holding = add_holding(limits, &prefix);
	if (peer->storage.ss_family != AF_UNIX &&
		holding->connections >= limits->options.max_per_prefix) {
		limits_refuse(limits, LIMITS_REASON_CONNECTIONS, peer);
		return false;
	}
	holding->connections++;
	limits->connections++;
	return true;
}

void limits_release(struct limits *limits, const struct address *peer)
{
	struct prefix prefix = address_prefix(peer);
	struct holding *holding = find_holding(limits, &prefix);
	if (holding != NULL && --holding->connections == 0) {
		HASH_DEL(limits->holdings, holding);
		free(holding);
	}
	limits->connections--;
}

bool limits_is_full(const struct limits *limits)
{
	return limits->connections >= limits->options.max_connections;
}

size_t limits_connections(const struct limits *limits)
{
	return (size_t)limits->connections;
}

static enum limits_reason take(
	struct limits *limits, const void *key, size_t key_length, double now)
{
	if (limits->one != NULL && !limiter_take(limits->one, key, key_length, now))
		return LIMITS_REASON_ONE;
	if (limits->all != NULL && !limiter_take(limits->all, "", 0, now))
		return LIMITS_REASON_ALL;
	return LIMITS_REASON_NONE;
}

enum limits_reason limits_take(struct limits *limits, const struct address *peer, double now)
{
	if (!limits->options.limit_loopback && address_is_loopback(peer))
		return LIMITS_REASON_NONE;
	struct prefix prefix = address_prefix(peer);
	enum limits_reason reason = take(limits, &prefix, sizeof prefix, now);
	if (reason != LIMITS_REASON_NONE)
		limits_refuse(limits, reason, peer);
	return reason;
}

enum limits_reason limits_take_key(
	struct limits *limits, const void *key, size_t key_length, double now)
{
	enum limits_reason reason = take(limits, key, key_length, now);
	if (reason != LIMITS_REASON_NONE)
		limits_refuse(limits, reason, NULL);
	return reason;
}

static bool is_same_prefix(const struct address *left, const struct address *right)
{
	struct prefix one = address_prefix(left);
	struct prefix other = address_prefix(right);
	return memcmp(&one, &other, sizeof one) == 0;
}

void limits_refuse(struct limits *limits, enum limits_reason reason, const struct address *peer)
{
	struct refusals *refusals = &limits->refusals[reason];
	bool first = refusals->count++ == refusals->told;
	if (first)
		refusals->peer = peer != NULL ? *peer : (struct address){0};
	else if (peer != NULL && !refusals->others)
		refusals->others = !is_same_prefix(&refusals->peer, peer);
	if (limits->options.loop == NULL || ev_is_active(&limits->timer))
		return;
	double seconds = limits->options.tell_seconds;
	ev_timer_set(&limits->timer, seconds > 0 ? seconds : LIMITS_TELL_SECONDS, 0);
	ev_timer_start(limits->options.loop, &limits->timer);
}

unsigned long limits_refused(const struct limits *limits, enum limits_reason reason)
{
	return limits->refusals[reason].count;
}

/* "over max_per_prefix 500 of 192.0.2.0/24 and others". */
static void add_limit(
	struct buffer *text, const char *setting, long value, const struct refusals *refusals)
{
	char prefix[ADDRESS_TEXT_SIZE];
	buffer_format(text, "over %s %ld", setting, value);
	if (refusals == NULL || refusals->peer.length == 0)
		return;
	address_format_prefix(&refusals->peer, prefix);
	buffer_format(text, " of %s%s", prefix, refusals->others ? " and others" : "");
}

static void add_reason(struct buffer *text, const struct limits_options *options,
	enum limits_reason reason, const struct refusals *refusals)
{
	switch (reason) {
	case LIMITS_REASON_CONNECTIONS:
		add_limit(text, "max_per_prefix", options->max_per_prefix, refusals);
		break;
	case LIMITS_REASON_DESCRIPTORS:
		buffer_add(text, "no file descriptor was left; raise the limit on open files");
		break;
	case LIMITS_REASON_ONE:
		add_limit(text, options->one.setting, options->one.value, refusals);
		break;
	case LIMITS_REASON_ALL:
		add_limit(text, options->all.setting, options->all.value, NULL);
		break;
	case LIMITS_REASON_PORT:
		buffer_add(text, "from ports below 1024 or of our own");
		break;
	case LIMITS_REASON_SMALL:
		buffer_add(text, "too small for an answer that is not larger");
		break;
	case LIMITS_REASON_NONE:
	case LIMITS_REASON_COUNT:
		break;
	}
}

static void tell_reason(struct limits *limits, enum limits_reason reason)
{
	struct refusals *refusals = &limits->refusals[reason];
	unsigned long count = refusals->count - refusals->told;
	bool is_connection =
		reason == LIMITS_REASON_CONNECTIONS || reason == LIMITS_REASON_DESCRIPTORS;
	struct buffer text = {0};
	if (count == 0)
		return;
	add_reason(&text, &limits->options, reason, refusals);
	log_warning(limits->options.name, "%lu %s%s refused, %s", count,
		is_connection ? "connection" : limits->options.unit, count == 1 ? "" : "s",
		text.data);
	buffer_finish(&text);
	refusals->told = refusals->count;
	refusals->others = false;
}

void limits_tell(struct limits *limits)
{
	if (limits->options.loop == NULL)
		return;
	ev_timer_stop(limits->options.loop, &limits->timer);
	for (int reason = 0; reason < LIMITS_REASON_COUNT; reason++)
		tell_reason(limits, (enum limits_reason)reason);
}

void limits_destroy(struct limits *limits)
{
	if (limits == NULL)
		return;
	limits_tell(limits);
	struct holding *holding;
	struct holding *next;
	HASH_ITER (hh, limits->holdings, holding, next) {
		HASH_DEL(limits->holdings, holding);
		free(holding);
	}
	limiter_destroy(limits->one);
	limiter_destroy(limits->all);
	free(limits);
}
