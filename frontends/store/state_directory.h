/** Where what must survive a restart is kept. */
#ifndef QUOTED_FRONTENDS_STORE_STATE_DIRECTORY_H
#define QUOTED_FRONTENDS_STORE_STATE_DIRECTORY_H

#include <stdbool.h>

#include "core/base/error.h"

/**
 * Returns the directory, the caller's to free: \p setting, or if that is "", the first of
 * $STATE_DIRECTORY, /var/lib/quoted if it can be written, and quoted in $XDG_STATE_HOME or
 * ~/.local/state. With \p create, makes it if it is missing, for its owner and group alone. Returns
 * NULL, with the remedy, if it cannot be written.
 */
char *state_directory_find(const char *setting, bool create, struct error *reterr);

#endif
