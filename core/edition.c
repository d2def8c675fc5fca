#include "core/edition.h"

#include <stdlib.h>

#include "core/mem.h"

/* Wires that show the same share the calendar of the first of them. */
static void find_calendar(struct edition *edition, size_t wire)
{
	size_t first = 0;
	while (!selection_equal(
		&edition->selections[first], &edition->selections[wire], edition->library))
		first++;
	edition->calendar_of[wire] = first;
	free(edition->calendars[first].indices);
	edition->calendars[first] = (struct edition_calendar){0};
}

bool edition_add_wire(struct edition *edition, const struct quote_wire *wire, struct error *reterr)
{
	size_t count = edition->wire_count + 1;
	struct selection selection;
	if (!selection_init(&selection, edition->library, wire->collections, reterr))
		return false;
	edition->selections = mem_resize(edition->selections, count, sizeof *edition->selections);
	edition->views = mem_resize(edition->views, count, sizeof *edition->views);
	edition->calendar_of =
		mem_resize(edition->calendar_of, count, sizeof *edition->calendar_of);
	edition->calendars = mem_resize(edition->calendars, count, sizeof *edition->calendars);
	edition->selections[count - 1] = selection;
	edition->views[count - 1] = (struct quote_views){0};
	edition->calendars[count - 1] = (struct edition_calendar){0};
	edition->wire_count = count;
	find_calendar(edition, count - 1);
	return true;
}

struct edition *edition_create(
	struct library *library, const struct quote_wires *wires, struct error *reterr)
{
	struct edition *edition = mem_alloc(sizeof *edition);
	edition->library = library;
	for (size_t i = 0; i < wires->count; i++) {
		if (edition_add_wire(edition, &wires->items[i], reterr))
			continue;
		edition_destroy(edition);
		return NULL;
	}
	return edition;
}

struct quote_view *edition_view(
	struct edition *edition, unsigned wire, const struct quote_view_key *key)
{
	return quote_views_get(
		&edition->views[wire], edition->library, &edition->selections[wire], key);
}

static void fill_calendar(struct edition *edition, const struct quote_wires *wires, size_t index)
{
	struct edition_calendar *calendar = &edition->calendars[index];
	const struct quote_fit **fits = mem_alloc(wires->count * sizeof(const void *));
	size_t count = 0;
	for (size_t i = 0; i < wires->count; i++)
		if (edition->calendar_of[i] == index)
			fits[count++] = &wires->items[i].fit;
	calendar->count = quote_views_fitting(
		edition->library, &edition->selections[index], fits, count, &calendar->indices);
	calendar->is_ready = true;
	free(fits);
}

const struct edition_calendar *edition_calendar(
	struct edition *edition, const struct quote_wires *wires, unsigned wire)
{
	size_t index = edition->calendar_of[wire];
	if (!edition->calendars[index].is_ready)
		fill_calendar(edition, wires, index);
	return &edition->calendars[index];
}

void edition_destroy(struct edition *edition)
{
	if (edition == NULL)
		return;
	for (size_t i = 0; i < edition->wire_count; i++) {
		selection_finish(&edition->selections[i]);
		quote_views_finish(&edition->views[i]);
		free(edition->calendars[i].indices);
	}
	free(edition->selections);
	free(edition->calendar_of);
	free(edition->calendars);
	free(edition->views);
	library_release(edition->library);
	free(edition);
}
