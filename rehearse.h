/** Finds before a start what would fail in it. */
#ifndef QUOTED_REHEARSE_H
#define QUOTED_REHEARSE_H

#include "setup.h"

/** Adds to the problems of \p setup each address that two settings listen on. */
void rehearse_addresses(struct setup *setup);

/**
 * Tries to bind each address and to find each command, and adds to the problems what fails. An
 * address that is in use is none: it may be that of the daemon that runs.
 */
void rehearse_start(struct setup *setup);

#endif
