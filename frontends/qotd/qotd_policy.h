/** Decides which datagrams to answer, as QOTD over UDP is a known amplifier (US-CERT TA14-017A). */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H
#define QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frontends/net/limits.h"

struct qotd_policy;

/** Borrows \p limits, whose budgets are those of the answers. */
struct qotd_policy *qotd_policy_create(struct limits *limits);

/** Adds a port of our own, in host order; datagrams from it are never answered. */
void qotd_policy_add_port(struct qotd_policy *policy, uint16_t port);

/** Removes all ports of our own. */
void qotd_policy_clear_ports(struct qotd_policy *policy);

/** Takes an answer for \p peer from the budgets, at \p now in seconds, or counts and returns why it
 * is refused: LIMITS_REASON_PORT (below 1024 or of ours), LIMITS_REASON_ONE or LIMITS_REASON_ALL.
 */
enum limits_reason qotd_policy_judge(
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
