/** Runs a program and takes what it writes. Blocks: for a worker's thread. */
#ifndef QUOTED_CORE_SOURCES_COMMAND_H
#define QUOTED_CORE_SOURCES_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/strings.h"

/** What a run may cost. */
struct command_limits {
	unsigned timeout_ms;
	size_t max_bytes; /* octets of output */
	int cancel;       /* a descriptor: readable means that nobody wants the run; 0: none */
};

/**
 * Splits a command into words at its blanks; '...' and "..." keep blanks, a backslash outside of
 * '...' keeps the next character. Nothing else is special: no shell reads it. Returns false where
 * there is no word or a quote is open.
 */
bool command_split(const char *text, struct strings *ret_argv, struct error *reterr);

/**
 * Runs \p argv, its program looked up in PATH, without input and in a process group of its own, and
 * appends what it wrote to \p out. It is killed where it runs longer or writes more than \p limits
 * allow or is cancelled. Returns false with "command:PROGRAM: ..." for that, for an exit status
 * that is not 0 (with the first line it wrote as an error) and for an end by a signal. However it
 * ended, what is left of its process group is killed. Nobody else may wait for the process: no
 * SIGCHLD handler that reaps all.
 */
bool command_run(const struct strings *argv, const struct command_limits *limits,
	struct buffer *out, struct error *reterr);

#endif
