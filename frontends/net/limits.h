/**
 * What strangers may use of one front end: connections, and requests by token buckets, for each
 * address prefix and in all. Counts what it refuses, by reason, and tells it once a minute.
 */
#ifndef QUOTED_FRONTENDS_NET_LIMITS_H
#define QUOTED_FRONTENDS_NET_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ev.h>

#include "frontends/kit/address.h"

struct limits;

/** Why something is refused. */
enum limits_reason {
	LIMITS_REASON_NONE,        /* it is not */
	LIMITS_REASON_CONNECTIONS, /* its prefix has max_per_prefix of them */
	LIMITS_REASON_DESCRIPTORS, /* a connection for which the process has no descriptor */
	LIMITS_REASON_ONE,         /* its prefix or key has used up its budget */
	LIMITS_REASON_ALL,         /* all together have used up theirs */
	LIMITS_REASON_PORT,        /* a datagram from a port that could answer back */
	LIMITS_REASON_SMALL,       /* a datagram too small to be answered without amplification */
	LIMITS_REASON_COUNT,
};

enum {
	LIMITS_PREFIXES = 65536,  /* whose budgets are kept, as limiter_create() has it */
	LIMITS_TELL_SECONDS = 60, /* from the first refusal that is not told to its telling */
};

/** A bucket of tokens for each key, or for all; per_second 0: no limit. */
struct limits_budget {
	const char *setting; /* for messages: its name and value */
	long value;
	double burst;
	double per_second;
};

/** For limits_create(). The strings are borrowed. */
struct limits_options {
	struct ev_loop *loop;     /* NULL: tell nothing */
	const char *name;         /* of the log lines */
	double tell_seconds;      /* 0: LIMITS_TELL_SECONDS */
	long max_connections;     /* in all */
	long max_per_prefix;      /* unix sockets apart */
	const char *unit;         /* what a token is for: "request" */
	struct limits_budget one; /* of a prefix or key */
	struct limits_budget all;
	size_t keys;         /* whose budgets are kept */
	bool limit_loopback; /* apply the budgets to loopback too; else it is free, as other
				machines cannot forge its addresses */
	uint64_t seed;       /* of the hash of the keys */
};

/** Copies \p options. */
struct limits *limits_create(const struct limits_options *options);

/** Takes a place for a connection from \p peer. Returns false, and counts it, if its prefix has too
 * many. Whether there is one in all is limits_is_full()'s to say. */
bool limits_admit(struct limits *limits, const struct address *peer);

/** Gives back the place of a connection from \p peer. */
void limits_release(struct limits *limits, const struct address *peer);

/** Returns whether there are max_connections. */
bool limits_is_full(const struct limits *limits);

/** Returns how many connections there are. */
size_t limits_connections(const struct limits *limits);

/** Takes a token from the budgets of the prefix of \p peer and of all, at \p now in seconds.
 * Returns why not, counted, or LIMITS_REASON_NONE. */
enum limits_reason limits_take(struct limits *limits, const struct address *peer, double now);

/** As limits_take(), for a key that is not an address. */
enum limits_reason limits_take_key(
	struct limits *limits, const void *key, size_t key_length, double now);

/** Counts what the caller refuses; \p peer is NULL if it has no address. */
void limits_refuse(struct limits *limits, enum limits_reason reason, const struct address *peer);

/** Returns how many were refused for \p reason since limits_create(). */
unsigned long limits_refused(const struct limits *limits, enum limits_reason reason);

/** Logs what is not told yet, as "41 connections refused, over max_per_prefix 500 of 192.0.2.0/24";
 * "and others" follows if they were of several prefixes. */
void limits_tell(struct limits *limits);

/** Tells and frees; NULL is a no-op. */
void limits_destroy(struct limits *limits);

#endif
