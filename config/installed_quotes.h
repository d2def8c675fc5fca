/** The quotes to serve: those configured, else what the machine has. */
#ifndef QUOTED_CONFIG_INSTALLED_QUOTES_H
#define QUOTED_CONFIG_INSTALLED_QUOTES_H

#include "core/error.h"
#include "core/quoter.h"

/**
 * Opens \p specs as quoter_open() does. Where there are none: the first directory of the system's
 * fortunes that has quotes, else the proverbs that come with the program, ../share/quoted/proverbs
 * seen from its directory.
 */
struct quoter *installed_quotes_open(const struct strings *specs, struct rng *rng,
	struct strings *warnings, struct error *reterr);

#endif
