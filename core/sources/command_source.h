/** "command:ARGV": each run of a program writes one quote. */
#ifndef QUOTED_CORE_SOURCES_COMMAND_SOURCE_H
#define QUOTED_CORE_SOURCES_COMMAND_SOURCE_H

#include "core/base/buffer.h"
#include "core/sources/source.h"

/** As source_load, but only checks the syntax of the command, and runs nothing. */
bool command_source_load(const char *name, struct loader *loader, struct error *reterr);

/**
 * Runs the command of a collection and appends its output, cleaned, as the text of a quote. Blocks
 * up to the collection's timeout, or until the descriptor \p cancel (0: none) becomes readable.
 * Returns false with "command:PROGRAM: ...", also if the output is blank or not UTF-8.
 */
bool command_source_run(
	const struct collection *collection, int cancel, struct buffer *out, struct error *reterr);

#endif
