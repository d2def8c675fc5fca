#include "frontends/keeper/asker.h"

#include <stdlib.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "core/choice/catalogue_wish.h"
#include "core/choice/quoter.h"
#include "core/library/quote_id.h"
#include "core/search/search.h"
#include "core/search/search_query.h"
#include "core/search/search_scan.h"
#include "frontends/keeper/ask_list.h"
#include "frontends/keeper/searcher.h"

enum {
	BUDGET_MS = 10000, /* of a search without a loop */
	PICKS_EACH = 20,   /* to find quotes that differ */
};

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

void asker_prepare(struct asker *asker, const struct quote_fit *fit)
{
	quoter_prepare(asker->quoter, asker->wire, fit);
}

void asker_browse(struct asker *asker)
{
	quoter_browse(asker->quoter, asker->wire);
}

static const struct catalogue *catalogue_of(const struct asker *asker)
{
	return quoter_catalogue(asker->quoter, asker->wire);
}

size_t asker_collections(
	const struct asker *asker, size_t offset, size_t limit, struct ask_group *ret_groups)
{
	return ask_list_collections(catalogue_of(asker), offset, limit, ret_groups);
}

size_t asker_files(const struct asker *asker, const char *collection, size_t limit,
	struct ask_group *ret_groups)
{
	return ask_list_files(quoter_library(asker->quoter),
		quoter_selection(asker->quoter, asker->wire), collection, limit, ret_groups);
}

size_t asker_authors(const struct asker *asker, const char *prefix, size_t offset, size_t limit,
	struct ask_group *ret_groups)
{
	return ask_list_authors(catalogue_of(asker), prefix, offset, limit, ret_groups);
}

bool asker_place(const struct asker *asker, uint64_t id, struct ask_place *ret_place)
{
	uint32_t row = catalogue_row_with(catalogue_of(asker), id, CATALOGUE_NONE);
	if (row != CATALOGUE_NONE)
		ask_list_place(catalogue_of(asker), row, ret_place);
	return row != CATALOGUE_NONE;
}

bool asker_has_quotes(const struct asker *asker)
{
	struct quote quote;
	return quoter_find(asker->quoter, asker->wire, 0, UINT64_MAX, &quote) > 0;
}

static bool has(const struct quote *quotes, size_t count, uint64_t id)
{
	size_t at = 0;
	while (at < count && quotes[at].id != id)
		at++;
	return at < count;
}

/* Picks quotes that differ; fewer if that takes too many. */
static enum ask_outcome pick(struct asker *asker, const struct ask *ask, size_t wanted,
	struct quote *quotes, size_t *ret_count)
{
	size_t count = 0;
	for (size_t i = 0; i < wanted * PICKS_EACH && count < wanted; i++) {
		if (!quoter_pick(
			    asker->quoter, asker->wire, &ask->fit, &ask->filter, &quotes[count]))
			break;
		count += !has(quotes, count, quotes[count].id);
	}
	*ret_count = count;
	if (count > 0)
		return ASK_OUTCOME_FOUND;
	/* A command may have something in a moment. */
	return quote_filter_takes_all(&ask->filter) ? ASK_OUTCOME_LATER : ASK_OUTCOME_NONE;
}

static enum ask_outcome draw(struct asker *asker, const struct ask *ask, size_t wanted,
	struct quote *quotes, size_t *ret_count)
{
	const struct catalogue *catalogue = catalogue_of(asker);
	struct catalogue_wish wish;
	uint32_t rows[ASK_RANDOM_MAX];
	enum ask_outcome outcome = ask_list_wish(ask, catalogue, &wish);
	*ret_count = 0;
	if (outcome != ASK_OUTCOME_FOUND)
		return outcome;
	uint32_t count = quoter_draw(asker->quoter, asker->wire, &wish, (uint32_t)wanted, rows);
	for (uint32_t i = 0; i < count; i++) {
		quotes[*ret_count] =
			library_quote(catalogue->library, catalogue->rows[rows[i]].quote);
		*ret_count += ask_fits(&ask->fit, &quotes[*ret_count]);
	}
	if (count == 0)
		return ASK_OUTCOME_NONE;
	return *ret_count > 0 ? ASK_OUTCOME_FOUND : ASK_OUTCOME_TOO_LONG;
}

/* Gives up to \p wanted quotes, at most ASK_RANDOM_MAX. */
static enum ask_outcome pick_or_draw(struct asker *asker, const struct ask *ask, size_t wanted,
	struct quote *quotes, size_t *ret_count)
{
	bool filtered = !quote_filter_takes_all(&ask->filter);
	bool browsed = catalogue_of(asker)->row_count > 0;
	bool named = ask->collection != NULL || ask->author != NULL || ask->language != NULL;
	if (named || (filtered && browsed))
		return draw(asker, ask, wanted, quotes, ret_count);
	return pick(asker, ask, wanted, quotes, ret_count);
}

static enum ask_outcome measure(const struct ask *ask, bool found, const struct quote *quote)
{
	if (!found)
		return ASK_OUTCOME_NONE;
	return ask_fits(&ask->fit, quote) ? ASK_OUTCOME_FOUND : ASK_OUTCOME_TOO_LONG;
}

static enum ask_outcome find_day_in(
	struct asker *asker, const struct ask *ask, int64_t day, struct quote *ret_quote)
{
	uint32_t collection = catalogue_find_collection(catalogue_of(asker), ask->collection);
	if (collection == CATALOGUE_NONE)
		return ASK_OUTCOME_UNKNOWN;
	*ret_quote = quoter_of_day_in(asker->quoter, asker->wire, collection, day);
	return measure(ask, true, ret_quote);
}

static enum ask_outcome find_day(
	struct asker *asker, const struct ask *ask, struct quote *ret_quote)
{
	int64_t day;
	if (!day_parse(ask->text, &day))
		return ASK_OUTCOME_MALFORMED;
	if (ask->until_today && day > day_today())
		return ASK_OUTCOME_EARLY;
	if (ask->collection != NULL)
		return find_day_in(asker, ask, day, ret_quote);
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
	size_t count;
	switch (ask->kind) {
	case ASK_KIND_RANDOM:
		return pick_or_draw(asker, ask, 1, ret_quote, &count);
	case ASK_KIND_TODAY:
		return measure(ask,
			quoter_of_day(asker->quoter, asker->wire, day_today(), ret_quote),
			ret_quote);
	case ASK_KIND_DAY:
		return find_day(asker, ask, ret_quote);
	case ASK_KIND_ID:
	case ASK_KIND_ID_OR_WORDS:
		return find_id(asker, ask, ret_quote);
	case ASK_KIND_SEARCH:
	case ASK_KIND_LIST:
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
	const struct library *library = quoter_library(asker->quoter);
	options.budget_ms = BUDGET_MS;
	if (!search_query_compile_for(ask->text, library,
		    quoter_selection(asker->quoter, asker->wire), &match, reason))
		answer->outcome = ASK_OUTCOME_MALFORMED;
	else if (!search_scan(library, ask->text, match.data, &options, &hits, reason))
		answer->outcome = ASK_OUTCOME_FAILED;
	else if (hits.ended)
		answer->outcome = ASK_OUTCOME_TOO_SLOW;
	else
		ask_choose(ask, asker->quoter, asker->wire, &hits, answer);
	search_hits_finish(&hits);
	buffer_finish(&match);
}

static struct ask_ticket *search(
	struct asker *asker, const struct ask *ask, ask_callback *callback, void *data)
{
	struct ask words = *ask;
	struct ask_answer answer = {0};
	struct error reason = {0};
	struct error doubt;
	words.kind = ASK_KIND_SEARCH;
	if (asker->searcher != NULL)
		return searcher_ask(asker->searcher, asker->wire, &words, callback, data);
	search_here(asker, &words, &answer, &reason);
	if (reason.text[0] == '\0')
		ask_explain(&words, answer.outcome, &reason);
	answer.reason = reason.text;
	ask_doubt(&words, asker->quoter, asker->wire, &doubt, &answer);
	callback(data, &answer);
	free(answer.quotes);
	return NULL;
}

static bool is_search(const struct ask *ask, enum ask_outcome outcome)
{
	bool no_id = outcome == ASK_OUTCOME_NONE || outcome == ASK_OUTCOME_MALFORMED;
	return ask->kind == ASK_KIND_SEARCH || (ask->kind == ASK_KIND_ID_OR_WORDS && no_id);
}

/* Its quotes are the caller's to free. */
static struct ask_answer answer_at_once(struct asker *asker, const struct ask *ask)
{
	struct ask_answer answer = {0};
	if (ask->kind == ASK_KIND_LIST) {
		ask_list_fill(ask, catalogue_of(asker), &answer);
		return answer;
	}
	size_t wanted = ask->kind == ASK_KIND_RANDOM && ask->limit > 0 ? ask->limit : 1;
	wanted = wanted < ASK_RANDOM_MAX ? wanted : ASK_RANDOM_MAX;
	answer.quotes = mem_alloc(wanted * sizeof *answer.quotes);
	if (ask->kind == ASK_KIND_RANDOM) {
		answer.outcome = pick_or_draw(asker, ask, wanted, answer.quotes, &answer.count);
	} else {
		answer.outcome = asker_find(asker, ask, answer.quotes);
		answer.count = answer.outcome == ASK_OUTCOME_FOUND;
	}
	answer.total = answer.count;
	return answer;
}

struct ask_ticket *asker_ask(
	struct asker *asker, const struct ask *ask, ask_callback *callback, void *data)
{
	struct error reason = {0};
	struct ask_answer answer = answer_at_once(asker, ask);
	answer.reason = reason.text;
	answer.retry_after = answer.outcome == ASK_OUTCOME_LATER;
	if (is_search(ask, answer.outcome)) {
		free(answer.quotes);
		return search(asker, ask, callback, data);
	}
	if (answer.outcome == ASK_OUTCOME_UNKNOWN)
		ask_list_explain(ask, catalogue_of(asker), &reason);
	else if (answer.outcome != ASK_OUTCOME_FOUND)
		ask_explain(ask, answer.outcome, &reason);
	callback(data, &answer);
	free(answer.quotes);
	return NULL;
}

void asker_cancel(struct ask_ticket *ticket)
{
	if (ticket != NULL)
		searcher_cancel(ticket);
}

int asker_id_length(const struct asker *asker, uint64_t id)
{
	const struct library *library = quoter_library(asker->quoter);
	return id_index_prefix(&library->store, id);
}

void asker_destroy(struct asker *asker)
{
	free(asker);
}
