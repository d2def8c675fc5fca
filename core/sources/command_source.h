/** "command:ARGV": what a program writes, a quote a run. */
#ifndef QUOTED_CORE_SOURCES_COMMAND_SOURCE_H
#define QUOTED_CORE_SOURCES_COMMAND_SOURCE_H

#include "core/base/buffer.h"
#include "core/sources/source.h"

/** Loading only checks how the command is written; it runs nothing. */
extern const struct source_ops command_source_ops;

/**
 * Runs the command of a collection and appends what it wrote as the text of a quote. Blocks up to
 * the collection's timeout, or until the descriptor \p cancel (0: none) is readable. Returns false
 * with the command and the reason.
 */
bool command_source_run(const struct collection_options *options, int cancel, struct buffer *out,
	struct error *reterr);

#endif
