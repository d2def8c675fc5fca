#include "frontends/keeper/settling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double quiet_seconds = 0.3;
static const double patience_seconds = 5;

void settling_note(struct settling *settling, const char *name, bool is_written, double now)
{
	if (!settling->any)
		settling->first = now;
	settling->any = true;
	settling->last = now;
	struct strings *open = &settling->open;
	size_t at = 0;
	while (at < open->count && strcmp(open->items[at], name) != 0)
		at++;
	if (is_written && at == open->count)
		strings_add(open, name);
	if (is_written || at == open->count)
		return;
	free(open->items[at]);
	open->items[at] = open->items[--open->count];
}

double settling_due(const struct settling *settling)
{
	double quiet = settling->last + quiet_seconds;
	double patience = settling->first + patience_seconds;
	if (!settling->any)
		return INFINITY;
	return settling->open.count > 0 || quiet > patience ? patience : quiet;
}

bool settling_take(struct settling *settling, double now)
{
	if (settling_due(settling) > now)
		return false;
	settling_finish(settling);
	return true;
}

void settling_finish(struct settling *settling)
{
	strings_finish(&settling->open);
	*settling = (struct settling){0};
}
