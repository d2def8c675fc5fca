/** Limits how often the log says one thing: a flood is counted, and the count told. Pure. */
#ifndef QUOTED_FRONTENDS_KIT_LOG_REPEATS_H
#define QUOTED_FRONTENDS_KIT_LOG_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frontends/kit/log_line.h"

/** Messages that are counted at once; one more ends the count begun longest ago, and tells it. */
enum { LOG_REPEATS_MESSAGES = 64 };

/** What is known of one message; text and name are owned. */
struct log_repeat {
	uint64_t key;
	enum log_level level;
	char *name;
	char *text;   /* the last that was held back; NULL: none */
	size_t held;  /* how many were */
	size_t count; /* since the beginning, with those held back */
	double since; /* when its time began */
};

/** All zero but for the first three members; log_repeats_flush() frees what it owns. */
struct log_repeats {
	size_t shown;   /* times that a message is let through in that time; 0: no limit */
	double seconds; /* after which its count begins anew */
	/** Writes a line that stands for those held back; sets its time. */
	void (*tell)(struct log_line *line);
	struct log_repeat items[LOG_REPEATS_MESSAGES];
	size_t count;
};

/**
 * Returns whether the message may be written at \p now, in seconds that never go back. Else it is
 * held back, and its last text is told later. A message is the same if its level, name and
 * \p format are, so that others' addresses in it make no difference; with the format "%s", if its
 * \p text is. May tell of others.
 */
bool log_repeats_take(struct log_repeats *repeats, const struct log_line *message,
	const char *format, double now);

/** Returns when the first count with messages held back ends; a negative number if there is none.
 */
double log_repeats_due(const struct log_repeats *repeats);

/** Ends the counts that are over at \p now, or \p all, and tells of those held back. */
void log_repeats_flush(struct log_repeats *repeats, double now, bool all);

#endif
