/** QOTD over UDP: answers each datagram, even an empty one, with a quote if the policy allows it.
 */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_UDP_H
#define QUOTED_FRONTENDS_QOTD_QOTD_UDP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "frontends/kit/address.h"
#include "frontends/qotd/qotd_answer.h"
#include "frontends/qotd/qotd_policy.h"

struct frontend_context;
struct qotd_options;
struct qotd_udp;

/** Borrows its arguments; \p limits has the budgets of the answers. */
struct qotd_udp *qotd_udp_create(const struct frontend_context *context,
	const struct qotd_options *options, struct limits *limits);

/**
 * Binds; binding_announce() logs it. For "localhost" and "*" it skips an address family that the
 * machine lacks. On a wildcard socket an answer is sent from the address that the datagram went to.
 * Returns false with nothing bound if an address cannot be used, or if a socket that was passed is
 * bound beyond loopback without udp_public.
 */
bool qotd_udp_start(struct qotd_udp *udp, struct error *reterr);

/** Closes the sockets; idempotent. */
void qotd_udp_stop(struct qotd_udp *udp);

/** Returns how many answers the system refused to send since qotd_udp_create(). */
unsigned long qotd_udp_failed(const struct qotd_udp *udp);

/** Returns the address that socket \p index is bound to, or NULL past the last. */
const struct address *qotd_udp_address(const struct qotd_udp *udp, size_t index);

/** Stops and frees; NULL is a no-op. */
void qotd_udp_destroy(struct qotd_udp *udp);

#endif
