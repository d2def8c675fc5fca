#include "frontends/qotd/qotd_answer.h"

#include "frontends/log.h"

void qotd_answer_init(struct qotd_answer *answer, const char *name, struct quoter *quoter)
{
	*answer = (struct qotd_answer){.name = name, .quoter = quoter};
}

static struct quote_request request_of(size_t max_bytes)
{
	return (struct quote_request){.fit = {.max_bytes = max_bytes, .crlf = true}};
}

void qotd_answer_prepare(struct qotd_answer *answer, size_t max_bytes)
{
	struct quote_request request = request_of(max_bytes);
	quoter_prepare(answer->quoter, &request);
}

bool qotd_answer_next(struct qotd_answer *answer, size_t max_bytes)
{
	struct quote_request request = request_of(max_bytes);
	struct quote quote;
	buffer_clear(&answer->text);
	if (quoter_pick(answer->quoter, &request, &quote) &&
		render_quote(&quote, &request.fit, &answer->text))
		return true;
	if (answer->unanswered++ == 0)
		log_warning(answer->name,
			"no quote fits into %zu octets: the asker gets none; add shorter quotes",
			max_bytes);
	return false;
}

void qotd_answer_finish(struct qotd_answer *answer)
{
	buffer_finish(&answer->text);
}
