/** Decides which datagrams to answer, as QOTD over UDP is a known amplifier (US-CERT TA14-017A). */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H
#define QUOTED_FRONTENDS_QOTD_QOTD_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/net/limits.h"

/** Takes an answer for \p peer, whose port may be one that we serve (\p is_ours), from \p limits,
 * at \p now in seconds, or counts and returns why it is refused: LIMITS_REASON_PORT (below 1024 or
 * of ours), LIMITS_REASON_ONE or LIMITS_REASON_ALL. */
enum limits_reason qotd_policy_judge(
	struct limits *limits, const struct address *peer, bool is_ours, double now);

/**
 * Returns how many octets an answer may have: \p max_bytes or, with \p no_amplification, no more
 * than \p received. That is then rounded down to 4, 6, 8, 12, 16, 24, ..., few enough sizes to find
 * the quotes that fit each beforehand. 0: the datagram is too small to be answered.
 */
size_t qotd_policy_room(size_t max_bytes, bool no_amplification, size_t received);

#endif
