#include <sysexits.h>

#include "core/search/search.h"
#include "core/search/search_query.h"
#include "frontends/kit/log.h"
#include "frontends/shell/shell.h"
#include "frontends/shell/shell_commands.h"
#include "frontends/shell/shell_shares.h"

enum { NOT_FOUND = 1, SEARCH_MS = 10000 };

static int fail(struct error *reterr, const char *reason)
{
	error_set(reterr, "%s", reason);
	return NOT_FOUND;
}

static int print_found(struct shell_printing *printing, struct quoter *quoter, unsigned wire,
	const char *id, struct error *reterr)
{
	struct quote quote;
	switch (quoter_find(quoter, wire, id, &quote)) {
	case QUOTER_FOUND_ONE:
		shell_printing_quote(printing, &quote);
		return EX_OK;
	case QUOTER_FOUND_NONE:
		return fail(reterr, "--id: no quote has this id");
	case QUOTER_FOUND_MANY:
		return fail(reterr, "--id: more than one quote has an id that begins so");
	case QUOTER_FOUND_NO_ID:
		break;
	}
	return fail(reterr, "--id: an id has 4 to 12 letters and digits");
}

static int print_hits(struct shell_printing *printing, struct quoter *quoter, unsigned wire,
	const struct search_hits *hits, const struct shell_options *options, struct error *reterr)
{
	for (size_t i = 0; i < hits->count && printing->printed < options->count; i++) {
		struct quote quote;
		if (quoter_get(quoter, wire, hits->ids[i], &quote) &&
			quote_filter_takes(&options->filter, &quote))
			shell_printing_quote(printing, &quote);
	}
	if (hits->total >= SEARCH_HITS_MAX && printing->printed < options->count)
		log_warning("quoted",
			"--search: no more than %d quotes that have that were looked at; add words "
			"to find others",
			SEARCH_HITS_MAX);
	if (printing->printed > 0)
		return EX_OK;
	return fail(reterr, hits->count > 0 && !quote_filter_takes_all(&options->filter)
				    ? "--search: no quote of that length has that"
				    : "--search: no quote has that");
}

static int search(struct shell_printing *printing, struct quoter *quoter, unsigned wire,
	const struct shell_options *options, struct error *reterr)
{
	struct search_hits hits = {0};
	struct search_options of_search = {.limit = SEARCH_HITS_MAX, .budget_ms = SEARCH_MS};
	struct buffer match = {0};
	struct search *index = NULL;
	int status = NOT_FOUND;
	if (search_query_compile_for(options->search, quoter_library(quoter),
		    quoter_selection(quoter, wire), &match, reterr))
		index = search_create(quoter_library(quoter), NULL, reterr);
	if (index != NULL &&
		search_run(index, match.data, &of_search, &hits, reterr) == SEARCH_OUTCOME_DONE)
		status = print_hits(printing, quoter, wire, &hits, options, reterr);
	search_hits_finish(&hits);
	search_destroy(index);
	buffer_finish(&match);
	return status;
}

/* Returns what to say where a pick found nothing. */
static const char *reason_of(const struct shell_options *options)
{
	return quote_filter_takes_all(&options->filter) ? "no quote can be had now"
							: "no quote is of that length";
}

static int print_random(struct shell_printing *printing, struct quoter *quoter, unsigned wire,
	const struct shell_options *options, struct error *reterr)
{
	int status = EX_OK;
	struct shell_commands commands;
	struct quote_request request = {.filter = options->filter, .wire = wire};
	shell_commands_start(&commands, quoter);
	while (status == EX_OK && printing->printed < options->count &&
		printing->out->failure == 0) {
		struct quote quote;
		if (quoter_pick(quoter, &request, &quote))
			shell_printing_quote(printing, &quote);
		else
			/* Where a command failed, its reason is said already. */
			status = fail(reterr, commands.failed ? "" : reason_of(options));
	}
	shell_commands_stop(&commands);
	return status;
}

static int print_day(struct shell_printing *printing, struct quoter *quoter, unsigned wire,
	const struct shell_options *options, struct error *reterr)
{
	const struct day_clock clock = {0};
	int64_t day = options->dated ? options->day : day_today(&clock);
	for (; printing->printed < options->count && printing->out->failure == 0; day++) {
		struct quote quote;
		if (!quoter_on(quoter, wire, day, &quote))
			return fail(
				reterr, "no quote fits all front ends that show these collections");
		shell_printing_quote(printing, &quote);
	}
	return EX_OK;
}

/* Nothing can be drawn whatever is asked: says why. */
static bool explain_nothing(
	const struct shell_options *options, const struct quoter *quoter, struct error *reterr)
{
	struct selection selection;
	const struct library *library = quoter_library(quoter);
	if (!selection_init(&selection, library, &options->collections, reterr))
		return true;
	bool any = shell_shares_any(&selection, library);
	selection_finish(&selection);
	if (!any && options->collections.count > 0)
		error_set(reterr, "--collection: no quote is in what it names");
	else if (!any)
		error_set(
			reterr, "only private collections have quotes; name one with --collection");
	return !any;
}

static int print_asked(struct shell_printing *printing, struct quoter *quoter, unsigned wire,
	const struct shell_options *options, struct error *reterr)
{
	if (options->id != NULL)
		return print_found(printing, quoter, wire, options->id, reterr);
	if (options->search != NULL)
		return search(printing, quoter, wire, options, reterr);
	if (options->match != NULL)
		return shell_match(options, quoter, printing, reterr);
	if (options->today || options->dated)
		return print_day(printing, quoter, wire, options, reterr);
	return print_random(printing, quoter, wire, options, reterr);
}

int shell_quote(const struct shell_options *options, struct quoter *quoter, struct output *out,
	struct error *reterr)
{
	unsigned wire = 0;
	struct shell_printing printing = {.out = out, .json = options->json};
	struct quote_wire shell = {.name = "shell", .collections = &options->collections};
	if (explain_nothing(options, quoter, reterr))
		return NOT_FOUND;
	if (options->collections.count > 0 && !quoter_add_wire(quoter, &shell, &wire, reterr))
		return NOT_FOUND;
	int status = print_asked(&printing, quoter, wire, options, reterr);
	if (options->wait && status == EX_OK)
		shell_printing_wait(&printing);
	return status;
}
