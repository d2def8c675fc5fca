/** Converts the charset of a file to UTF-8. The only files that use iconv. */
#ifndef QUOTED_CORE_FORMATS_DECODE_H
#define QUOTED_CORE_FORMATS_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

struct decoder;

/** Opens a charset by its name in iconv; "ISO-8859-1" always works. Returns NULL if iconv does not
 * know it or its octets below 128 are not ASCII, as in UTF-16. */
struct decoder *decode_open(const char *charset, struct error *reterr);

/** Octets that are invalid in their charset; all zero if there are none. */
struct decode_flaws {
	size_t count;
	size_t first; /* offset in the output of the U+FFFD for the first of them */
};

/** Appends \p text as UTF-8, with U+FFFD for each octet that is invalid in the charset. */
struct decode_flaws decode_text(
	struct decoder *decoder, const char *text, size_t length, struct buffer *out);

/** Frees it; NULL is a no-op. */
void decode_close(struct decoder *decoder);

#endif
