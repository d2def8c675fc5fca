#include "core/choice/edition.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static void find_calendar(const struct edition *edition, struct edition_wire *wire)
{
	for (size_t i = 0; i < edition->wire_count; i++) {
		const struct edition_wire *other = &edition->wires[i];
		if (memcmp(wire->selection.files, other->selection.files,
			    edition->library->file_count) != 0)
			continue;
		wire->calendar = other->calendar;
		wire->shares_calendar = true;
		return;
	}
	calendar_init(&wire->calendar, edition->library, &wire->selection);
}

bool edition_add_wire(struct edition *edition, const struct quote_wire *wire, struct error *reterr)
{
	struct edition_wire added = {.views = NULL};
	if (!selection_init(&added.selection, edition->library, wire->collections, reterr))
		return false;
	find_calendar(edition, &added);
	edition->wires =
		mem_resize(edition->wires, edition->wire_count + 1, sizeof *edition->wires);
	edition->wires[edition->wire_count++] = added;
	if (wire->browsed)
		edition_add_catalogue(edition, edition->wire_count - 1);
	return true;
}

void edition_add_catalogue(struct edition *edition, size_t wire)
{
	struct edition_wire *of = &edition->wires[wire];
	catalogue_init(&of->catalogue, edition->library, &of->selection);
}

void edition_add_view(struct edition *edition, const struct quote_request *request)
{
	struct edition_wire *wire = &edition->wires[request->wire];
	wire->views = mem_resize(wire->views, wire->view_count + 1, sizeof *wire->views);
	quote_view_init(
		&wire->views[wire->view_count++], edition->library, &wire->selection, request);
}

static bool is_cancelled(const atomic_bool *cancel, struct error *reterr)
{
	if (cancel == NULL || !atomic_load(cancel))
		return false;
	error_set(reterr, "quotes: loading was cancelled");
	return true;
}

static bool prepare_wire(struct edition *edition, const struct quote_wire *wire,
	const atomic_bool *cancel, struct error *reterr)
{
	if (!edition_add_wire(edition, wire, reterr))
		return false;
	for (size_t i = 0; i < wire->request_count; i++) {
		if (is_cancelled(cancel, reterr))
			return false;
		edition_add_view(edition, &wire->requests[i]);
	}
	return true;
}

struct edition *edition_create(struct library *library, const struct quote_wires *wires,
	const atomic_bool *cancel, struct error *reterr)
{
	struct edition *edition = mem_alloc(sizeof *edition);
	edition->library = library;
	for (size_t i = 0; i < wires->count; i++) {
		if (prepare_wire(edition, &wires->items[i], cancel, reterr))
			continue;
		edition_destroy(edition);
		return NULL;
	}
	return edition;
}

void edition_destroy(struct edition *edition)
{
	if (edition == NULL)
		return;
	for (size_t i = 0; i < edition->wire_count; i++) {
		struct edition_wire *wire = &edition->wires[i];
		for (size_t j = 0; j < wire->view_count; j++)
			quote_view_finish(&wire->views[j]);
		free(wire->views);
		if (!wire->shares_calendar)
			calendar_finish(&wire->calendar);
		catalogue_finish(&wire->catalogue);
		selection_finish(&wire->selection);
	}
	free(edition->wires);
	library_release(edition->library);
	free(edition);
}
