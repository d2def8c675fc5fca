/** Tells whether the files of a source have changed, without reading them. */
#ifndef QUOTED_CORE_SOURCES_FILE_STATE_H
#define QUOTED_CORE_SOURCES_FILE_STATE_H

#include "core/sources/loader.h"

/** Mixes the state of the file \p path, and of those beside it that affect how it is read (with
 * .dat and .u8 behind its name), into the library's fingerprint, and watches them. Call it before
 * the file is read, so that a change meanwhile is noticed. */
void file_state_add(struct loader *loader, const char *path);

/** Watches the directory \p path, whose files follow, even if it cannot be read, as that may
 * change. */
void file_state_add_directory(struct loader *loader, const char *path);

#endif
