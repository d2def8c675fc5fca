/** "fortune:PATH": the quotes of a fortune file, or of the files in a directory. */
#ifndef QUOTED_CORE_SOURCES_FORTUNE_SOURCE_H
#define QUOTED_CORE_SOURCES_FORTUNE_SOURCE_H

#include "core/sources/source.h"

/**
 * As source_load. The files of a directory are read in the order of their names (by octets),
 * subject to the collection's patterns. Hidden files, those that belong to another one
 * (fortune_name.h), and subdirectories are left out. Any other file that is not one of quotes
 * (fortune_file.h) is passed over and noted in the library. A directory without a file of quotes is
 * an error, unless the options left one out. Offensive quotes, which are in off/ or in files that
 * end in "-o", are read only if the collection takes them. Symbolic links are followed; anything
 * but a regular file is skipped with a warning. A file that is named itself is read whatever its
 * name is.
 */
bool fortune_source_load(const char *name, struct loader *loader, struct error *reterr);

#endif
