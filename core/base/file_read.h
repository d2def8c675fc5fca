/** A file as octets in memory. */
#ifndef QUOTED_CORE_BASE_FILE_READ_H
#define QUOTED_CORE_BASE_FILE_READ_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/**
 * Opens the regular file \p path for reading, symbolic links followed. Never waits: what is a FIFO,
 * a device, a socket or a directory is refused. Returns -1 with the path and the reason.
 */
int file_open(const char *path, struct error *reterr);

/** Appends up to \p most octets of what can be read next. Returns their number, 0 at the end, -1 on
 * failure. */
long file_read_chunk(int fd, size_t most, struct buffer *out);

/**
 * Appends the whole file \p path, which file_open() opens. Returns false with the path and the
 * reason; \p out may have grown then.
 */
bool file_read(const char *path, struct buffer *out, struct error *reterr);

#endif
