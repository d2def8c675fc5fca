#include "core/choice/edition.h"

#include <stdlib.h>

#include "core/base/mem.h"

bool edition_add_wire(struct edition *edition, const struct quote_wire *wire, struct error *reterr)
{
	size_t count = edition->wire_count + 1;
	struct selection selection;
	if (!selection_init(&selection, edition->library, wire->collections, reterr))
		return false;
	edition->selections = mem_resize(edition->selections, count, sizeof *edition->selections);
	edition->views = mem_resize(edition->views, count, sizeof *edition->views);
	edition->rounds = mem_resize(edition->rounds, count, sizeof *edition->rounds);
	edition->selections[count - 1] = selection;
	edition->rounds[count - 1] = (struct quote_round){0};
	edition->views[count - 1] = (struct quote_views){0};
	edition->wire_count = count;
	calendar_finish(&edition->calendars);
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

const struct calendars *edition_calendars(struct edition *edition, const struct quote_wires *wires)
{
	if (edition->calendars.count == 0)
		calendar_make(&edition->calendars, edition->library, edition->selections, wires);
	return &edition->calendars;
}

const struct calendar *edition_calendar(
	struct edition *edition, const struct quote_wires *wires, unsigned wire)
{
	const struct calendars *calendars = edition_calendars(edition, wires);
	return &calendars->items[calendars->of_wire[wire]];
}

void edition_destroy(struct edition *edition)
{
	if (edition == NULL)
		return;
	for (size_t i = 0; i < edition->wire_count; i++) {
		selection_finish(&edition->selections[i]);
		quote_views_finish(&edition->views[i]);
		quote_round_finish(&edition->rounds[i]);
	}
	free(edition->selections);
	calendar_finish(&edition->calendars);
	free(edition->views);
	free(edition->rounds);
	library_release(edition->library);
	free(edition);
}
