/** Decides which datagrams to answer, as QOTD over UDP is a known amplifier (US-CERT TA14-017A). */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H
#define QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frontends/kit/address.h"

struct qotd_policy;

/** Each budget allows a burst of answers, and so many a second in the long run. */
struct qotd_policy_options {
	long prefix_burst;
	long prefix_per_second;
	long global_burst;
	long global_per_second;
	bool limit_loopback; /* else loopback is free, as other machines cannot forge its addresses
			      */
	uint64_t seed;       /* of the hash table of prefixes */
};

/** What to do with a datagram, by its sender. */
enum qotd_verdict {
	QOTD_VERDICT_ANSWER,
	QOTD_VERDICT_PORT, /* refuse: from a port below 1024 or of ours, which could answer back */
	QOTD_VERDICT_PREFIX, /* refuse: the budget of the /24 or /56 is used up */
	QOTD_VERDICT_GLOBAL, /* refuse: the budget of all together is used up */
	QOTD_VERDICT_COUNT,
};

/** Copies \p options. */
struct qotd_policy *qotd_policy_create(const struct qotd_policy_options *options);

/** Adds a port of our own, in host order; datagrams from it are never answered. */
void qotd_policy_add_port(struct qotd_policy *policy, uint16_t port);

/** Removes all ports of our own. */
void qotd_policy_clear_ports(struct qotd_policy *policy);

/** Judges a datagram from \p peer and takes an answer from the budgets. \p now is in seconds and
 * must not go back. */
enum qotd_verdict qotd_policy_judge(
	struct qotd_policy *policy, const struct address *peer, double now);

/**
 * Returns how many octets an answer may have: \p max_bytes or, with \p no_amplification, no more
 * than \p received. That is then rounded down to 4, 6, 8, 12, 16, 24, ..., few enough sizes to find
 * the quotes that fit each beforehand. 0: the datagram is too small to be answered.
 */
size_t qotd_policy_room(size_t max_bytes, bool no_amplification, size_t received);

/** Frees it; NULL is a no-op. */
void qotd_policy_destroy(struct qotd_policy *policy);

#endif
