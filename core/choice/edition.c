#include "core/choice/edition.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/choice/calendar.h"

static void find_calendar(const struct edition *edition, struct edition_wire *wire)
{
	for (size_t i = 0; i < edition->wire_count; i++) {
		const struct edition_wire *other = &edition->wires[i];
		if (memcmp(wire->selection.files, other->selection.files,
			    edition->library->file_count) != 0)
			continue;
		wire->calendar = other->calendar;
		wire->calendar_count = other->calendar_count;
		wire->shares_calendar = true;
		return;
	}
	wire->calendar = calendar_make(edition->library, &wire->selection, &wire->calendar_count);
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

void edition_add_view(struct edition *edition, size_t wire, const struct quote_fit *fit)
{
	struct edition_wire *of = &edition->wires[wire];
	of->views = mem_resize(of->views, of->view_count + 1, sizeof *of->views);
	quote_view_init(&of->views[of->view_count++], edition->library, &of->selection, fit,
		&(struct quote_filter){0});
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
	for (size_t i = 0; i < wire->prepared_count; i++) {
		if (is_cancelled(cancel, reterr))
			return false;
		edition_add_view(edition, edition->wire_count - 1, &wire->prepared[i]);
	}
	return true;
}

struct edition *edition_create(struct library *library, const struct quote_wire *wires,
	size_t count, const atomic_bool *cancel, struct error *reterr)
{
	struct edition *edition = mem_alloc(sizeof *edition);
	edition->library = library;
	for (size_t i = 0; i < count; i++) {
		if (prepare_wire(edition, &wires[i], cancel, reterr))
			continue;
		edition_destroy(edition);
		return NULL;
	}
	return edition;
}

/* Whether anything fits that is asked for; a command may always write what fits. */
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

void edition_check(
	const struct edition *edition, const struct quote_wire *wires, struct strings *warnings)
{
	for (size_t i = 1; i < edition->wire_count; i++) {
		char *sentence = judge_wire(&wires[i], &edition->wires[i]);
		if (sentence != NULL)
			strings_add(warnings, sentence);
		free(sentence);
	}
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
			free(wire->calendar);
		catalogue_finish(&wire->catalogue);
		selection_finish(&wire->selection);
	}
	free(edition->wires);
	library_release(edition->library);
	free(edition);
}
