#include "frontends/keeper/settling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double quiet_seconds = 0.3;
static const double patience_seconds = 5;

static void note_open(struct strings *open, const char *name)
{
	for (size_t i = 0; i < open->count; i++)
		if (strcmp(open->items[i], name) == 0)
			return;
	strings_add(open, name);
}

static void note_closed(struct strings *open, const char *name)
{
	for (size_t i = 0; i < open->count; i++) {
		if (strcmp(open->items[i], name) != 0)
			continue;
		free(open->items[i]);
		open->items[i] = open->items[--open->count];
		return;
	}
}

void settling_note(
	struct settling *settling, const char *name, enum settling_event event, double now)
{
	if (!settling->any)
		settling->first = now;
	settling->any = true;
	settling->last = now;
	if (event == SETTLING_EVENT_WRITTEN)
		note_open(&settling->open, name);
	else if (event == SETTLING_EVENT_CHANGED)
		note_closed(&settling->open, name);
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
