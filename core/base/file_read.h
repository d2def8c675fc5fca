/** Reads files into memory. */
#ifndef QUOTED_CORE_BASE_FILE_READ_H
#define QUOTED_CORE_BASE_FILE_READ_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/**
 * Opens the regular file \p path for reading, following symbolic links. Refuses a FIFO, device,
 * socket or directory, and so never waits for a peer. Returns the descriptor, the caller's to
 * close, or -1 with "PATH: REASON", and the remedy if it is known.
 */
int file_open(const char *path, struct error *reterr);

/** Returns what to append to the message that \p path cannot be read for \p reason, an errno: what
 * to do about it, or "". */
const char *file_remedy(const char *path, int reason);

/** Appends up to \p most octets, as many as one read(2) gives. Returns their number, 0 at the end
 * of the file, or -1 with errno set. */
long file_read_chunk(int fd, size_t most, struct buffer *out);

/** Appends the whole file \p path, opened with file_open(). Returns false with "PATH: REASON"; even
 * then \p out may have grown. */
bool file_read(const char *path, struct buffer *out, struct error *reterr);

#endif
