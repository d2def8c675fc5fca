/** "lines:PATH", "json:PATH" and "csv:PATH": the quotes of a single file; and what these sources
 * have in common with "fortune:PATH". */
#ifndef QUOTED_CORE_SOURCES_FILE_SOURCE_H
#define QUOTED_CORE_SOURCES_FILE_SOURCE_H

#include "core/formats/quote_file.h"
#include "core/sources/source.h"

/** As source_load, each for its scheme. */
bool file_source_load_lines(const char *name, struct loader *loader, struct error *reterr);
bool file_source_load_json(const char *name, struct loader *loader, struct error *reterr);
bool file_source_load_csv(const char *name, struct loader *loader, struct error *reterr);

/** Opens \p file, reads it in \p format, as quote_file.h says, and closes it. */
bool file_source_read(enum format format, struct quote_file *file, struct error *reterr);

/** Adds the quotes of the file \p path to the library, or passes it over if loader->in_directory
 * and it is not a fortune file. Returns false, and adds nothing, if it cannot be read. */
bool file_source_load(
	enum format format, struct loader *loader, const char *path, struct error *reterr);

/** Returns what the file \p path looks like, see format_guess(); FORMAT_FORTUNE for a directory,
 * and if it cannot be read. */
enum format file_source_guess(const char *path);

#endif
