/** Decides when files that are changing have settled. Pure; times are in seconds of any clock. */
#ifndef QUOTED_FRONTENDS_KEEPER_SETTLING_H
#define QUOTED_FRONTENDS_KEEPER_SETTLING_H

#include <stdbool.h>

#include "core/base/strings.h"

/** All changes since settling_take(), taken together. All zero is none. */
struct settling {
	struct strings open; /* files written to and not closed since */
	bool any;
	double first;
	double last;
};

/** Notes a change of the file \p name. If it \p is_written, a program has it open; if not, it was
 * closed, or another file has the name now. \p name is "" for a change that says neither. */
void settling_note(struct settling *settling, const char *name, bool is_written, double now);

/**
 * Returns when the changes have settled: after 0.3 s without another, or, if files are still open
 * or keep changing, 5 s after the first. INFINITY if there are none.
 */
double settling_due(const struct settling *settling);

/** Returns whether the changes have settled, and forgets them if so. What changes next is a change
 * of its own, even to a file that stays open. */
bool settling_take(struct settling *settling, double now);

/** Forgets everything. */
void settling_finish(struct settling *settling);

#endif
