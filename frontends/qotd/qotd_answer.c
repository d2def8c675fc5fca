#include "frontends/qotd/qotd_answer.h"

#include "frontends/kit/log.h"

void qotd_answer_init(struct qotd_answer *answer, const char *name, struct quoter *quoter,
	unsigned wire, bool today)
{
	*answer =
		(struct qotd_answer){.name = name, .quoter = quoter, .wire = wire, .today = today};
}

struct quote_fit qotd_answer_fit(size_t max_bytes)
{
	return (struct quote_fit){.max_bytes = max_bytes, .crlf = true};
}

static struct quote_request request_of(const struct qotd_answer *answer, size_t max_bytes)
{
	return (struct quote_request){.fit = qotd_answer_fit(max_bytes), .wire = answer->wire};
}

static bool choose(
	struct qotd_answer *answer, const struct quote_request *request, struct quote *ret_quote)
{
	return answer->today ? quoter_today(answer->quoter, answer->wire, ret_quote)
			     : quoter_pick(answer->quoter, request, ret_quote);
}

void qotd_answer_prepare(struct qotd_answer *answer, size_t max_bytes)
{
	struct quote_request request = request_of(answer, max_bytes);
	quoter_prepare(answer->quoter, &request);
}

bool qotd_answer_next(struct qotd_answer *answer, size_t max_bytes)
{
	struct quote_request request = request_of(answer, max_bytes);
	struct quote quote;
	buffer_clear(&answer->text);
	if (choose(answer, &request, &quote) && render_quote(&quote, &request.fit, &answer->text))
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
