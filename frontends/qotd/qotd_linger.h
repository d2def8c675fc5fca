/**
 * Closes TCP connections after the answer without losing it. Closing a socket with unread input
 * sends RST, and the client may then lose what it has not read yet. So this discards input until
 * the client closes, within limits.
 */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_LINGER_H
#define QUOTED_FRONTENDS_QOTD_QOTD_LINGER_H

#include <stddef.h>

#include <ev.h>

#include "frontends/kit/address.h"

struct qotd_linger;
struct qotd_options;

/** Called after each close, perhaps before qotd_linger_add() returns. */
typedef void qotd_linger_callback(void *data, const struct address *peer);

/** Borrows \p options, whose linger_max is the most connections: one more closes the oldest. One is
 * also closed after linger_ms, or after linger_bytes of input. */
struct qotd_linger *qotd_linger_create(struct ev_loop *loop, const struct qotd_options *options,
	qotd_linger_callback *on_closed, void *data);

/** Takes over the non-blocking socket \p fd, which is already answered and shut down for writing.
 */
void qotd_linger_add(struct qotd_linger *linger, int fd, const struct address *peer);

/** Returns how many connections are still open. */
size_t qotd_linger_count(const struct qotd_linger *linger);

/** Returns how many connections were closed before the client closed them, by a limit or by
 * qotd_linger_stop(). */
unsigned long qotd_linger_cut_short(const struct qotd_linger *linger);

/** Closes all connections now. */
void qotd_linger_stop(struct qotd_linger *linger);

/** Stops and frees; NULL is a no-op. */
void qotd_linger_destroy(struct qotd_linger *linger);

#endif
