/** Lays out a message as a line of the log. Pure. */
#ifndef QUOTED_FRONTENDS_KIT_LOG_LINE_H
#define QUOTED_FRONTENDS_KIT_LOG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "core/base/buffer.h"
#include "frontends/kit/log.h"

/** A message and all that its line says about it. */
struct log_line {
	enum log_level level;
	const char *name;
	const char *text;
	struct timespec time; /* CLOCK_REALTIME */
	size_t repeated;      /* it stands for so many like it; 0: for itself alone */
	double seconds;       /* in which those came */
};

/** How lines look. */
struct log_line_layout {
	enum log_form form;
	bool is_record;  /* has a level and the time; else it is for the person at the shell */
	bool in_journal; /* begins with a priority: "<3>" is an error (sd-daemon(3)) */
};

/**
 * Appends the line, with its line feed: "2026-11-26T12:00:00Z error web: TEXT", "<3>web: TEXT",
 * "web: TEXT", or {"time": ..., "level": ..., "name": ..., "message": ...}. The time in JSON has
 * milliseconds (RFC 3339). A repeated one ends with " (41 more in 60 s)", or has the members
 * "repeated" and "seconds". Control characters and octets that are not UTF-8 are written as \xHH.
 */
void log_line_add(
	const struct log_line *line, const struct log_line_layout *layout, struct buffer *out);

#endif
