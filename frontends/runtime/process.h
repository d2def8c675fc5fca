/** Sets up the process, once and before anything else: signals, limits, time zone. */
#ifndef QUOTED_FRONTENDS_RUNTIME_PROCESS_H
#define QUOTED_FRONTENDS_RUNTIME_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

enum { PROCESS_FILES_MAX = 65536 };

/**
 * Ignores SIGPIPE and blocks SIGHUP, which would end the daemon until runtime_start() unblocks it;
 * \p in_shell both end the program. Raises the soft limit of open files to the hard one, at most to
 * PROCESS_FILES_MAX; a limit that cannot be raised stays. If a standard stream is closed, its
 * descriptor is kept from what is opened next: reading and writing it fails.
 */
void process_prepare(bool in_shell);

/** Returns a random seed, or one made from the clock if the system has no randomness. */
uint64_t process_seed(void);

/**
 * Makes \p zone, a name of the tz database such as "Europe/Berlin", the process's time zone; an
 * empty one leaves the system's. Returns false with "timezone: ..." if there is no such zone.
 */
bool process_set_timezone(const char *zone, struct error *reterr);

#endif
