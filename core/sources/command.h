/** Runs a program and reads its output. Blocks, so call it on a worker's thread. */
#ifndef QUOTED_CORE_SOURCES_COMMAND_H
#define QUOTED_CORE_SOURCES_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/strings.h"

/** The limits of a run. */
struct command_limits {
	unsigned timeout_ms;
	size_t max_bytes; /* octets of output */
	int cancel;       /* descriptor that becomes readable to cancel the run; 0: none */
};

/**
 * Splits a command into words at blanks, tabs and line feeds. '...' and "..." keep them together; a
 * backslash outside '...' keeps the next character. Nothing else is special, as no shell is
 * involved. Returns false if there is no word or a quotation mark is not closed; \p ret_argv is the
 * caller's to finish even so.
 */
bool command_split(const char *text, struct strings *ret_argv, struct error *reterr);

/**
 * Runs \p argv, looking the program up in PATH, without input and in a process group of its own,
 * and appends its standard output to \p out. Kills it if it exceeds \p limits or is cancelled.
 * Returns false with "command:PROGRAM: ..." in these cases, if the program cannot be started, if it
 * exits with a status other than 0 (with the first line of its standard error) and if a signal
 * ended it; \p out may have grown even so. When the program ends, the rest of its process group is
 * killed. The process must not be waited for elsewhere, as by a SIGCHLD handler that reaps all
 * children.
 */
bool command_run(const struct strings *argv, const struct command_limits *limits,
	struct buffer *out, struct error *reterr);

#endif
