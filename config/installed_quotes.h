/** The quotes to serve: those configured, else what the machine has. */
#ifndef QUOTED_CONFIG_INSTALLED_QUOTES_H
#define QUOTED_CONFIG_INSTALLED_QUOTES_H

#include "config/config.h"
#include "core/base/strings.h"
#include "core/sources/loader.h"

/**
 * Loads the "quotes" and the "collection" sections of \p config as loader_try() does; the
 * collections of the result are copies. If the configuration has neither, it loads the first
 * directory of the system's fortunes that has quotes, or else the proverbs that come with the
 * program, in ../share/quoted/proverbs seen from its directory. Also returns NULL with a problem if
 * only offensive quotes are wanted and the system has none.
 */
struct library *installed_quotes_load(
	const struct config *config, struct loader *loader, struct strings *problems);

/**
 * Returns the path of what \p name names among the system's fortunes, as in fortune(6), for the
 * caller to free: a file or a directory, also within one ("es/off"); the offensive file NAME-o, if
 * need be as off/NAME-o or off/NAME; all of them, "all", or all offensive ones, "all-o". Returns
 * NULL if there is none, if it is the name of a file here, or if it begins with "/" or ".".
 */
char *installed_quotes_find(const char *name);

/** Appends the spec of what \p name names there, or else of the file \p name. */
void installed_quotes_add(struct strings *quotes, const char *name);

#endif
