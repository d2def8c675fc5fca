/** What the system looks up to find a file. */
#ifndef QUOTED_CORE_SOURCES_LOOKUP_H
#define QUOTED_CORE_SOURCES_LOOKUP_H

#include "core/base/strings.h"

/**
 * Appends every name that is looked up on the way to \p path, each behind the directory in which
 * it is: those above it, symbolic links and what they lead to. Where one of them stands for
 * something else, \p path may do so. Ends at what is not there.
 */
void lookup_names(const char *path, struct strings *ret_names);

#endif
