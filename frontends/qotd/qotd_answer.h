/** A quote as QOTD sends it (RFC 865): lines end in CRLF, it is never cut, and no NUL follows. */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_ANSWER_H
#define QUOTED_FRONTENDS_QOTD_QOTD_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/choice/render.h"
#include "frontends/net/listener.h"

/** The rows of qotd behind LISTENER_METRICS_ROWS: why there was no answer. */
enum {
	QOTD_ANSWER_METRICS_NO_QUOTE = LISTENER_METRICS_COUNT,
	QOTD_ANSWER_METRICS_NOT_SENT, /* the client was gone, or the system refused */
	QOTD_ANSWER_METRICS_PORT,     /* the first of UDP alone; see qotd_policy */
	QOTD_ANSWER_METRICS_PREFIX,
	QOTD_ANSWER_METRICS_GLOBAL,
	QOTD_ANSWER_METRICS_TOO_SMALL,
};

struct frontend_context;
struct qotd_options;

/** Returns the fit of an answer of at most \p max_bytes octets. */
struct quote_fit qotd_answer_fit(size_t max_bytes);

/**
 * Replaces \p text by a quote of at most \p max_bytes octets (at least 1): a random one that fits
 * or, as \p options says, today's if it fits. Returns false if there is none; this is counted, and
 * logged the first time that the section has none.
 */
bool qotd_answer_next(const struct frontend_context *context, const struct qotd_options *options,
	size_t max_bytes, struct buffer *text);

/** Counts an answer as sent, or else as not sent. */
void qotd_answer_count(struct metrics *metrics, bool sent);

#endif
