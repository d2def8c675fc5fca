/** Front ends that run together, in their order, and what they learn of each other. */
#ifndef QUOTED_FRONTENDS_RUNTIME_UNITS_H
#define QUOTED_FRONTENDS_RUNTIME_UNITS_H

#include "frontends/runtime/unit.h"

/** A list; all zero is empty. */
struct units {
	struct unit **items;
	size_t count;
};

/** Appends a unit, which another list can have too. */
void units_add(struct units *units, struct unit *unit);

/** Returns the unit of that name; NULL: there is none. */
struct unit *units_find(const struct units *units, const char *name);

/** Returns whether \p unit itself is in the list. */
bool units_have(const struct units *units, const struct unit *unit);

/** Returns whether any of them runs. */
bool units_run(const struct units *units);

/** Sets the members of \p context by which a front end learns of its peers: find_state, write_link,
 * write_permalink and subscribe. */
void units_introduce(struct frontend_context *context);

/** Destroys the units, the last one first; the list is empty afterwards. */
void units_finish(struct units *units);

#endif
