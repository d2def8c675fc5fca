/** Commands of collections at the shell, each run when it is drawn. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_COMMANDS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_COMMANDS_H

#include <stdbool.h>

#include "core/choice/quoter.h"

/** A quoter whose commands are run. */
struct shell_commands {
	struct quoter *quoter;
	bool failed; /* at least one did, and a warning says why */
};

/** Runs each command that \p quoter draws, and waits for it, until shell_commands_stop(). */
void shell_commands_start(struct shell_commands *commands, struct quoter *quoter);

/** Stops running commands. */
void shell_commands_stop(struct shell_commands *commands);

#endif
