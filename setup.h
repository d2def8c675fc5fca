/** Reads the configuration and opens its quotes, for the daemon and the shell alike. */
#ifndef QUOTED_SETUP_H
#define QUOTED_SETUP_H

#include <stdatomic.h>

#include "config/common_options.h"
#include "config/config.h"
#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "frontends/frontend.h"

/** A configuration and its quotes. */
struct setup {
	const struct frontend_ops *const *frontends; /* borrowed; the last is NULL */
	struct config_schema *schemas;               /* of each front end, then of collections */
	struct config config;
	struct strings problems; /* of the configuration: a sentence on each mistake */
	bool lacks_quotes;       /* some could not be loaded; the rest is not to be served */
	struct strings warnings; /* of loading the quotes */
	struct rng *rng;         /* borrowed */
	struct quoter *quoter;
};

/** Returns an empty one, which borrows its arguments; the last front end is NULL. */
struct setup *setup_create(const struct frontend_ops *const *frontends, struct rng *rng);

/**
 * Reads the configuration and replaces its quotes by those of \p options. If the configuration has
 * mistakes, \p reterr is empty and the setup's problems name each.
 */
bool setup_read_config(
	struct setup *setup, const struct common_options *options, struct error *reterr);

/** Adds \p reason to the problems, with its place in the configuration, as config_locate(). */
void setup_refuse(struct setup *setup, const struct config_section *section, const char *reason);

/**
 * Loads the quotes of the configuration that was read, as loader_try(). Returns false if the
 * setup's problems say why they are not to be served. If the setup has a quoter all the same, it is
 * there to find out what else is wrong, with the front ends.
 */
bool setup_open_quotes(
	struct setup *setup, const struct library *before, const atomic_bool *cancel);

/** Returns the front end that \p section of the configuration is for; NULL if it is a collection.
 */
const struct frontend_ops *setup_frontend(
	const struct setup *setup, const struct config_section *section);

/** Makes the asker of the wire that a front end's \p section configures, as asker_create(). It
 * shows nothing if the front end shows no quotes. If the setup lacks quotes, it does not matter
 * which collections the wire names. */
struct asker *setup_asker(struct setup *setup, const struct config_section *section,
	struct searcher *searcher, struct error *reterr);

/** Returns whether any front end that shows quotes is configured; if none is, \p reterr says so. */
bool setup_has_frontend(const struct setup *setup, struct error *reterr);

/** Has the log written as the configuration says. */
void setup_start_log(const struct setup *setup);

/** Logs the mistakes of the configuration, and \p error unless it is empty. */
void setup_report(const struct setup *setup, const struct error *error);

/** Frees it; NULL is a no-op. */
void setup_destroy(struct setup *setup);

#endif
