/** Lists the names that the system looks up to find a file. */
#ifndef QUOTED_CORE_SOURCES_LOOKUP_H
#define QUOTED_CORE_SOURCES_LOOKUP_H

#include "core/base/strings.h"

/**
 * Appends every name that is looked up on the way to \p path, each with its directory: the
 * directories above it, symbolic links and what they lead to. If any of these names is replaced,
 * \p path may lead to another file. Ends at the first name that does not exist.
 */
void lookup_names(const char *path, struct strings *ret_names);

#endif
