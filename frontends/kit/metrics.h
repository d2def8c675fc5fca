/**
 * Counts what happens, as rows of data: counters, gauges and histograms, which Prometheus reads as
 * text. For the loop's thread, but for opening and closing. The only labels are a section's
 * name and the fixed words of a row, so the rows and the configuration bound the number of series.
 */
#ifndef QUOTED_FRONTENDS_KIT_METRICS_H
#define QUOTED_FRONTENDS_KIT_METRICS_H

#include <stddef.h>

#include "core/base/buffer.h"

enum metrics_type {
	METRICS_TYPE_COUNTER,
	METRICS_TYPE_GAUGE,
	METRICS_TYPE_HISTOGRAM, /* of seconds, in the buckets of metrics.c */
};

/** One metric. A table of these ends with a row whose name is NULL. Rows of one name differ in
 * their labels, and agree in type and help. */
struct metrics_row {
	const char *name; /* "quoted_refusals_total" */
	enum metrics_type type;
	const char *help;  /* one line, no full stop */
	const char *label; /* as Prometheus writes it: reason="port"; NULL: none */
};

/** The rows that begin the table of every front end, and their places in it. */
enum {
	METRICS_UP, /* set by the supervisor, as METRICS_FAILURES */
	METRICS_FAILURES,
	METRICS_REQUESTS, /* each is answered, refused for a reason, or abandoned by the client */
	METRICS_ANSWERS,
	METRICS_SECONDS,
	METRICS_CONNECTIONS,
	METRICS_COMMON_COUNT,
};

#define METRICS_COMMON_ROWS                                                                        \
	{"quoted_frontend_up", METRICS_TYPE_GAUGE,                                                 \
		"1 while the front end serves, 0 while it connects or is started again", NULL},    \
		{"quoted_frontend_failures_total", METRICS_TYPE_COUNTER,                           \
			"Failures to start, and failures after which it was started again", NULL}, \
		{"quoted_requests_total", METRICS_TYPE_COUNTER,                                    \
			"Connections and datagrams of QOTD, HTTP requests, messages to the "       \
			"address, IRC commands",                                                   \
			NULL},                                                                     \
		{"quoted_answers_total", METRICS_TYPE_COUNTER,                                     \
			"Requests that got what they asked for", NULL},                            \
		{"quoted_answer_seconds", METRICS_TYPE_HISTOGRAM,                                  \
			"Seconds from a request to its answer", NULL},                             \
	{                                                                                          \
		"quoted_connections", METRICS_TYPE_GAUGE,                                          \
			"Connections open now, of IRC those to the server", NULL                   \
	}

/** The row of a reason for which requests or connections are refused. */
#define METRICS_REFUSAL(reason)                                                                    \
	{                                                                                          \
		"quoted_refusals_total", METRICS_TYPE_COUNTER,                                     \
			"Requests and connections that were refused, by reason",                   \
			"reason=\"" reason "\""                                                    \
	}

/** The values of one table. */
struct metrics;

/** All tables of the process. */
struct metrics_registry;

/** Returns a registry without tables. */
struct metrics_registry *metrics_registry_create(void);

/**
 * Returns the values of \p rows, which are borrowed, for a section such as "qotd.default", or for
 * the whole process if \p section is NULL. They begin at 0 and last as long as the registry:
 * opening the same table for the same section again returns the same values, so that a new instance
 * of a front end goes on where the old one stopped. Any thread may call it, and metrics_close().
 */
struct metrics *metrics_registry_open(
	struct metrics_registry *registry, const char *section, const struct metrics_row *rows);

/** Undoes one metrics_registry_open(): values that none has open are kept but not written. NULL is
 * a no-op. */
void metrics_close(struct metrics *metrics);

/** Appends every value in Prometheus' text format 0.0.4, by name. */
void metrics_registry_write(struct metrics_registry *registry, struct buffer *out);

/** Frees it and all values; NULL is a no-op. */
void metrics_registry_destroy(struct metrics_registry *registry);

/** Adds to a counter or, perhaps less than 0, to a gauge. Here and below, \p row is the index in
 * the table, and nothing happens if \p metrics is NULL. */
void metrics_add(struct metrics *metrics, size_t row, double amount);

/** Sets a gauge, or a counter that is counted elsewhere. */
void metrics_set(struct metrics *metrics, size_t row, double value);

/** Adds a duration to a histogram; less than 0 counts as 0. */
void metrics_observe(struct metrics *metrics, size_t row, double seconds);

/** Returns a value, of a histogram the sum; 0 if \p metrics is NULL. */
double metrics_value(const struct metrics *metrics, size_t row);

/** Returns the seconds of a clock that is never set, to measure durations. For any thread. */
double metrics_clock(void);

/** Returns metrics_clock() as this turn of the loop began, which costs nothing; only the runtime
 * calls metrics_begin_turn(). Before the first turn it is 0. */
double metrics_turn(void);
void metrics_begin_turn(double now);

/** Has \p refresh called with \p data before each metrics_registry_write(), to set what is not
 * counted as it happens. */
void metrics_on_write(struct metrics *metrics, void (*refresh)(void *data), void *data);

#endif
