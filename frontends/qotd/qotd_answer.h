/** A quote as QOTD sends it (RFC 865): lines end in CRLF, it is never cut, and no NUL follows. */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_ANSWER_H
#define QUOTED_FRONTENDS_QOTD_QOTD_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "frontends/keeper/asker.h"
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

/** Makes the answers of one front end. */
struct qotd_answer {
	struct asker *asker;
	struct metrics *metrics;  /* of the front end; NULL: none are kept */
	enum ask_kind kind;       /* RANDOM or TODAY */
	struct buffer text;       /* the last answer */
	unsigned long unanswered; /* how often there was no quote to send */
};

/** Initialises \p answer; borrows \p asker, whose name begins its log lines, and \p metrics. */
void qotd_answer_init(struct qotd_answer *answer, struct asker *asker, struct metrics *metrics,
	enum ask_kind kind);

/** Returns the fit of an answer of at most \p max_bytes octets. */
struct quote_fit qotd_answer_fit(size_t max_bytes);

/** Finds the quotes of at most \p max_bytes octets, now and after each reload, so that no answer
 * has to wait for that. Call it before the first reload. */
void qotd_answer_prepare(struct qotd_answer *answer, size_t max_bytes);

/**
 * Writes a quote of at most \p max_bytes octets (at least 1) to answer->text: a random one that
 * fits or, if the kind is TODAY, today's if it fits. Returns false if there is none; this is
 * counted, and logged the first time.
 */
bool qotd_answer_next(struct qotd_answer *answer, size_t max_bytes);

/** Counts the last answer as sent, or else as not sent. */
void qotd_answer_count(struct qotd_answer *answer, bool sent);

/** Frees what \p answer owns, not the struct itself. */
void qotd_answer_finish(struct qotd_answer *answer);

#endif
