/** "fortune:PATH": the quotes of a fortune file, or of the files in a directory. */
#ifndef QUOTED_CORE_SOURCES_FORTUNE_SOURCE_H
#define QUOTED_CORE_SOURCES_FORTUNE_SOURCE_H

#include "core/sources/source.h"

/**
 * The files of a directory are read in the order of their names (by octets), subject to the
 * collection's patterns. Names that start with a dot or end in a suffix that fortune skips (.dat,
 * .u8, .c, ...) are left out, and so are subdirectories. Offensive quotes, which are in off/ or in
 * files that end in "-o", are read only if the collection takes them. Symbolic links are followed;
 * what is not a regular file is skipped with a warning. A file that is named itself is read
 * whatever its name is.
 */
extern const struct source_ops fortune_source_ops;

#endif
