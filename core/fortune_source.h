/** "fortune:PATH": the quotes of a fortune file or of the files in a directory. */
#ifndef QUOTED_CORE_FORTUNE_SOURCE_H
#define QUOTED_CORE_FORTUNE_SOURCE_H

#include "core/source.h"

/**
 * A directory is read without the directories in it (so that a collection of offensive quotes,
 * off/, is read only where it is named), in the order of the names, without names that start with a
 * dot, that end in "-o" (offensive) or in a suffix that fortune passes over (.dat, .u8, .c, ...).
 * Symbolic links are followed; nothing but regular files is read. Where a valid .dat file beside a
 * file says that it is rotated by 13 letters, it is turned back.
 */
extern const struct source_ops fortune_source_ops;

#endif
