/** QOTD over UDP: each datagram that the policy lets pass, empty ones too, gets one with a quote.
 */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_UDP_H
#define QUOTED_FRONTENDS_QOTD_QOTD_UDP_H

#include <stdbool.h>
#include <stddef.h>

#include <ev.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "frontends/kit/address.h"
#include "frontends/qotd/qotd_answer.h"
#include "frontends/qotd/qotd_policy.h"

struct qotd_udp;

/** All pointers are borrowed and outlive the sockets. */
struct qotd_udp_options {
	struct ev_loop *loop;
	const char *name;                /* of the log lines */
	const struct strings *addresses; /* as address_parse reads them, no unix sockets */
	struct qotd_answer *answer;
	struct qotd_policy *policy; /* is told our ports */
	size_t max_bytes;
	bool no_amplification;
};

/** What was not answered, in datagrams. */
struct qotd_udp_counters {
	unsigned long refused[QOTD_VERDICT_COUNT]; /* by verdict; that of ANSWER is 0 */
	unsigned long too_small;                   /* for an answer without amplification */
	unsigned long failed;                      /* the system did not send the answer */
};

/** Copies \p options. */
struct qotd_udp *qotd_udp_create(const struct qotd_udp_options *options);

/**
 * Binds, and logs "listening on udp 127.0.0.1:17" for each socket. Of "localhost" and "*" the
 * family that the machine lacks is left out. Returns false with nothing bound where an address
 * cannot be had. On a wildcard the answer leaves from the address that was asked.
 */
bool qotd_udp_start(struct qotd_udp *udp, struct error *reterr);

/** Closes the sockets; idempotent. */
void qotd_udp_stop(struct qotd_udp *udp);

/** Returns what was counted since the start, valid as long as \p udp. */
const struct qotd_udp_counters *qotd_udp_counters(const struct qotd_udp *udp);

/** Returns the address that socket \p index is bound to, NULL past the last. */
const struct address *qotd_udp_address(const struct qotd_udp *udp, size_t index);

/** Stops and frees; NULL is a no-op. */
void qotd_udp_destroy(struct qotd_udp *udp);

#endif
