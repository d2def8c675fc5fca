/** Compresses the content of replies (RFC 1952). The only files that use zlib. */
#ifndef QUOTED_FRONTENDS_HTTP_GZIP_H
#define QUOTED_FRONTENDS_HTTP_GZIP_H

#include <stddef.h>

#include "core/base/buffer.h"

/** The constant octets that many contents begin with, compressed once. */
struct gzip_part {
	size_t length;
	unsigned long crc;
	struct buffer deflated;
};

struct gzip;

/** Makes a compressor, which keeps its memory of 100 KB. */
struct gzip *gzip_create(void);

/** Compresses a constant part of \p length octets. */
void gzip_prepare(struct gzip *gzip, const char *data, size_t length, struct gzip_part *ret_part);

/** Appends \p content, compressed. \p front are its first octets, NULL if none are prepared. */
void gzip_write(struct gzip *gzip, const struct gzip_part *front, const struct buffer *content,
	struct buffer *out);

/** Frees what gzip_prepare() made. */
void gzip_finish_part(struct gzip_part *part);

/** Frees it; NULL is a no-op. */
void gzip_destroy(struct gzip *gzip);

#endif
