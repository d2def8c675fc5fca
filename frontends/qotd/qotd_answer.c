#include "frontends/qotd/qotd_answer.h"

#include "frontends/kit/log.h"

void qotd_answer_init(struct qotd_answer *answer, struct asker *asker, struct metrics *metrics,
	enum ask_kind kind)
{
	*answer = (struct qotd_answer){.asker = asker, .metrics = metrics, .kind = kind};
}

struct quote_fit qotd_answer_fit(size_t max_bytes)
{
	return (struct quote_fit){.max_bytes = max_bytes, .crlf = true};
}

void qotd_answer_prepare(struct qotd_answer *answer, size_t max_bytes)
{
	struct quote_fit fit = qotd_answer_fit(max_bytes);
	asker_prepare(answer->asker, &fit);
}

bool qotd_answer_next(struct qotd_answer *answer, size_t max_bytes)
{
	struct ask ask = {.kind = answer->kind, .fit = qotd_answer_fit(max_bytes)};
	struct quote quote;
	buffer_clear(&answer->text);
	if (asker_find(answer->asker, &ask, &quote) == ASK_OUTCOME_FOUND &&
		render_quote(&quote, &ask.fit, &answer->text))
		return true;
	metrics_add(answer->metrics, QOTD_ANSWER_METRICS_NO_QUOTE, 1);
	if (answer->unanswered++ == 0)
		log_warning(asker_name(answer->asker),
			"no quote fits in %zu octets, so none was sent; add shorter quotes",
			max_bytes);
	return false;
}

void qotd_answer_count(struct qotd_answer *answer, bool sent)
{
	if (!sent) {
		metrics_add(answer->metrics, QOTD_ANSWER_METRICS_NOT_SENT, 1);
		return;
	}
	metrics_add(answer->metrics, METRICS_ANSWERS, 1);
	metrics_observe(answer->metrics, METRICS_SECONDS, metrics_clock() - metrics_turn());
}

void qotd_answer_finish(struct qotd_answer *answer)
{
	buffer_finish(&answer->text);
}
