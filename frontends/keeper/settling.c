#include "frontends/keeper/settling.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static const double pause_seconds = 0.3;
static const double patience_seconds = 10;
static const double courtesy_seconds = 1; /* to those that have not settled */

static double least(double left, double right)
{
	return left < right ? left : right;
}

static double most(double left, double right)
{
	return left > right ? left : right;
}

static struct settling_name *find(struct settling *settling, int directory, const char *name)
{
	for (size_t i = 0; i < settling->count; i++)
		if (settling->names[i].directory == directory &&
			strcmp(settling->names[i].name, name) == 0)
			return &settling->names[i];
	return NULL;
}

static struct settling_name *find_or_add(
	struct settling *settling, int directory, const char *name, double now)
{
	if (find(settling, directory, name) == NULL && settling->count >= SETTLING_MAX) {
		directory = SETTLING_ALL;
		name = "";
	}
	struct settling_name *found = find(settling, directory, name);
	if (found != NULL)
		return found;
	found = &settling->names[settling->count++];
	*found = (struct settling_name){
		.directory = directory, .name = mem_strdup(name), .first = now};
	return found;
}

void settling_note(struct settling *settling, int directory, const char *name,
	enum settling_event event, double now)
{
	struct settling_name *found = find_or_add(settling, directory, name, now);
	/* One that stands for many is never closed for sure. */
	if (event != SETTLING_EVENT_TOUCHED)
		found->open = event == SETTLING_EVENT_WRITTEN && found->directory >= 0;
	found->last = now;
}

static double name_settles(const struct settling_name *name)
{
	double patience = name->first + patience_seconds;
	return name->open ? patience : least(name->last + pause_seconds, patience);
}

static double settles(const struct settling *settling, const struct settling_name *name)
{
	double at = name_settles(name);
	if (name->directory >= 0)
		return at;
	for (size_t i = 0; i < settling->count; i++)
		at = most(at, name_settles(&settling->names[i]));
	return least(at, name->first + patience_seconds);
}

double settling_due(const struct settling *settling)
{
	if (settling->count == 0)
		return -1;
	double first = settles(settling, &settling->names[0]);
	double last = first;
	for (size_t i = 1; i < settling->count; i++) {
		double at = settles(settling, &settling->names[i]);
		first = least(first, at);
		last = most(last, at);
	}
	return least(last, first + courtesy_seconds);
}

/* Returns whether there was one. */
static bool forget(struct settling *settling, const bool *forgotten)
{
	size_t kept = 0;
	for (size_t i = 0; i < settling->count; i++) {
		if (forgotten[i])
			free(settling->names[i].name);
		else
			settling->names[kept++] = settling->names[i];
	}
	bool any = kept < settling->count;
	settling->count = kept;
	return any;
}

/* All are asked before one is forgotten: what stands for all settles after the rest. */
bool settling_take(struct settling *settling, double now)
{
	bool settled[SETTLING_MAX + 1];
	for (size_t i = 0; i < settling->count; i++)
		settled[i] = settles(settling, &settling->names[i]) <= now;
	return forget(settling, settled);
}

void settling_drop(struct settling *settling)
{
	bool closed[SETTLING_MAX + 1];
	for (size_t i = 0; i < settling->count; i++)
		closed[i] = !settling->names[i].open;
	forget(settling, closed);
}

void settling_finish(struct settling *settling)
{
	for (size_t i = 0; i < settling->count; i++)
		free(settling->names[i].name);
	settling->count = 0;
}
