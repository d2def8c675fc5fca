/** The quotes to serve: those configured, else what the machine has. */
#ifndef QUOTED_CONFIG_INSTALLED_QUOTES_H
#define QUOTED_CONFIG_INSTALLED_QUOTES_H

#include <stdatomic.h>

#include "config/config.h"
#include "core/base/strings.h"
#include "core/library/library.h"

/**
 * Loads the "quotes" and the "collection" sections of \p config as loader_try() does, with its
 * \p before and \p cancel; the collections of the result are copies. If the configuration has
 * neither, it loads the first directory of the system's fortunes that has quotes, or else the
 * proverbs that come with the program, in ../share/quoted/proverbs seen from its directory. Also
 * returns NULL with a problem if only offensive quotes are wanted and the system has none.
 */
struct library *installed_quotes_load(const struct config *config, const struct library *before,
	const atomic_bool *cancel, struct strings *warnings, struct strings *problems);

/** Returns the path of the system's fortune file or directory called \p name, for the caller to
 * free; NULL if there is none. */
char *installed_quotes_find(const char *name);

#endif
