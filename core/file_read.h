/** A file as octets in memory. */
#ifndef QUOTED_CORE_FILE_READ_H
#define QUOTED_CORE_FILE_READ_H

#include <stdbool.h>

#include "core/buffer.h"
#include "core/error.h"

/**
 * Appends the whole regular file \p path, symbolic links followed. Never waits: what is a FIFO, a
 * device, a socket or a directory is refused. Returns false with the path and the reason; \p out
 * may have grown then.
 */
bool file_read(const char *path, struct buffer *out, struct error *reterr);

#endif
