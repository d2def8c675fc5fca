/** Tells whether the files of a source have changed, without reading them. */
#ifndef QUOTED_CORE_SOURCES_FILE_STATE_H
#define QUOTED_CORE_SOURCES_FILE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/strings.h"

/** A look at files. All zero but for watched at first. */
struct file_state {
	uint64_t fingerprint;    /* of all that was looked at so far */
	struct strings *watched; /* may be NULL; see loader_look(), but not sorted */
	bool in_directory;       /* of this source, whose names are all watched anyway */
};

/** Looks at the file \p path and at those beside it that affect how it is read: with .dat and .u8
 * behind its name. */
void file_state_add(struct file_state *state, const char *path);

/** Looks at the directory \p path, whose files follow. It is watched even if it cannot be read, as
 * that may change. */
void file_state_add_directory(struct file_state *state, const char *path);

#endif
