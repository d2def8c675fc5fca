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
#include "core/choice/quote_groups.h"
#include "core/choice/quote_view.h"
#include "core/choice/reserve.h"
#include "core/library/library.h"
#include "core/library/selection.h"

struct quoter {
	struct quoter_options options;
	uint64_t today_key;
	struct pins pins;
	struct quote_wires wires;
	struct edition *edition;
	struct quote_request other; /* the last unprepared request */
	struct quote_view other_view;
	bool has_other;
	struct reserve **reserves; /* by collection; NULL: no command */
	quoter_listener *on_wanted;
	void *wanted_data;
	quoter_listener *on_draw;
	void *draw_data;
};

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
	quoter->edition = edition_create(library, &quoter->wires, NULL, reterr);
	if (quoter->edition == NULL || !pin_read(options->today_pins, &quoter->pins, reterr)) {
		quoter_destroy(quoter);
		return NULL;
	}
	quoter->reserves = reserve_create_each(library->collections);
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
	size_t count = wire->request_count;
	if (find_request(quoter, request) < count)
		return;
	wire->requests = mem_resize(wire->requests, count + 1, sizeof *wire->requests);
	wire->requests[count] = *request;
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
	quoter->has_other = false;
}

static struct quote_view *view_of(struct quoter *quoter, const struct quote_request *request)
{
	const struct edition_wire *wire = &quoter->edition->wires[request->wire];
	size_t index = find_request(quoter, request);
	if (index < wire->view_count)
		return &wire->views[index];
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

static bool pick_from_files(struct quoter *quoter, const struct quote_request *request,
	struct quote_view *view, const struct quote_group *group, struct quote *ret_quote)
{
	struct rng *rng = quoter->options.rng;
	bool no_repeat = quoter->wires.items[request->wire].no_repeat;
	if (group == NULL)
		return false;
	uint32_t index = no_repeat ? quote_view_draw_next(view, rng)
				   : quote_view_draw_quote(view, group, rng);
	*ret_quote = library_quote(quoter->edition->library, index);
	return true;
}

/* The share of a command with nothing ready falls to the files, or else to the other commands. */
static bool pick_from_others(struct quoter *quoter, const struct quote_request *request,
	struct quote_view *view, const struct quote_group *empty, struct quote *ret_quote)
{
	uint32_t files = view->group_count - view->command_count;
	const struct quote_group *group = quote_view_draw_group(view, files, quoter->options.rng);
	if (pick_from_files(quoter, request, view, group, ret_quote))
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
	struct quote_view *view = view_of(quoter, request);
	const struct quote_group *group =
		quote_view_draw_group(view, view->group_count, quoter->options.rng);
	if (group == NULL || group->command == QUOTE_GROUPS_NONE)
		return pick_from_files(quoter, request, view, group, ret_quote);
	return pick_from_command(quoter, request, group->command, ret_quote) ||
	       pick_from_others(quoter, request, view, group, ret_quote);
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

void quoter_check(const struct quoter *quoter, struct strings *warnings)
{
	pin_check(&quoter->pins, quoter->edition, day_today(&quoter->options.clock), warnings);
	edition_check(quoter->edition, &quoter->wires, warnings);
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

int quoter_find(const struct quoter *quoter, unsigned wire, uint64_t first, uint64_t last,
	struct quote *ret_quote)
{
	const struct edition *edition = quoter->edition;
	struct quote other;
	int found = selection_find(
		&edition->wires[wire].selection, edition->library, first, last, ret_quote);
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
	const struct library *library = quoter->edition->library;
	size_t count;
	const struct former_id *found = former_ids_find(&library->former_ids, text, &count);
	for (size_t i = 0; i < count; i++)
		if (selection_find(quoter_selection(quoter, wire), library, found[i].id,
			    found[i].id, ret_quote) > 0)
			return true;
	return false;
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
	const struct quote_view *view = view_of(quoter, request);
	return view->count - view->repeat_count;
}

struct edition *quoter_swap(struct quoter *quoter, struct edition *edition)
{
	struct edition *before = quoter->edition;
	forget_other(quoter);
	quoter->edition = edition;
	return before;
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
	reserve_exchange(quoter->reserves, quoter->edition->library->collections, other->reserves,
		other->edition->library->collections);
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
	if (quoter->edition != NULL)
		reserve_destroy_each(quoter->reserves, quoter->edition->library->collections);
	for (size_t i = 0; i < quoter->wires.count; i++)
		free(quoter->wires.items[i].requests);
	forget_other(quoter);
	pin_finish(&quoter->pins);
	free(quoter->wires.items);
	edition_destroy(quoter->edition);
	free(quoter);
}
