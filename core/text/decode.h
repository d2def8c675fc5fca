/** Converts the charset of a file to UTF-8. The only files that use iconv. */
#ifndef QUOTED_CORE_TEXT_DECODE_H
#define QUOTED_CORE_TEXT_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

struct decoder;

/** Opens a charset by its name in iconv; "ISO-8859-1" always works. Returns NULL if iconv does not
 * know it or its octets below 128 are not ASCII, as in UTF-16. */
struct decoder *decode_open(const char *charset, struct error *reterr);

/** Opens UTF-16, big-endian or little-endian. Returns NULL if iconv does not know it. */
struct decoder *decode_open_utf16(bool is_big, struct error *reterr);

/** Returns how many octets of \p text, in UTF-16, can be converted without those that follow. */
size_t decode_utf16_whole(const struct decoder *decoder, const char *text, size_t length);

/** Octets that are invalid in their charset; all zero if there are none. */
struct decode_flaws {
	size_t count;
	size_t first; /* offset in the output of the U+FFFD for the first of them */
};

/** Appends \p text as UTF-8, with U+FFFD for each octet, or each two octets of UTF-16,
 * that are invalid in the charset. */
struct decode_flaws decode_text(
	struct decoder *decoder, const char *text, size_t length, struct buffer *out);

/** Frees it; NULL is a no-op. */
void decode_close(struct decoder *decoder);

#endif
