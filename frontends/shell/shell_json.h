/** The lines of quoted list --json. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_JSON_H
#define QUOTED_FRONTENDS_SHELL_SHELL_JSON_H

#include "core/base/buffer.h"
#include "core/library/library.h"

/**
 * Appends the line of a file: its collection and whether that is private, its name, path, format,
 * charset and delimiter, whether it is rot13, what became of its .dat file, its numbers of quotes
 * and of duplicates, \p share, its chance in percent, and in "mended" what was done to its text.
 */
void shell_json_file(struct buffer *out, const struct library *library,
	const struct library_file *file, double share);

/** Appends the line of a collection that runs a command: its name, whether it is private, the
 * command and \p share, its chance in percent. */
void shell_json_command(struct buffer *out, const struct collection *collection, double share);

#endif
