#include "core/choice/pin.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "core/base/mem.h"
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

bool pin_read(const struct strings *texts, struct pins *ret_pins, struct error *reterr)
{
	*ret_pins = (struct pins){0};
	if (texts == NULL)
		return true;
	ret_pins->items = mem_alloc((texts->count + 1) * sizeof *ret_pins->items);
	for (size_t i = 0; i < texts->count; i++, ret_pins->count++) {
		if (parse(texts->items[i], &ret_pins->items[i]))
			continue;
		error_set(reterr,
			"today_pins: '%s' is no date and id; write \"2026-12-25 abcd1234efgh\"",
			texts->items[i]);
		pin_finish(ret_pins);
		return false;
	}
	return true;
}

static bool find_quote(const struct pin *pin, const struct library *library,
	const struct calendar *calendar, uint32_t *ret_index)
{
	uint32_t at = id_index_position(&library->ids, &library->store, pin->first);
	for (; at < library->ids.count; at++) {
		*ret_index = library->ids.order[at];
		if (library->store.quotes[*ret_index].id > pin->last)
			return false;
		if (calendar_has(calendar, *ret_index))
			return true;
	}
	return false;
}

bool pin_find(const struct pins *pins, const struct library *library,
	const struct calendar *calendar, int64_t day, uint32_t *ret_index)
{
	for (size_t i = 0; i < pins->count; i++)
		if (pins->items[i].day == day &&
			find_quote(&pins->items[i], library, calendar, ret_index))
			return true;
	return false;
}

void pin_check(const struct pins *pins, const struct library *library,
	const struct calendars *calendars, size_t wires, int64_t today, struct strings *warnings)
{
	for (size_t i = 0; i < pins->count; i++) {
		uint32_t index;
		bool found = pins->items[i].day < today;
		for (size_t j = wires > 1; j < wires && !found; j++)
			found = find_quote(&pins->items[i], library,
				&calendars->items[calendars->of_wire[j]], &index);
		if (found)
			continue;
		char *sentence = mem_format(
			"today_pins: '%s': no quote that a front end can show on a day has this id",
			pins->items[i].text);
		strings_add(warnings, sentence);
		free(sentence);
	}
}

void pin_finish(struct pins *pins)
{
	free(pins->items);
	*pins = (struct pins){0};
}
