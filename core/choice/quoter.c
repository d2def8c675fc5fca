#include "core/choice/quoter.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
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
	struct rng *rng;
	uint64_t today_key;
	struct pin *pins;
	struct quote_wire *wires;
	size_t wire_count;
	struct edition *edition;
	struct quote_view other; /* of the last pick that was not prepared */
	unsigned other_wire;
	bool has_other;
	struct reserve **reserves; /* by collection; NULL: no command */
	quoter_listener *on_wanted;
	void *wanted_data;
	quoter_listener *on_draw;
	void *draw_data;
};

static const struct strings no_collections = {0};

struct quoter *quoter_create(struct library *library, struct rng *rng)
{
	struct quoter *quoter = mem_alloc(sizeof *quoter);
	quoter->rng = rng;
	quoter->wires = mem_alloc(sizeof *quoter->wires);
	quoter->wires[0] = (struct quote_wire){.name = "", .collections = &no_collections};
	quoter->wire_count = 1;
	quoter->edition = quoter_make_edition(quoter, library, NULL, NULL);
	quoter->reserves = reserve_create_each(library->collections);
	quoter_set_today(quoter, "", &(struct strings){0}, NULL);
	return quoter;
}

bool quoter_set_today(
	struct quoter *quoter, const char *key, const struct strings *pins, struct error *reterr)
{
	struct pin *read = pin_read(pins, reterr);
	if (read == NULL)
		return false;
	free(quoter->pins);
	quoter->pins = read;
	quoter->today_key = hash_octets(key, strlen(key), 0);
	return true;
}

bool quoter_add_wire(struct quoter *quoter, const struct quote_wire *wire, unsigned *ret_wire,
	struct error *reterr)
{
	size_t count = quoter->wire_count;
	if (!edition_add_wire(quoter->edition, wire, reterr))
		return false;
	quoter->wires = mem_resize(quoter->wires, count + 1, sizeof *quoter->wires);
	quoter->wires[count] = *wire;
	quoter->wires[count].prepared = NULL;
	quoter->wires[count].prepared_count = 0;
	*ret_wire = (unsigned)quoter->wire_count++;
	for (size_t i = 0; i < wire->prepared_count; i++)
		quoter_prepare(quoter, *ret_wire, &wire->prepared[i]);
	return true;
}

const struct quote_wire *quoter_wire(const struct quoter *quoter, unsigned number)
{
	return number < quoter->wire_count ? &quoter->wires[number] : NULL;
}

struct library *quoter_library(const struct quoter *quoter)
{
	return quoter->edition->library;
}

void quoter_prepare(struct quoter *quoter, unsigned wire, const struct quote_fit *fit)
{
	struct quote_wire *of = &quoter->wires[wire];
	for (size_t i = 0; i < of->prepared_count; i++)
		if (render_fit_equal(&of->prepared[i], fit))
			return;
	of->prepared = mem_resize(of->prepared, of->prepared_count + 1, sizeof *of->prepared);
	of->prepared[of->prepared_count++] = *fit;
	edition_add_view(quoter->edition, wire, fit);
}

void quoter_browse(struct quoter *quoter, unsigned wire)
{
	if (!quoter->wires[wire].browsed)
		edition_add_catalogue(quoter->edition, wire);
	quoter->wires[wire].browsed = true;
}

const struct catalogue *quoter_catalogue(const struct quoter *quoter, unsigned wire)
{
	return &quoter->edition->wires[wire].catalogue;
}

uint32_t quoter_draw(struct quoter *quoter, unsigned wire, const struct catalogue_wish *wish,
	uint32_t count, uint32_t *ret_rows)
{
	return catalogue_wish_draw(
		quoter_catalogue(quoter, wire), wish, quoter->rng, count, ret_rows);
}

static void forget_other(struct quoter *quoter)
{
	quote_view_finish(&quoter->other);
	quoter->has_other = false;
}

static struct quote_view *view_of(struct quoter *quoter, unsigned wire, const struct quote_fit *fit,
	const struct quote_filter *filter)
{
	const struct edition_wire *of = &quoter->edition->wires[wire];
	for (size_t i = 0; i < of->view_count; i++)
		if (quote_view_is_of(&of->views[i], fit, filter))
			return &of->views[i];
	if (quoter->has_other && quoter->other_wire == wire &&
		quote_view_is_of(&quoter->other, fit, filter))
		return &quoter->other;
	forget_other(quoter);
	quote_view_init(&quoter->other, quoter->edition->library, &of->selection, fit, filter);
	quoter->other_wire = wire;
	quoter->has_other = true;
	return &quoter->other;
}

/* A quote of a command has the language of its collection. */
static const char *language_of(const struct quoter *quoter, size_t collection)
{
	return collection_language(&quoter->edition->library->collections->items[collection]);
}

static bool pick_from_command(struct quoter *quoter, const struct quote_view *view,
	uint32_t collection, struct quote *ret_quote)
{
	struct reserve *reserve = quoter->reserves[collection];
	if (quoter->on_draw != NULL) {
		reserve_clear(reserve);
		quoter->on_draw(quoter->draw_data, collection);
	}
	bool taken = reserve_take(reserve, &view->fit, &view->filter, quoter->rng, ret_quote);
	if (taken)
		ret_quote->language = language_of(quoter, collection);
	if (quoter->on_wanted != NULL)
		quoter->on_wanted(quoter->wanted_data, collection);
	return taken;
}

static bool pick_from_files(struct quoter *quoter, unsigned wire, struct quote_view *view,
	const struct quote_group *group, struct quote *ret_quote)
{
	struct rng *rng = quoter->rng;
	bool no_repeat = quoter->wires[wire].no_repeat;
	if (group == NULL)
		return false;
	uint32_t index = no_repeat ? quote_view_draw_next(view, rng)
				   : quote_view_draw_quote(view, group, rng);
	*ret_quote = library_quote(quoter->edition->library, index);
	return true;
}

/* The share of a command with nothing ready falls to the files, or else to the other commands. */
static bool pick_from_others(struct quoter *quoter, unsigned wire, struct quote_view *view,
	const struct quote_group *empty, struct quote *ret_quote)
{
	uint32_t files = view->group_count - view->command_count;
	const struct quote_group *group = quote_view_draw_group(view, files, quoter->rng);
	if (pick_from_files(quoter, wire, view, group, ret_quote))
		return true;
	for (uint32_t i = files; i < view->group_count; i++)
		if (&view->groups[i] != empty &&
			pick_from_command(quoter, view, view->groups[i].command, ret_quote))
			return true;
	return false;
}

bool quoter_pick(struct quoter *quoter, unsigned wire, const struct quote_fit *fit,
	const struct quote_filter *filter, struct quote *ret_quote)
{
	struct quote_view *view = view_of(quoter, wire, fit, filter);
	const struct quote_group *group =
		quote_view_draw_group(view, view->group_count, quoter->rng);
	if (group == NULL || group->command == QUOTE_GROUPS_NONE)
		return pick_from_files(quoter, wire, view, group, ret_quote);
	return pick_from_command(quoter, view, group->command, ret_quote) ||
	       pick_from_others(quoter, wire, view, group, ret_quote);
}

bool quoter_of_day(struct quoter *quoter, unsigned wire, int64_t day, struct quote *ret_quote)
{
	const struct edition *edition = quoter->edition;
	const struct edition_wire *of = &edition->wires[wire];
	uint32_t index = 0;
	if (of->calendar_count == 0)
		return false;
	if (!pin_find(quoter->pins, edition, wire, day, &index))
		index = of->calendar[permutation_due(quoter->today_key, of->calendar_count, day)];
	*ret_quote = library_quote(edition->library, index);
	return true;
}

struct quote quoter_of_day_in(
	const struct quoter *quoter, unsigned wire, uint32_t collection, int64_t day)
{
	const struct catalogue *catalogue = quoter_catalogue(quoter, wire);
	const struct catalogue_group *of = &catalogue->collections[collection];
	uint32_t row = of->first + permutation_due(quoter->today_key, of->count, day);
	return library_quote(catalogue->library, catalogue->rows[row].quote);
}

void quoter_check(const struct quoter *quoter, struct strings *warnings)
{
	pin_check(quoter->pins, quoter->edition, day_today(), warnings);
	edition_check(quoter->edition, quoter->wires, warnings);
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
	uint64_t id;
	for (size_t i = 0; notes_find_former_id(&library->notes, text, i, &id); i++)
		if (selection_find(quoter_selection(quoter, wire), library, id, id, ret_quote) > 0)
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

size_t quoter_count_fitting(struct quoter *quoter, unsigned wire, const struct quote_fit *fit)
{
	const struct quote_view *view = view_of(quoter, wire, fit, &(struct quote_filter){0});
	return view->count - view->repeat_count;
}

struct edition *quoter_make_edition(const struct quoter *quoter, struct library *library,
	const atomic_bool *cancel, struct error *reterr)
{
	return edition_create(library, quoter->wires, quoter->wire_count, cancel, reterr);
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
	quoter->rng = before->rng;
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
	reserve_destroy_each(quoter->reserves, quoter->edition->library->collections);
	for (size_t i = 0; i < quoter->wire_count; i++)
		free(quoter->wires[i].prepared);
	forget_other(quoter);
	free(quoter->pins);
	free(quoter->wires);
	edition_destroy(quoter->edition);
	free(quoter);
}
