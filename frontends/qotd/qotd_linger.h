/**
 * Closes answered TCP connections so that the quote arrives. Closing a socket with unread input
 * sends RST, on which a client can lose what it has not read yet: so input is thrown away until the
 * client closes, within bounds.
 */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_LINGER_H
#define QUOTED_FRONTENDS_QOTD_QOTD_LINGER_H

#include <stddef.h>

#include <ev.h>

#include "frontends/kit/address.h"

struct qotd_linger;

/** What qotd_linger_create is told. */
struct qotd_linger_options {
	struct ev_loop *loop;
	double seconds;   /* at the latest then a connection is closed */
	size_t max_bytes; /* after so many octets of input it is closed */
	size_t max_count; /* at least 1; beyond it the oldest connection is closed */
	/** Called after a connection was closed. */
	void (*on_closed)(void *data, const struct address *peer);
	void *data;
};

/** Copies \p options. */
struct qotd_linger *qotd_linger_create(const struct qotd_linger_options *options);

/** Takes over the non-blocking socket \p fd, which was answered and shut down for writing. */
void qotd_linger_add(struct qotd_linger *linger, int fd, const struct address *peer);

/** Returns how many connections are not closed yet. */
size_t qotd_linger_count(const struct qotd_linger *linger);

/** Returns how many were closed before their client did, for want of time, bytes or places. */
unsigned long qotd_linger_cut_short(const struct qotd_linger *linger);

/** Closes all of them now. */
void qotd_linger_stop(struct qotd_linger *linger);

/** Stops and frees; NULL is a no-op. */
void qotd_linger_destroy(struct qotd_linger *linger);

#endif
