#include "frontends/runtime/units.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"

void units_add(struct units *units, struct unit *unit)
{
	units->items = mem_resize(units->items, units->count + 1, sizeof(void *));
	units->items[units->count++] = unit;
}

struct unit *units_find(const struct units *units, const char *name)
{
	for (size_t i = 0; i < units->count; i++)
		if (strcmp(units->items[i]->name, name) == 0)
			return units->items[i];
	return NULL;
}

bool units_have(const struct units *units, const struct unit *unit)
{
	return units_find(units, unit->name) == unit;
}

bool units_run(const struct units *units)
{
	bool any = false;
	for (size_t i = 0; i < units->count; i++)
		any |= units->items[i]->running;
	return any;
}

static const struct units *peers_of(const struct frontend_context *context)
{
	return ((const struct unit *)context)->peers;
}

static bool find_state(
	const struct frontend_context *context, size_t index, struct frontend_state *ret_state)
{
	const struct units *units = peers_of(context);
	for (size_t i = 0; i < units->count; i++) {
		const struct unit *unit = units->items[i];
		if (unit->frontend->ops->fit == NULL || index-- > 0)
			continue;
		const struct frontend_ops *ops = unit->frontend->ops;
		*ret_state = (struct frontend_state){
			.name = unit->name,
			.state = unit_state(unit),
			.url = ops->url != NULL ? ops->url(unit->frontend) : NULL,
			.daily = ops->daily != NULL ? ops->daily(unit->frontend) : NULL,
		};
		return true;
	}
	return false;
}

static bool write_link(const struct frontend_context *context, const char *path, struct buffer *out)
{
	struct frontend_state state;
	for (size_t i = 0; find_state(context, i, &state); i++) {
		if (state.url == NULL || strncmp(state.url, "http", 4) != 0)
			continue;
		buffer_format(out, "%s/%s", state.url, path);
		return true;
	}
	return false;
}

static bool write_permalink(const struct frontend_context *context, uint64_t id, struct buffer *out)
{
	char path[2 + QUOTE_ID_LENGTH + 1] = "q/";
	quote_id_format(id, path + 2);
	return write_link(context, path, out);
}

static void subscribe(const struct frontend_context *context, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	const struct units *units = peers_of(context);
	for (size_t i = 0; i < units->count; i++) {
		struct frontend *frontend = units->items[i]->frontend;
		const struct frontend_ops *ops = frontend->ops;
		if (ops->daily != NULL && ops->daily(frontend) != NULL) {
			ops->subscribe(frontend, wish, callback, data);
			return;
		}
	}
	callback(data, FRONTEND_OUTCOME_WRONG, "This site mails no daily quotes.");
}

void units_introduce(struct frontend_context *context)
{
	context->find_state = find_state;
	context->write_link = write_link;
	context->write_permalink = write_permalink;
	context->subscribe = subscribe;
}

void units_finish(struct units *units)
{
	while (units->count > 0)
		unit_destroy(units->items[--units->count]);
	free(units->items);
	*units = (struct units){0};
}
