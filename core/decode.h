/** From the charset of a file to UTF-8. The only owner of iconv. */
#ifndef QUOTED_CORE_DECODE_H
#define QUOTED_CORE_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "core/error.h"

struct decoder;

/**
 * Opens a charset by a name of iconv's. "ISO-8859-1" is always there. The charset has ASCII as its
 * first half. Returns NULL where iconv does not know it.
 */
struct decoder *decode_open(const char *charset, struct error *reterr);

/** Appends \p text as UTF-8, with U+FFFD for each octet that is nothing in the charset. Returns how
 * many of these there were. */
size_t decode_text(struct decoder *decoder, const char *text, size_t length, struct buffer *out);

/** Frees it; NULL is a no-op. */
void decode_close(struct decoder *decoder);

/**
 * Returns the charset that a path speaks of, for a file that is not UTF-8: by a name such as
 * "eo-iso3", "koi8-r", "cp1251" or "latin2", or by the language that a directory is named after.
 * NULL: it speaks of none. Static.
 */
const char *decode_hint(const char *path);

#endif
