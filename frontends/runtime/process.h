/** Sets up the process: signals, limits, time zone, user. */
#ifndef QUOTED_FRONTENDS_RUNTIME_PROCESS_H
#define QUOTED_FRONTENDS_RUNTIME_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

enum { PROCESS_FILES_MAX = 65536 };

/**
 * Once and before anything else. Ignores SIGPIPE, SIGUSR1, SIGUSR2 and SIGXFSZ, so that a write
 * over a limit on file sizes only fails, and blocks SIGHUP, which would end the daemon, until
 * runtime_start() unblocks it; \p in_shell each does what it usually does. Raises the soft limit of
 * open files to the hard one, at most to PROCESS_FILES_MAX; a limit that cannot be raised stays. If
 * a standard stream is closed, its descriptor is kept from what is opened next: reading and writing
 * it fails.
 */
void process_prepare(bool in_shell);

/** Becomes the user \p name and its groups, for good, if the process is root's; an empty name
 * changes nothing. Returns false with "user: ..." if it cannot. */
bool process_become(const char *name, struct error *reterr);

/** Returns a random seed, or one made from the clock if the system has no randomness. */
uint64_t process_seed(void);

/** Makes \p zone, a name of the tz database such as "Europe/Berlin", the process's time zone; an
 * empty one leaves the system's. */
void process_set_timezone(const char *zone);

#endif
