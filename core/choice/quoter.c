#include "core/choice/quoter.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/choice/permutation.h"
#include "core/choice/pin.h"
#include "core/choice/quote_draw.h"
#include "core/choice/quote_groups.h"
#include "core/choice/reserve.h"
#include "core/library/quote_id.h"

struct quoter {
	struct quoter_options options;
	uint64_t today_key;
	struct pins pins;
	struct quote_wires wires;
	struct edition *edition;
	struct reserve **reserves; /* of each collection; NULL: no command */
	bool today;                /* it was asked for */
	quoter_listener *on_wanted;
	void *wanted_data;
	quoter_listener *on_draw;
	void *draw_data;
};

static void create_reserves(struct quoter *quoter)
{
	const struct collections *collections = quoter->edition->library->collections;
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection_options *options = collections->items[i].options;
		if (collection_command(options) != NULL)
			quoter->reserves[i] = reserve_create((size_t)options->reserve);
	}
}

static const struct strings no_collections = {0};

struct quoter *quoter_create(
	struct library *library, const struct quoter_options *options, struct error *reterr)
{
	struct quoter *quoter = mem_alloc(sizeof *quoter);
	const char *key = options->today_key != NULL ? options->today_key : "";
	quoter->options = *options;
	quoter->today_key = hash_octets(key, strlen(key), 0);
	quoter->wires.items = mem_alloc(sizeof *quoter->wires.items);
	quoter->wires.items[0] =
		(struct quote_wire){.name = "nobody", .collections = &no_collections};
	quoter->wires.count = 1;
	quoter->reserves = mem_alloc((library->collections->count + 1) * sizeof(void *));
	quoter->edition = edition_create(library, &quoter->wires, reterr);
	if (quoter->edition == NULL || !pin_read(options->today_pins, &quoter->pins, reterr)) {
		quoter_destroy(quoter);
		return NULL;
	}
	create_reserves(quoter);
	return quoter;
}

bool quoter_add_wire(struct quoter *quoter, const struct quote_wire *wire, unsigned *ret_wire,
	struct error *reterr)
{
	struct quote_wires *wires = &quoter->wires;
	if (!edition_add_wire(quoter->edition, wire, reterr))
		return false;
	wires->items = mem_resize(wires->items, wires->count + 1, sizeof *wires->items);
	wires->items[wires->count] = *wire;
	*ret_wire = (unsigned)wires->count++;
	return true;
}

const struct quote_wires *quoter_wires(const struct quoter *quoter)
{
	return &quoter->wires;
}

struct library *quoter_library(const struct quoter *quoter)
{
	return quoter->edition->library;
}

static struct quote_view *view_of(struct quoter *quoter, const struct quote_request *request)
{
	struct quote_view_key key = {request->fit, request->filter};
	return edition_view(quoter->edition, request->wire, &key);
}

void quoter_prepare(struct quoter *quoter, const struct quote_request *request)
{
	view_of(quoter, request);
}

void quoter_prepare_today(struct quoter *quoter)
{
	quoter->today = true;
	edition_calendars(quoter->edition, &quoter->wires);
}

static bool pick_of_command(struct quoter *quoter, const struct quote_request *request,
	uint32_t collection, struct quote *ret_quote)
{
	struct reserve *reserve = quoter->reserves[collection];
	if (quoter->on_draw != NULL) {
		reserve_clear(reserve);
		quoter->on_draw(quoter->draw_data, collection);
	}
	bool taken = reserve_take(
		reserve, &request->fit, &request->filter, quoter->options.rng, ret_quote);
	if (quoter->on_wanted != NULL)
		quoter->on_wanted(quoter->wanted_data, collection);
	return taken;
}

static bool pick_of_group(struct quoter *quoter, const struct quote_request *request,
	const struct quote_draw *draw, struct quote_group *group, struct quote *ret_quote)
{
	uint32_t index;
	if (group->command != QUOTE_GROUPS_NONE)
		return pick_of_command(quoter, request, group->command, ret_quote);
	if (!quote_draw_quote(draw, group, &index))
		return false;
	*ret_quote = quote_store_get(&draw->library->store, index);
	return true;
}

/* Once more where all was shown. */
static bool pick_of_files(struct quoter *quoter, const struct quote_request *request,
	const struct quote_draw *draw, struct quote *ret_quote)
{
	for (int tries = 0; tries < 2; tries++) {
		struct quote_group *group;
		while ((group = quote_draw_group(draw, false)) != NULL)
			if (pick_of_group(quoter, request, draw, group, ret_quote))
				return true;
		quote_draw_renew(draw);
	}
	return false;
}

/* Where a command has nothing ready, what it would have taken falls to the quotes, or to the next
 * command. */
static bool pick_of_rest(struct quoter *quoter, const struct quote_request *request,
	const struct quote_draw *draw, const struct quote_group *empty, struct quote *ret_quote)
{
	if (pick_of_files(quoter, request, draw, ret_quote))
		return true;
	struct quote_view *view = draw->view;
	for (uint32_t i = view->group_count - view->command_count; i < view->group_count; i++)
		if (&view->groups[i] != empty &&
			pick_of_group(quoter, request, draw, &view->groups[i], ret_quote))
			return true;
	return false;
}

bool quoter_pick(
	struct quoter *quoter, const struct quote_request *request, struct quote *ret_quote)
{
	bool no_repeat = quoter->wires.items[request->wire].no_repeat;
	struct quote_draw draw = {
		.rng = quoter->options.rng,
		.library = quoter->edition->library,
		.views = &quoter->edition->views[request->wire],
		.view = view_of(quoter, request),
		.round = no_repeat ? &quoter->edition->rounds[request->wire] : NULL,
	};
	quote_draw_begin(&draw);
	struct quote_group *group = quote_draw_group(&draw, true);
	return (group != NULL && pick_of_group(quoter, request, &draw, group, ret_quote)) ||
	       pick_of_rest(quoter, request, &draw, group, ret_quote);
}

bool quoter_on(struct quoter *quoter, unsigned wire, int64_t day, struct quote *ret_quote)
{
	const struct calendar *calendar = edition_calendar(quoter->edition, &quoter->wires, wire);
	uint32_t index = 0;
	if (calendar->count == 0)
		return false;
	if (!pin_find(&quoter->pins, quoter->edition->library, calendar, day, &index))
		index = calendar->indices[permutation_due(quoter->today_key, calendar->count, day)];
	*ret_quote = quote_store_get(&quoter->edition->library->store, index);
	return true;
}

bool quoter_today(struct quoter *quoter, unsigned wire, struct quote *ret_quote)
{
	return quoter_on(quoter, wire, day_today(&quoter->options.clock), ret_quote);
}

void quoter_check_pins(struct quoter *quoter, struct strings *warnings)
{
	if (quoter->pins.count == 0)
		return;
	pin_check(&quoter->pins, quoter->edition->library,
		edition_calendars(quoter->edition, &quoter->wires), quoter->wires.count,
		day_today(&quoter->options.clock), warnings);
}

static bool find_in_reserves(const struct quoter *quoter, unsigned wire, uint64_t first,
	uint64_t last, struct quote *ret_quote)
{
	const struct edition *edition = quoter->edition;
	for (size_t i = 0; first <= last && i < edition->library->collections->count; i++)
		if (edition->selections[wire].commands[i] != 0 &&
			reserve_find(quoter->reserves[i], first, last, ret_quote))
			return true;
	return false;
}

/* Returns how many were found among the quotes of files, at most 2. */
static int find_in_files(const struct quoter *quoter, unsigned wire, uint64_t first, uint64_t last,
	struct quote *ret_quote)
{
	const struct library *library = quoter->edition->library;
	const struct selection *selection = &quoter->edition->selections[wire];
	int found = 0;
	uint32_t at = id_index_position(&library->ids, &library->store, first);
	for (; at < library->ids.count && found < 2; at++) {
		uint32_t index = library->ids.order[at];
		if (library->store.quotes[index].id > last)
			break;
		if (!selection_has(selection, library, index))
			continue;
		*ret_quote = quote_store_get(&library->store, index);
		found++;
	}
	return found;
}

enum quoter_found quoter_find(
	struct quoter *quoter, unsigned wire, const char *id, struct quote *ret_quote)
{
	struct quote other;
	uint64_t first, last;
	if (!quote_id_parse(id, &first, &last))
		return QUOTER_FOUND_NO_ID;
	int found = find_in_files(quoter, wire, first, last, ret_quote);
	if (found == 0 && !find_in_reserves(quoter, wire, first, last, ret_quote))
		return QUOTER_FOUND_NONE;
	uint64_t only = ret_quote->id;
	/* A command may say what a file or another command has: that is the same quote. */
	bool more = found > 1 ||
		    (only > first && find_in_reserves(quoter, wire, first, only - 1, &other)) ||
		    find_in_reserves(quoter, wire, only + 1, last, &other);
	return more ? QUOTER_FOUND_MANY : QUOTER_FOUND_ONE;
}

bool quoter_get(struct quoter *quoter, unsigned wire, uint64_t id, struct quote *ret_quote)
{
	return find_in_files(quoter, wire, id, id, ret_quote) > 0 ||
	       find_in_reserves(quoter, wire, id, id, ret_quote);
}

int quoter_id_length(const struct quoter *quoter, uint64_t id)
{
	const struct library *library = quoter->edition->library;
	const struct stored_quote *quotes = library->store.quotes;
	uint32_t at = id_index_position(&library->ids, &library->store, id);
	int common = QUOTE_ID_PREFIX_MIN - 1;
	if (at > 0) {
		int before = quote_id_common(quotes[library->ids.order[at - 1]].id, id);
		common = before > common ? before : common;
	}
	if (at < library->ids.count && quotes[library->ids.order[at]].id == id)
		at++;
	if (at < library->ids.count) {
		int behind = quote_id_common(quotes[library->ids.order[at]].id, id);
		common = behind > common ? behind : common;
	}
	return common < QUOTE_ID_LENGTH ? common + 1 : QUOTE_ID_LENGTH;
}

const struct selection *quoter_selection(const struct quoter *quoter, unsigned wire)
{
	return &quoter->edition->selections[wire];
}

size_t quoter_count(const struct quoter *quoter)
{
	return quoter->edition->library->store.count;
}

size_t quoter_count_fitting(struct quoter *quoter, const struct quote_request *request)
{
	return view_of(quoter, request)->count;
}

struct quoter_plan quoter_plan(const struct quoter *quoter)
{
	const struct edition *edition = quoter->edition;
	struct quoter_plan plan = {
		.library = edition->library, .wires = &quoter->wires, .today = quoter->today};
	plan.ways = mem_alloc(edition->wire_count * QUOTE_VIEWS_MAX * sizeof *plan.ways);
	plan.rounds = mem_alloc(edition->wire_count * sizeof *plan.rounds);
	for (unsigned wire = 0; wire < edition->wire_count; wire++) {
		const struct quote_views *views = &edition->views[wire];
		for (uint32_t i = 0; i < views->count; i++)
			plan.ways[plan.count++] =
				(struct quoter_plan_way){wire, views->views[i].key};
		plan.rounds[wire] = quote_round_copy(&edition->rounds[wire], edition->library);
	}
	return plan;
}

void quoter_plan_prepare(
	const struct quoter_plan *plan, const atomic_bool *cancel, struct edition *edition)
{
	static const struct quote_round nothing = {0};
	for (size_t i = 0; i < edition->wire_count; i++)
		quote_round_carry(&edition->rounds[i], edition->library, &plan->rounds[i], &nothing,
			plan->library);
	for (size_t i = 0; i < plan->count && !atomic_load(cancel); i++)
		edition_view(edition, plan->ways[i].wire, &plan->ways[i].key);
	if (plan->today && !atomic_load(cancel))
		edition_calendars(edition, plan->wires);
}

void quoter_plan_finish(struct quoter_plan *plan)
{
	for (size_t i = 0; i < plan->wires->count; i++)
		quote_round_finish(&plan->rounds[i]);
	free(plan->rounds);
	free(plan->ways);
	*plan = (struct quoter_plan){0};
}

struct edition *quoter_swap(
	struct quoter *quoter, const struct quoter_plan *plan, struct edition *edition)
{
	struct edition *before = quoter->edition;
	/* What was shown since the plan was made is little. */
	for (size_t i = 0; i < edition->wire_count; i++)
		quote_round_carry(&edition->rounds[i], edition->library, &before->rounds[i],
			&plan->rounds[i], plan->library);
	quoter->edition = edition;
	return before;
}

size_t quoter_wanted(const struct quoter *quoter, size_t collection)
{
	const struct reserve *reserve = quoter->reserves[collection];
	return reserve != NULL ? reserve_wanted(reserve) : 0;
}

void quoter_on_wanted(struct quoter *quoter, quoter_listener *on_wanted, void *data)
{
	quoter->on_wanted = on_wanted;
	quoter->wanted_data = data;
}

void quoter_on_draw(struct quoter *quoter, quoter_listener *on_draw, void *data)
{
	quoter->on_draw = on_draw;
	quoter->draw_data = data;
}

void quoter_put(struct quoter *quoter, size_t collection, const char *text, size_t length)
{
	reserve_put(quoter->reserves[collection], text, length);
}

void quoter_destroy(struct quoter *quoter)
{
	if (quoter == NULL)
		return;
	for (size_t i = 0;
		quoter->edition != NULL && i < quoter->edition->library->collections->count; i++)
		reserve_destroy(quoter->reserves[i]);
	pin_finish(&quoter->pins);
	free(quoter->reserves);
	free(quoter->wires.items);
	edition_destroy(quoter->edition);
	free(quoter);
}
