/** The quotes to serve: those configured, else what the machine has. */
#ifndef QUOTED_CONFIG_INSTALLED_QUOTES_H
#define QUOTED_CONFIG_INSTALLED_QUOTES_H

#include "config/config.h"
#include "core/base/error.h"
#include "core/choice/quoter.h"
#include "core/library/collection.h"

/** The collections of a configuration; all zero is none. It stays in its place while in use. */
struct installed_quotes {
	struct collections collections;
	struct collection_options plain; /* of the collection "quotes" */
};

/**
 * Loads the "quotes" and the "collection" sections of \p config, which outlives both, as
 * loader_load() does, and makes their quoter with the system's clock. If there is neither, it loads
 * the first directory of the system's fortunes that has quotes, or else the proverbs that come with
 * the program, in ../share/quoted/proverbs seen from its directory. The result refers to \p quotes,
 * which installed_quotes_finish() frees even on failure.
 */
struct quoter *installed_quotes_open(struct installed_quotes *quotes, const struct config *config,
	struct rng *rng, struct strings *warnings, struct error *reterr);

/** Returns the path of the system's fortune file or directory called \p name, for the caller to
 * free; NULL if there is none. */
char *installed_quotes_find(const char *name);

/** Frees what it owns. */
void installed_quotes_finish(struct installed_quotes *quotes);

#endif
