/** From the charset of a file to UTF-8. The only owner of iconv. */
#ifndef QUOTED_CORE_SOURCES_DECODE_H
#define QUOTED_CORE_SOURCES_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

struct decoder;

/**
 * Opens a charset by a name of iconv's. "ISO-8859-1" is always there. Returns NULL where iconv does
 * not know it or it does not have ASCII as its first half, as UTF-16 has not.
 */
struct decoder *decode_open(const char *charset, struct error *reterr);

/** Octets that are nothing in their charset; all zero is none. */
struct decode_flaws {
	size_t count;
	size_t first; /* where in the UTF-8 the first of them became U+FFFD */
};

/** Appends \p text as UTF-8, with U+FFFD for each octet that is nothing in the charset. Returns
 * these, by their place in \p out. */
struct decode_flaws decode_text(
	struct decoder *decoder, const char *text, size_t length, struct buffer *out);

/** Frees it; NULL is a no-op. */
void decode_close(struct decoder *decoder);

#endif
