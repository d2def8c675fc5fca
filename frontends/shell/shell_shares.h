/** The chance of each file and each command to be drawn. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_SHARES_H
#define QUOTED_FRONTENDS_SHELL_SHELL_SHARES_H

#include "core/library/library.h"
#include "core/library/selection.h"

/** Shares in percent: together 100, or 0 if nothing can be drawn. */
struct shell_shares {
	struct selection selection; /* what is drawn from */
	double *files;              /* of each file of the library */
	double *commands;           /* of each collection: of its command */
};

/**
 * Finds the shares of what \p names name, as selection_init() does. Returns false, with nothing to
 * free, if a name is unknown.
 */
bool shell_shares_init(struct shell_shares *shares, const struct library *library,
	const struct strings *names, struct error *reterr);

/** Returns whether \p selection has a quote to draw or a command to run. */
bool shell_shares_any(const struct selection *selection, const struct library *library);

/** Frees it. */
void shell_shares_finish(struct shell_shares *shares);

#endif
