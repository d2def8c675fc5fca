#include "core/choice/pin.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "core/choice/calendar.h"
#include "core/library/quote_id.h"

static bool parse(const char *text, struct pin *ret_pin)
{
	size_t length = strcspn(text, " ");
	char *date = mem_strndup(text, length);
	const char *id = text + length + strspn(text + length, " ");
	bool valid = day_parse(date, &ret_pin->day) &&
		     quote_id_parse(id, &ret_pin->first, &ret_pin->last);
	ret_pin->text = text;
	free(date);
	return valid;
}

bool pin_check_text(const char *text, struct error *reterr)
{
	struct pin pin;
	if (parse(text, &pin))
		return true;
	error_set(reterr, "'%s' is not a date and an id; write \"2026-12-25 abcd1234efgh\"", text);
	return false;
}

struct pin *pin_read(const struct strings *texts, struct error *reterr)
{
	struct error error;
	struct pin *pins = mem_alloc((texts->count + 1) * sizeof *pins);
	for (size_t i = 0; i < texts->count; i++) {
		if (!pin_check_text(texts->items[i], &error)) {
			error_set(reterr, "today_pins: %s", error.text);
			free(pins);
			return NULL;
		}
		parse(texts->items[i], &pins[i]);
	}
	return pins;
}

static bool find_quote(
	const struct pin *pin, const struct edition *edition, unsigned wire, uint32_t *ret_index)
{
	const struct library *library = edition->library;
	const struct edition_wire *of_wire = &edition->wires[wire];
	uint32_t at = id_index_position(&library->store, pin->first);
	for (; at < library->store.count; at++) {
		*ret_index = library->store.order[at];
		if (library->store.quotes[*ret_index].id > pin->last)
			return false;
		if (calendar_has(of_wire->calendar, library, &of_wire->selection, *ret_index))
			return true;
	}
	return false;
}

bool pin_find(const struct pin *pins, const struct edition *edition, unsigned wire, int64_t day,
	uint32_t *ret_index)
{
	for (; pins->text != NULL; pins++)
		if (pins->day == day && find_quote(pins, edition, wire, ret_index))
			return true;
	return false;
}

void pin_check(const struct pin *pins, const struct edition *edition, int64_t today,
	struct strings *warnings)
{
	for (; pins->text != NULL; pins++) {
		uint32_t index;
		bool found = pins->day < today;
		for (unsigned wire = edition->wire_count > 1; wire < edition->wire_count; wire++)
			found = found || find_quote(pins, edition, wire, &index);
		if (found)
			continue;
		char *sentence =
			mem_format("today_pins: '%s': no front end shows a quote with this id that "
				   "is short enough for a quote of the day; pin another one",
				pins->text);
		strings_add(warnings, sentence);
		free(sentence);
	}
}
