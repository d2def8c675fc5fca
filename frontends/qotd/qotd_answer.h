/** A quote as QOTD sends it: RFC 865, lines that end in CRLF, never cut and without a NUL. */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_ANSWER_H
#define QUOTED_FRONTENDS_QOTD_QOTD_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "frontends/keeper/asker.h"

/** Makes the answers of one front end. */
struct qotd_answer {
	struct asker *asker;
	enum ask_kind kind;       /* RANDOM or TODAY */
	struct buffer text;       /* the answer until the next one */
	unsigned long unanswered; /* how often no quote was short enough */
};

/** Borrows \p asker, whose name its log lines have. */
void qotd_answer_init(struct qotd_answer *answer, struct asker *asker, enum ask_kind kind);

/** Returns the fit of an answer of at most \p max_bytes octets. */
struct quote_fit qotd_answer_fit(size_t max_bytes);

/** Finds the quotes of at most \p max_bytes octets, so that the first answer does not wait for it.
 */
void qotd_answer_prepare(struct qotd_answer *answer, size_t max_bytes);

/**
 * Puts a quote of at most \p max_bytes octets, at least 1, into answer->text: today's where that is
 * served and fits, as it always does but for a datagram that allows less. Returns false where there
 * is none; that is counted, and logged the first time.
 */
bool qotd_answer_next(struct qotd_answer *answer, size_t max_bytes);

/** Frees what it owns; the struct is the caller's. */
void qotd_answer_finish(struct qotd_answer *answer);

#endif
