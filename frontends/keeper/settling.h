/** Names that are in the middle of a change, and when it is over. Pure. */
#ifndef QUOTED_FRONTENDS_KEEPER_SETTLING_H
#define QUOTED_FRONTENDS_KEEPER_SETTLING_H

#include <stdbool.h>
#include <stddef.h>

/** Names that are told apart; what happens to further ones counts as happening to all. */
enum { SETTLING_MAX = 64 };

/** In place of a directory: anything may have changed. */
enum { SETTLING_ALL = -1 };

enum settling_event {
	SETTLING_EVENT_WRITTEN, /* by somebody who has it open */
	SETTLING_EVENT_CHANGED, /* closed, or another file from now on: that change is complete */
	SETTLING_EVENT_TOUCHED, /* neither */
};

/** A name in a directory, which has a number from 0 on. */
struct settling_name {
	int directory;
	char *name; /* "": the directory itself */
	bool open;  /* being written */
	double first;
	double last; /* the events that were not taken */
};

/** All zero is none. */
struct settling {
	struct settling_name names[SETTLING_MAX + 1];
	size_t count;
};

/**
 * Notes an event at a time in seconds. A name settles 0.3 s after its last event, and one that is
 * being written not before that ends; each does 10 s after its first event. What stands for all
 * settles after the rest.
 */
void settling_note(struct settling *settling, int directory, const char *name,
	enum settling_event event, double now);

/** Returns when to take what has settled: once all has, or 1 s after the first that did. Negative
 * where there is none. */
double settling_due(const struct settling *settling);

/** Forgets the names that have settled by now; returns whether there was one. */
bool settling_take(struct settling *settling, double now);

/** Forgets those that nobody is writing: something else makes up for them. */
void settling_drop(struct settling *settling);

/** Forgets all. */
void settling_finish(struct settling *settling);

#endif
