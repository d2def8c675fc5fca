/** Which datagrams are answered: QOTD over UDP is a known amplifier (US-CERT TA14-017A). */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H
#define QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frontends/kit/address.h"

struct qotd_policy;

/** Budgets in answers; a second number is the long run's, per second. */
struct qotd_policy_options {
	long prefix_burst;
	long prefix_per_second;
	long global_burst;
	long global_per_second;
	bool limit_loopback; /* else 127.0.0.0/8 and ::1, which nobody else can forge, are free */
	uint64_t seed;       /* keys the table of prefixes */
};

/** What to do with a datagram, by its sender. */
enum qotd_verdict {
	QOTD_VERDICT_ANSWER,
	QOTD_VERDICT_PORT,   /* from a port below 1024 or one of ours: an answer could loop */
	QOTD_VERDICT_PREFIX, /* the /24 or /56 has used up its budget */
	QOTD_VERDICT_GLOBAL, /* everybody together has */
	QOTD_VERDICT_COUNT,
};

/** Copies \p options. */
struct qotd_policy *qotd_policy_create(const struct qotd_policy_options *options);

/** Adds a port of our own, in host order, that is never answered. */
void qotd_policy_add_port(struct qotd_policy *policy, uint16_t port);

/** Forgets our own ports. */
void qotd_policy_clear_ports(struct qotd_policy *policy);

/** Judges a datagram from \p peer at \p now (seconds, never going back) and takes from the budgets.
 */
enum qotd_verdict qotd_policy_judge(
	struct qotd_policy *policy, const struct address *peer, double now);

/**
 * Returns how many octets an answer may have: \p max_bytes, or with \p no_amplification never more
 * than \p received, rounded down to 4, 6, 8, 12, 16, 24, ... so that the quotes that fit are found
 * beforehand. 0: there is no answer to so small a datagram.
 */
size_t qotd_policy_room(size_t max_bytes, bool no_amplification, size_t received);

/** Frees it; NULL is a no-op. */
void qotd_policy_destroy(struct qotd_policy *policy);

#endif
