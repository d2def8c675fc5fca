/** Commands of collections at the shell: run when they are drawn, a run a quote. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_COMMANDS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_COMMANDS_H

#include <stdbool.h>

#include "core/choice/quoter.h"

/** Who runs them. */
struct shell_commands {
	struct quoter *quoter;
	bool failed; /* at least one did, and the reason is in the log */
};

/** Runs the commands that \p quoter draws, and waits for them, until shell_commands_stop(). */
void shell_commands_start(struct shell_commands *commands, struct quoter *quoter);

/** Runs none any more. */
void shell_commands_stop(struct shell_commands *commands);

#endif
