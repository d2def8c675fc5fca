#include "core/choice/quoter.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/base/rng.h"
#include "core/choice/catalogue_wish.h"
#include "core/choice/edition.h"
#include "core/choice/permutation.h"
#include "core/choice/pin.h"
#include "core/choice/quote_draw.h"
#include "core/choice/quote_groups.h"
#include "core/choice/reserve.h"
#include "core/library/library.h"
#include "core/library/quote_id.h"
#include "core/library/selection.h"

struct quoter {
	struct quoter_options options;
	uint64_t today_key;
	struct pins pins;
	struct quote_wires wires;
	struct edition *edition;
	struct quote_round **rounds; /* by wire, then by request */
	struct quote_request other;  /* the last unprepared request */
	struct quote_view other_view;
	struct quote_round other_round;
	bool has_other;
	struct reserve **reserves; /* by collection; NULL: no command */
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
	quoter->wires.items[0] = (struct quote_wire){.name = "", .collections = &no_collections};
	quoter->wires.count = 1;
	quoter->rounds = mem_alloc(sizeof(struct quote_round *));
	quoter->reserves = mem_alloc((library->collections->count + 1) * sizeof(void *));
	quoter->edition = edition_create(library, &quoter->wires, NULL, reterr);
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
	wires->items[wires->count].requests = NULL;
	wires->items[wires->count].request_count = 0;
	quoter->rounds = mem_resize(quoter->rounds, wires->count + 1, sizeof(struct quote_round *));
	quoter->rounds[wires->count] = NULL;
	*ret_wire = (unsigned)wires->count++;
	for (size_t i = 0; i < wire->request_count; i++) {
		struct quote_request request = wire->requests[i];
		request.wire = *ret_wire;
		quoter_prepare(quoter, &request);
	}
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

static bool is_same(const struct quote_request *left, const struct quote_request *right)
{
	return left->wire == right->wire && render_fit_equal(&left->fit, &right->fit) &&
	       quote_filter_equal(&left->filter, &right->filter);
}

/* Returns the index of a request among those of its wire, or their number if it is not there. */
static size_t find_request(const struct quoter *quoter, const struct quote_request *request)
{
	const struct quote_wire *wire = &quoter->wires.items[request->wire];
	size_t index = 0;
	while (index < wire->request_count && !is_same(&wire->requests[index], request))
		index++;
	return index;
}

void quoter_prepare(struct quoter *quoter, const struct quote_request *request)
{
	struct quote_wire *wire = &quoter->wires.items[request->wire];
	struct quote_round **rounds = &quoter->rounds[request->wire];
	size_t count = wire->request_count;
	if (find_request(quoter, request) < count)
		return;
	wire->requests = mem_resize(wire->requests, count + 1, sizeof *wire->requests);
	wire->requests[count] = *request;
	*rounds = mem_resize(*rounds, count + 1, sizeof **rounds);
	(*rounds)[count] = (struct quote_round){0};
	wire->request_count++;
	edition_add_view(quoter->edition, request);
}

void quoter_browse(struct quoter *quoter, unsigned wire)
{
	if (!quoter->wires.items[wire].browsed)
		edition_add_catalogue(quoter->edition, wire);
	quoter->wires.items[wire].browsed = true;
}

const struct catalogue *quoter_catalogue(const struct quoter *quoter, unsigned wire)
{
	return &quoter->edition->wires[wire].catalogue;
}

uint32_t quoter_draw(struct quoter *quoter, unsigned wire, const struct catalogue_wish *wish,
	uint32_t count, uint32_t *ret_rows)
{
	return catalogue_wish_draw(
		quoter_catalogue(quoter, wire), wish, quoter->options.rng, count, ret_rows);
}

static void forget_other(struct quoter *quoter)
{
	quote_view_finish(&quoter->other_view);
	quoter->other_round = (struct quote_round){0};
	quoter->has_other = false;
}

static const struct quote_view *view_of(
	struct quoter *quoter, const struct quote_request *request, struct quote_round **ret_round)
{
	const struct edition_wire *wire = &quoter->edition->wires[request->wire];
	size_t index = find_request(quoter, request);
	if (index < wire->view_count) {
		*ret_round = &quoter->rounds[request->wire][index];
		return &wire->views[index];
	}
	*ret_round = &quoter->other_round;
	if (quoter->has_other && is_same(&quoter->other, request))
		return &quoter->other_view;
	forget_other(quoter);
	quoter->other = *request;
	quoter->has_other = true;
	quote_view_init(&quoter->other_view, quoter->edition->library, &wire->selection, request);
	return &quoter->other_view;
}

/* A quote of a command has the language of its collection. */
static const char *language_of(const struct quoter *quoter, size_t collection)
{
	return collection_language(
		quoter->edition->library->collections->items[collection].options);
}

static bool pick_from_command(struct quoter *quoter, const struct quote_request *request,
	uint32_t collection, struct quote *ret_quote)
{
	struct reserve *reserve = quoter->reserves[collection];
	if (quoter->on_draw != NULL) {
		reserve_clear(reserve);
		quoter->on_draw(quoter->draw_data, collection);
	}
	bool taken = reserve_take(
		reserve, &request->fit, &request->filter, quoter->options.rng, ret_quote);
	if (taken)
		ret_quote->language = language_of(quoter, collection);
	if (quoter->on_wanted != NULL)
		quoter->on_wanted(quoter->wanted_data, collection);
	return taken;
}

static bool pick_from_files(struct quoter *quoter, const struct quote_view *view,
	const struct quote_group *group, struct quote_round *round, struct quote *ret_quote)
{
	uint32_t index;
	if (group == NULL)
		return false;
	if (round != NULL)
		index = quote_draw_next(view, round, quoter->options.rng);
	else
		index = quote_draw_quote(view, group, quoter->options.rng);
	*ret_quote = library_quote(quoter->edition->library, index);
	return true;
}

/* The share of a command with nothing ready falls to the files, or else to the other commands. */
static bool pick_from_others(struct quoter *quoter, const struct quote_request *request,
	const struct quote_view *view, struct quote_round *round, const struct quote_group *empty,
	struct quote *ret_quote)
{
	uint32_t files = view->group_count - view->command_count;
	const struct quote_group *group = quote_draw_group(view, files, quoter->options.rng);
	if (pick_from_files(quoter, view, group, round, ret_quote))
		return true;
	for (uint32_t i = files; i < view->group_count; i++)
		if (&view->groups[i] != empty &&
			pick_from_command(quoter, request, view->groups[i].command, ret_quote))
			return true;
	return false;
}

bool quoter_pick(
	struct quoter *quoter, const struct quote_request *request, struct quote *ret_quote)
{
	struct quote_round *round;
	const struct quote_view *view = view_of(quoter, request, &round);
	const struct quote_group *group =
		quote_draw_group(view, view->group_count, quoter->options.rng);
	if (!quoter->wires.items[request->wire].no_repeat)
		round = NULL;
	if (group == NULL || group->command == QUOTE_GROUPS_NONE)
		return pick_from_files(quoter, view, group, round, ret_quote);
	return pick_from_command(quoter, request, group->command, ret_quote) ||
	       pick_from_others(quoter, request, view, round, group, ret_quote);
}

bool quoter_of_day(struct quoter *quoter, unsigned wire, int64_t day, struct quote *ret_quote)
{
	const struct edition *edition = quoter->edition;
	const struct calendar *calendar = &edition->wires[wire].calendar;
	uint32_t index = 0;
	if (calendar->count == 0)
		return false;
	if (!pin_find(&quoter->pins, edition, wire, day, &index))
		index = calendar->indices[permutation_due(quoter->today_key, calendar->count, day)];
	*ret_quote = library_quote(edition->library, index);
	return true;
}

struct quote quoter_of_day_in(
	const struct quoter *quoter, unsigned wire, uint32_t collection, int64_t day)
{
	const struct catalogue *catalogue = quoter_catalogue(quoter, wire);
	const struct catalogue_collection *of = &catalogue->collections[collection];
	uint32_t row = of->first + permutation_due(quoter->today_key, of->count, day);
	return library_quote(catalogue->library, catalogue->rows[row].quote);
}

int64_t quoter_day(const struct quoter *quoter)
{
	return day_today(&quoter->options.clock);
}

unsigned quoter_day_left(const struct quoter *quoter)
{
	return day_seconds_left(&quoter->options.clock);
}

bool quoter_today(struct quoter *quoter, unsigned wire, struct quote *ret_quote)
{
	return quoter_of_day(quoter, wire, quoter_day(quoter), ret_quote);
}

/* Whether any of its prepared requests can be answered; a command may always write what fits. */
static bool shows_anything(const struct edition_wire *wire)
{
	bool any = wire->view_count == 0;
	for (size_t i = 0; i < wire->view_count; i++)
		any = any || wire->views[i].count > 0 || wire->views[i].command_count > 0;
	return any;
}

/* Returns a sentence, the caller's to free; NULL if all is well. */
static char *judge_wire(const struct quote_wire *wire, const struct edition_wire *shown)
{
	if (wire->collections == NULL)
		return NULL;
	if (!shows_anything(shown))
		return mem_format(
			"%s: none of its quotes fits, so it has nothing to show; raise its "
			"limits or add shorter quotes",
			wire->name);
	if (calendar_suits(&wire->fit))
		return NULL;
	return mem_format("%s: a quote of the day can have %d octets in %d lines, more than this "
			  "front end allows, so it has none on some days; raise its limits",
		wire->name, CALENDAR_BYTES_MAX, CALENDAR_LINES_MAX);
}

void quoter_check(const struct quoter *quoter, struct strings *warnings)
{
	pin_check(&quoter->pins, quoter->edition, day_today(&quoter->options.clock), warnings);
	for (size_t i = 1; i < quoter->wires.count; i++) {
		char *sentence = judge_wire(&quoter->wires.items[i], &quoter->edition->wires[i]);
		if (sentence != NULL)
			strings_add(warnings, sentence);
		free(sentence);
	}
}

static bool find_in_reserves(const struct quoter *quoter, unsigned wire, uint64_t first,
	uint64_t last, struct quote *ret_quote)
{
	const struct edition *edition = quoter->edition;
	for (size_t i = 0; first <= last && i < edition->library->collections->count; i++)
		if (edition->wires[wire].selection.commands[i] != 0 &&
			reserve_find(quoter->reserves[i], first, last, ret_quote)) {
			ret_quote->language = language_of(quoter, i);
			return true;
		}
	return false;
}

/* Returns how many were found in files: 0, 1, or 2 for more. */
static int find_in_files(const struct quoter *quoter, unsigned wire, uint64_t first, uint64_t last,
	struct quote *ret_quote)
{
	const struct library *library = quoter->edition->library;
	const struct selection *selection = &quoter->edition->wires[wire].selection;
	int found = 0;
	uint32_t at = id_index_position(&library->ids, &library->store, first);
	for (; at < library->ids.count && found < 2; at++) {
		uint32_t index = library->ids.order[at];
		if (library->store.quotes[index].id > last)
			break;
		if (!selection_has(selection, library, index))
			continue;
		*ret_quote = library_quote(library, index);
		found++;
	}
	return found;
}

int quoter_find(const struct quoter *quoter, unsigned wire, uint64_t first, uint64_t last,
	struct quote *ret_quote)
{
	struct quote other;
	int found = find_in_files(quoter, wire, first, last, ret_quote);
	if (found == 0 && !find_in_reserves(quoter, wire, first, last, ret_quote))
		return 0;
	uint64_t only = ret_quote->id;
	/* A quote of a command may also be in a file or come from another command; it is the same
	 * one. */
	bool more = found > 1 ||
		    (only > first && find_in_reserves(quoter, wire, first, only - 1, &other)) ||
		    find_in_reserves(quoter, wire, only + 1, last, &other);
	return more ? 2 : 1;
}

bool quoter_find_former(
	const struct quoter *quoter, unsigned wire, const char *text, struct quote *ret_quote)
{
	size_t count;
	const struct former_id *found =
		former_ids_find(&quoter->edition->library->former_ids, text, &count);
	for (size_t i = 0; i < count; i++)
		if (find_in_files(quoter, wire, found[i].id, found[i].id, ret_quote) > 0)
			return true;
	return false;
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
		int after = quote_id_common(quotes[library->ids.order[at]].id, id);
		common = after > common ? after : common;
	}
	return common < QUOTE_ID_LENGTH ? common + 1 : QUOTE_ID_LENGTH;
}

const struct selection *quoter_selection(const struct quoter *quoter, unsigned wire)
{
	return &quoter->edition->wires[wire].selection;
}

size_t quoter_count(const struct quoter *quoter)
{
	return quoter->edition->library->store.count;
}

size_t quoter_count_fitting(struct quoter *quoter, const struct quote_request *request)
{
	struct quote_round *round;
	const struct quote_view *view = view_of(quoter, request, &round);
	return view->count - view->repeat_count;
}

/* A round belongs to a view, and so ends with its edition. */
static void reset_rounds(struct quoter *quoter)
{
	for (size_t i = 0; i < quoter->wires.count; i++)
		for (size_t j = 0; j < quoter->wires.items[i].request_count; j++)
			quoter->rounds[i][j] = (struct quote_round){0};
}

struct edition *quoter_swap(struct quoter *quoter, struct edition *edition)
{
	struct edition *before = quoter->edition;
	forget_other(quoter);
	reset_rounds(quoter);
	quoter->edition = edition;
	return before;
}

/* Returns the index of the collection that runs the same command; their number if none does. */
static size_t find_command(const struct collections *collections, const struct collection *like)
{
	const char *command = collection_command(like->options);
	size_t index = 0;
	for (; command != NULL && index < collections->count; index++) {
		const struct collection *item = &collections->items[index];
		const char *other = collection_command(item->options);
		if (other != NULL && strcmp(other, command) == 0 &&
			strcmp(item->name, like->name) == 0)
			return index;
	}
	return collections->count;
}

static void exchange_reserves(struct quoter *quoter, struct quoter *other)
{
	const struct collections *collections = quoter->edition->library->collections;
	const struct collections *others = other->edition->library->collections;
	for (size_t i = 0; i < collections->count; i++) {
		size_t index = find_command(others, &collections->items[i]);
		if (index == others->count)
			continue;
		struct reserve *reserve = quoter->reserves[i];
		quoter->reserves[i] = other->reserves[index];
		other->reserves[index] = reserve;
	}
}

static void keep_own(struct quoter *quoter, const struct quoter *before)
{
	quoter->options = before->options;
	quoter->on_wanted = before->on_wanted;
	quoter->wanted_data = before->wanted_data;
	quoter->on_draw = before->on_draw;
	quoter->draw_data = before->draw_data;
}

void quoter_exchange(struct quoter *quoter, struct quoter *other)
{
	forget_other(quoter);
	forget_other(other);
	exchange_reserves(quoter, other);
	struct quoter left = *quoter;
	struct quoter right = *other;
	*quoter = right;
	*other = left;
	keep_own(quoter, &left);
	keep_own(other, &right);
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
	for (size_t i = 0; i < quoter->wires.count; i++) {
		free(quoter->wires.items[i].requests);
		free(quoter->rounds[i]);
	}
	forget_other(quoter);
	pin_finish(&quoter->pins);
	free(quoter->reserves);
	free(quoter->rounds);
	free(quoter->wires.items);
	edition_destroy(quoter->edition);
	free(quoter);
}
