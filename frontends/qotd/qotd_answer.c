#include "frontends/qotd/qotd_answer.h"

#include <string.h>

#include "frontends/keeper/asker.h"
#include "frontends/kit/log.h"
#include "frontends/qotd/qotd_frontend.h"

struct quote_fit qotd_answer_fit(size_t max_bytes)
{
	return (struct quote_fit){.max_bytes = max_bytes, .crlf = true};
}

bool qotd_answer_next(const struct frontend_context *context, const struct qotd_options *options,
	size_t max_bytes, struct buffer *text)
{
	bool today = strcmp(options->serve, "today") == 0;
	struct ask ask = {.kind = today ? ASK_KIND_TODAY : ASK_KIND_RANDOM,
		.fit = qotd_answer_fit(max_bytes)};
	struct quote quote;
	buffer_clear(text);
	if (asker_find(context->asker, &ask, &quote) == ASK_OUTCOME_FOUND &&
		render_quote(&quote, &ask.fit, text))
		return true;
	if (metrics_value(context->metrics, QOTD_ANSWER_METRICS_NO_QUOTE) == 0)
		log_warning(context->name,
			"no quote fits in %zu octets, so none was sent; add shorter quotes",
			max_bytes);
	metrics_add(context->metrics, QOTD_ANSWER_METRICS_NO_QUOTE, 1);
	return false;
}

void qotd_answer_count(struct metrics *metrics, bool sent)
{
	if (!sent) {
		metrics_add(metrics, QOTD_ANSWER_METRICS_NOT_SENT, 1);
		return;
	}
	metrics_add(metrics, METRICS_ANSWERS, 1);
	metrics_observe(metrics, METRICS_SECONDS, metrics_clock() - metrics_turn());
}
