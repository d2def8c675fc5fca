/** A bounded queue of lines to send, paced by a token bucket. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_QUEUE_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"

struct irc_queue;

/**
 * Lets \p burst lines through at once, then one every \p interval seconds (RFC 1459 8.10; 0: no
 * pacing). Holds at most \p limit lines.
 */
struct irc_queue *irc_queue_create(double burst, double interval, size_t limit);

/** Paces by other numbers from now on; lines that wait stay, and count against the new limit. */
void irc_queue_set(struct irc_queue *queue, double burst, double interval, size_t limit);

/**
 * Appends a line, given without its end. CR and LF become blanks, so that nothing can be injected;
 * it is cut to 510 octets, between code points. Returns false if the queue is full.
 */
bool irc_queue_push(struct irc_queue *queue, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * Appends the lines of an answer to \p person, all or none: returns false if they are more than
 * irc_queue_room(). At \p expires (as now) they are dropped, unless the first has been sent.
 */
bool irc_queue_push_answer(
	struct irc_queue *queue, const struct strings *lines, const char *person, double expires);

/** Returns how many answers to \p person wait. */
size_t irc_queue_waiting(const struct irc_queue *queue, const char *person);

/** Returns how many answers were dropped because they expired. */
unsigned long irc_queue_expired(const struct irc_queue *queue);

/** Sends half as many lines from now on, each time it is called, down to a 16th: the server has
 * closed the connection for a flood. */
void irc_queue_slow_down(struct irc_queue *queue);

/**
 * Returns the line to send at \p now (seconds, never going backwards), the caller's to free. If
 * NULL, \p ret_wait is the seconds until the next may be sent, or negative if the queue is empty.
 */
char *irc_queue_pop(struct irc_queue *queue, double now, double *ret_wait);

/** Returns how many more lines can be pushed. */
size_t irc_queue_room(const struct irc_queue *queue);

/** Returns how many lines wait. */
size_t irc_queue_count(const struct irc_queue *queue);

/** Drops all lines; the bucket stays as it is. */
void irc_queue_clear(struct irc_queue *queue);

/** Frees it; NULL is a no-op. */
void irc_queue_destroy(struct irc_queue *queue);

#endif
