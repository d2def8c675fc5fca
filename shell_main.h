/** The commands of the shell, from the command line to the exit status. */
#ifndef QUOTED_SHELL_MAIN_H
#define QUOTED_SHELL_MAIN_H

#include "frontends/frontend.h"

/**
 * Runs the command that argv[1] names. \p frontends, the last of them NULL, are those that a
 * configuration can have sections for; none is created. Returns the exit status.
 */
int shell_main(int argc, char **argv, const struct frontend_ops *const *frontends);

#endif
