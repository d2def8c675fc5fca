#include "core/choice/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/choice/quote_views.h"

/* Wires that are being put together. */
struct grouping {
	const struct library *library;
	const struct quote_wires *wires;
	struct selection common; /* the files that all of them show */
	const struct quote_fit **fits;
	size_t fit_count;
};

/* Takes \p selection in, if that leaves a file that all show. */
static bool narrow(struct grouping *grouping, const struct selection *selection)
{
	bool any = false;
	uint32_t count = grouping->library->file_count;
	for (uint32_t i = 0; i < count; i++)
		any |= grouping->common.files[i] != 0 && selection->files[i] != 0;
	for (uint32_t i = 0; any && i < count; i++)
		grouping->common.files[i] =
			grouping->common.files[i] != 0 && selection->files[i] != 0;
	return any;
}

static void begin(struct grouping *grouping, const struct selection *selection, size_t wire)
{
	memcpy(grouping->common.files, selection->files, grouping->library->file_count);
	grouping->fits[0] = &grouping->wires->items[wire].fit;
	grouping->fit_count = 1;
}

static const size_t unassigned = SIZE_MAX;

/* Nobody's wire, the first, comes last: it is not to part others. */
static size_t wire_at(const struct quote_wires *wires, size_t turn)
{
	return turn + 1 < wires->count ? turn + 1 : 0;
}

static void make_one(struct calendars *calendars, struct grouping *grouping,
	const struct selection *selections, size_t turn)
{
	const struct quote_wires *wires = grouping->wires;
	size_t first = wire_at(wires, turn);
	struct calendar *calendar = &calendars->items[calendars->count];
	begin(grouping, &selections[first], first);
	calendars->of_wire[first] = calendars->count;
	while (!wires->items[first].apart && ++turn < wires->count) {
		size_t i = wire_at(wires, turn);
		if (calendars->of_wire[i] != unassigned || wires->items[i].apart ||
			!narrow(grouping, &selections[i]))
			continue;
		grouping->fits[grouping->fit_count++] = &wires->items[i].fit;
		calendars->of_wire[i] = calendars->count;
	}
	calendar->count = quote_views_fitting(grouping->library, &grouping->common, grouping->fits,
		grouping->fit_count, &calendar->indices);
	calendars->count++;
}

void calendar_make(struct calendars *calendars, const struct library *library,
	const struct selection *selections, const struct quote_wires *wires)
{
	struct grouping grouping = {.library = library, .wires = wires};
	grouping.common.files = mem_alloc((size_t)library->file_count + 1);
	grouping.fits = mem_alloc((wires->count + 1) * sizeof(const void *));
	calendars->items = mem_alloc((wires->count + 1) * sizeof *calendars->items);
	calendars->of_wire = mem_alloc((wires->count + 1) * sizeof *calendars->of_wire);
	for (size_t i = 0; i < wires->count; i++)
		calendars->of_wire[i] = unassigned;
	for (size_t turn = 0; turn < wires->count; turn++)
		if (calendars->of_wire[wire_at(wires, turn)] == unassigned)
			make_one(calendars, &grouping, selections, turn);
	selection_finish(&grouping.common);
	free(grouping.fits);
}

bool calendar_has(const struct calendar *calendar, uint32_t quote)
{
	uint32_t low = 0;
	uint32_t high = calendar->count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (calendar->indices[middle] < quote)
			low = middle + 1;
		else
			high = middle;
	}
	return low < calendar->count && calendar->indices[low] == quote;
}

void calendar_finish(struct calendars *calendars)
{
	for (size_t i = 0; i < calendars->count; i++)
		free(calendars->items[i].indices);
	free(calendars->items);
	free(calendars->of_wire);
	*calendars = (struct calendars){0};
}
