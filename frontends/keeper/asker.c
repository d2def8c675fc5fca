#include "frontends/keeper/asker.h"

#include <stdlib.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "core/choice/quoter.h"
#include "core/library/quote_id.h"
#include "core/search/search.h"
#include "core/search/search_query.h"
#include "frontends/keeper/searcher.h"

enum { BUDGET_MS = 10000 }; /* of a search without a loop */

struct asker {
	struct quoter *quoter;
	struct searcher *searcher; /* NULL: there is no loop */
	const char *name;
	unsigned wire;
};

struct asker *asker_create(struct quoter *quoter, struct searcher *searcher,
	const struct quote_wire *wire, struct error *reterr)
{
	unsigned number;
	if (!quoter_add_wire(quoter, wire, &number, reterr))
		return NULL;
	struct asker *asker = mem_alloc(sizeof *asker);
	*asker = (struct asker){quoter, searcher, wire->name, number};
	return asker;
}

void asker_move(struct asker *asker, struct quoter *quoter)
{
	asker->quoter = quoter;
}

const char *asker_name(const struct asker *asker)
{
	return asker->name;
}

static struct quote_request request_of(const struct asker *asker, const struct ask *ask)
{
	return (struct quote_request){.fit = ask->fit, .filter = ask->filter, .wire = asker->wire};
}

void asker_prepare(struct asker *asker, const struct quote_fit *fit)
{
	struct quote_request request = request_of(asker, &(struct ask){.fit = *fit});
	quoter_prepare(asker->quoter, &request);
}

static enum ask_outcome pick(struct asker *asker, const struct ask *ask, struct quote *ret_quote)
{
	struct quote_request request = request_of(asker, ask);
	if (quoter_pick(asker->quoter, &request, ret_quote))
		return ASK_OUTCOME_FOUND;
	/* A command may have something in a moment. */
	return quote_filter_takes_all(&ask->filter) ? ASK_OUTCOME_LATER : ASK_OUTCOME_NONE;
}

static enum ask_outcome measure(const struct ask *ask, bool found, const struct quote *quote)
{
	if (!found)
		return ASK_OUTCOME_NONE;
	return ask_fits(&ask->fit, quote) ? ASK_OUTCOME_FOUND : ASK_OUTCOME_TOO_LONG;
}

static enum ask_outcome find_day(
	struct asker *asker, const struct ask *ask, struct quote *ret_quote)
{
	int64_t day;
	if (!day_parse(ask->text, &day))
		return ASK_OUTCOME_MALFORMED;
	return measure(ask, quoter_of_day(asker->quoter, asker->wire, day, ret_quote), ret_quote);
}

static enum ask_outcome find_id(struct asker *asker, const struct ask *ask, struct quote *ret_quote)
{
	uint64_t first, last;
	/* They are numbers for the most part, which could begin an id by chance. */
	if (quoter_find_former(asker->quoter, asker->wire, ask->text, ret_quote))
		return measure(ask, true, ret_quote);
	if (!quote_id_parse(ask->text, &first, &last))
		return ASK_OUTCOME_MALFORMED;
	int count = quoter_find(asker->quoter, asker->wire, first, last, ret_quote);
	return count > 1 ? ASK_OUTCOME_MANY : measure(ask, count == 1, ret_quote);
}

enum ask_outcome asker_find(struct asker *asker, const struct ask *ask, struct quote *ret_quote)
{
	switch (ask->kind) {
	case ASK_KIND_RANDOM:
		return pick(asker, ask, ret_quote);
	case ASK_KIND_TODAY:
		return measure(ask, quoter_today(asker->quoter, asker->wire, ret_quote), ret_quote);
	case ASK_KIND_DAY:
		return find_day(asker, ask, ret_quote);
	case ASK_KIND_ID:
	case ASK_KIND_ID_OR_WORDS:
		return find_id(asker, ask, ret_quote);
	case ASK_KIND_SEARCH:
		break;
	}
	return ASK_OUTCOME_NONE;
}

/* Leaves the reason empty if ask_explain() has it. */
static void search_here(
	struct asker *asker, const struct ask *ask, struct ask_answer *answer, struct error *reason)
{
	struct search_options options = ask_hits(ask);
	struct search_hits hits = {0};
	struct buffer match = {0};
	struct search *index = NULL;
	options.budget_ms = BUDGET_MS;
	answer->outcome = ASK_OUTCOME_MALFORMED;
	if (search_query_compile_for(ask->text, quoter_library(asker->quoter),
		    quoter_selection(asker->quoter, asker->wire), &match, reason)) {
		answer->outcome = ASK_OUTCOME_FAILED;
		index = search_create(quoter_library(asker->quoter), NULL, reason);
	}
	if (index != NULL && search_run(index, match.data, &options, &hits, reason)) {
		if (hits.ended)
			answer->outcome = ASK_OUTCOME_TOO_SLOW;
		else
			ask_choose(ask, asker->quoter, asker->wire, &hits, answer);
	}
	search_hits_finish(&hits);
	search_destroy(index);
	buffer_finish(&match);
}

static struct ask_ticket *search(
	struct asker *asker, const struct ask *ask, ask_callback *callback, void *data)
{
	struct ask words = *ask;
	struct ask_answer answer = {0};
	struct error reason = {0};
	words.kind = ASK_KIND_SEARCH;
	if (asker->searcher != NULL)
		return searcher_ask(asker->searcher, asker->wire, &words, callback, data);
	search_here(asker, &words, &answer, &reason);
	if (reason.text[0] == '\0')
		ask_explain(&words, answer.outcome, &reason);
	answer.reason = reason.text;
	callback(data, &answer);
	free(answer.quotes);
	return NULL;
}

static bool is_search(const struct ask *ask, enum ask_outcome outcome)
{
	bool no_id = outcome == ASK_OUTCOME_NONE || outcome == ASK_OUTCOME_MALFORMED;
	return ask->kind == ASK_KIND_SEARCH || (ask->kind == ASK_KIND_ID_OR_WORDS && no_id);
}

struct ask_ticket *asker_ask(
	struct asker *asker, const struct ask *ask, ask_callback *callback, void *data)
{
	struct quote quote;
	struct error reason;
	struct ask_answer answer = {
		.outcome = asker_find(asker, ask, &quote), .reason = reason.text, .quotes = &quote};
	if (is_search(ask, answer.outcome))
		return search(asker, ask, callback, data);
	answer.count = answer.total = answer.outcome == ASK_OUTCOME_FOUND;
	ask_explain(ask, answer.outcome, &reason);
	callback(data, &answer);
	return NULL;
}

void asker_cancel(struct ask_ticket *ticket)
{
	if (ticket != NULL)
		searcher_cancel(ticket);
}

int asker_id_length(const struct asker *asker, uint64_t id)
{
	return quoter_id_length(asker->quoter, id);
}

void asker_destroy(struct asker *asker)
{
	free(asker);
}
