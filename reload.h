/** The front ends of a configuration, and its reload: what differs is changed while the rest goes
 * on. */
#ifndef QUOTED_RELOAD_H
#define QUOTED_RELOAD_H

#include "config/options.h"
#include "frontends/runtime/runtime.h"
#include "setup.h"

struct reload;

/**
 * Adds the front ends of \p setup to those that the runtime is to run, and their wires to its
 * quoter. Those of \p running (NULL: none run) whose sections are the same are kept. Returns false
 * if any is refused; the setup's problems then name each.
 */
bool reload_add_frontends(
	struct setup *setup, const struct setup *running, struct runtime *runtime);

/** Has each reload of \p runtime read the configuration of \p options again. Takes over \p running,
 * which is on the heap and whose front ends run; borrows the rest. */
struct reload *reload_create(
	const struct options *options, struct setup *running, struct runtime *runtime);

/** Frees it and the running setup; after the runtime. NULL is a no-op. */
void reload_destroy(struct reload *reload);

#endif
