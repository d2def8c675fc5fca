/** Reads the configuration and opens its quotes, for the daemon and the shell alike. */
#ifndef QUOTED_SETUP_H
#define QUOTED_SETUP_H

#include "config/common_options.h"
#include "config/config.h"
#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "frontends/frontend.h"

/** All zero but for the front ends; it stays in its place, as its parts refer to each other. */
struct setup {
	const struct frontend_ops *const *frontends; /* borrowed; the last is NULL */
	struct config_schema *schemas;               /* of each front end, then of collections */
	struct config config;
	struct strings problems; /* of the configuration: a sentence on each mistake */
	struct strings warnings; /* of loading the quotes */
	struct rng rng;
	struct quoter *quoter;
};

/**
 * Reads the configuration, replaces its quotes by those of \p options and sets the time zone.
 * setup_finish() frees the result in any case. If the configuration has mistakes, \p reterr is
 * empty and the setup's problems name each.
 */
bool setup_read_config(
	struct setup *setup, const struct common_options *options, struct error *reterr);

/** Loads the quotes of the configuration that was read; \p options give the seed. */
bool setup_open_quotes(
	struct setup *setup, const struct common_options *options, struct error *reterr);

/** Returns the front end that \p section of the configuration is for; NULL if it is a collection.
 */
const struct frontend_ops *setup_frontend(
	const struct setup *setup, const struct config_section *section);

/** Makes the asker of the wire that a front end's \p section configures, as asker_create(). */
struct asker *setup_asker(struct setup *setup, const struct config_section *section,
	struct searcher *searcher, struct error *reterr);

/** Logs the mistakes of the configuration, and \p error unless it is empty. */
void setup_report(const struct setup *setup, const struct error *error);

/** Frees everything but the front ends. */
void setup_finish(struct setup *setup);

#endif
