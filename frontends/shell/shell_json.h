/** The lines of quoted list --json. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_JSON_H
#define QUOTED_FRONTENDS_SHELL_SHELL_JSON_H

#include "core/base/buffer.h"
#include "core/library/library.h"

/**
 * Appends a line on a file: its collection, whether that is private, its name, path, charset,
 * delimiter, whether it is rot13, what became of its .dat file, numbers of quotes and of
 * duplicates, \p share, its chance in percent, and "mended", what was done to it.
 */
void shell_json_file(struct buffer *out, const struct library *library,
	const struct library_file *file, double share);

/** Appends a line on a collection that runs a command: its name, whether it is private, the command
 * and \p share, its chance in percent. */
void shell_json_command(struct buffer *out, const struct collection *collection, double share);

#endif
