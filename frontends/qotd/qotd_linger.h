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

/** For qotd_linger_create(). */
struct qotd_linger_options {
	struct ev_loop *loop;
	double seconds;   /* after which a connection is closed */
	size_t max_bytes; /* octets of input after which it is closed */
	size_t max_count; /* of connections, at least 1; one more closes the oldest */
	/** Called after each close, perhaps before qotd_linger_add() returns. */
	void (*on_closed)(void *data, const struct address *peer);
	void *data;
};

/** Copies \p options. */
struct qotd_linger *qotd_linger_create(const struct qotd_linger_options *options);

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
