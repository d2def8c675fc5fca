/** Lines that wait for their turn to be sent: a bounded queue behind a token bucket. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_QUEUE_H
#define QUOTED_FRONTENDS_IRC_IRC_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct irc_queue;

/**
 * \p burst lines may go at once, then one in \p interval seconds (0: no pacing), as RFC 1459 8.10
 * asks; at most \p limit lines wait.
 */
struct irc_queue *irc_queue_create(double burst, double interval, size_t limit);

/**
 * Appends a copy of \p line without its line end. The one way out for text: CR and LF become
 * blanks, and over 510 octets it is cut on a code point. Returns false where the queue is full.
 */
bool irc_queue_push(struct irc_queue *queue, const char *line);

/**
 * Returns the line that may be sent at \p now (seconds, never going back), the caller's to free.
 * NULL: none; \p ret_wait is then the seconds until one may, or negative where none waits.
 */
char *irc_queue_pop(struct irc_queue *queue, double now, double *ret_wait);

/** Returns how many lines could still be pushed. */
size_t irc_queue_room(const struct irc_queue *queue);

/** Returns how many lines wait. */
size_t irc_queue_count(const struct irc_queue *queue);

/** Drops what waits; the bucket stays as it is. */
void irc_queue_clear(struct irc_queue *queue);

/** Frees it; NULL is a no-op. */
void irc_queue_destroy(struct irc_queue *queue);

#endif
