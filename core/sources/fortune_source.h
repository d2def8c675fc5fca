/** "fortune:PATH": the quotes of a fortune file or of the files in a directory. */
#ifndef QUOTED_CORE_SOURCES_FORTUNE_SOURCE_H
#define QUOTED_CORE_SOURCES_FORTUNE_SOURCE_H

#include "core/sources/source.h"

/**
 * A directory is read without the directories in it, in the order of the names, without names that
 * start with a dot or end in a suffix that fortune passes over (.dat, .u8, .c, ...), by the
 * collection's patterns. Offensive quotes, which are in off/ or in files that end in "-o", are left
 * out but where the collection takes them. Symbolic links are followed; nothing but regular files
 * is read.
 */
extern const struct source_ops fortune_source_ops;

#endif
