/** Builds JSON values and writes them as a line. The only files that write with jansson. */
#ifndef QUOTED_FRONTENDS_KIT_JSON_WRITER_H
#define QUOTED_FRONTENDS_KIT_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** An object or an array that is being built. All text is UTF-8; text that is not becomes
 * null. */
struct json_writer;

/** Returns an empty object, for json_writer_line() or another value to take over. */
struct json_writer *json_writer_object(void);

/** Returns an empty array, as json_writer_object(). */
struct json_writer *json_writer_array(void);

/** Returns {"id": ..., "text": ..., "author": ... or null, "language": ... or null}: the text
 * without the attribution, LF between its lines. */
struct json_writer *json_writer_quote(const struct quote *quote);

/** Each sets a member of an object; one with the same key is replaced. \p text NULL is null. */
void json_writer_text(struct json_writer *object, const char *key, const char *text);
void json_writer_count(struct json_writer *object, const char *key, size_t count);
void json_writer_real(struct json_writer *object, const char *key, double number);
void json_writer_flag(struct json_writer *object, const char *key, bool flag);

/** The same, with a time in UTC as RFC 3339 writes it; 0 is null. */
void json_writer_time(struct json_writer *object, const char *key, time_t when);

/** As the functions above; takes over \p value. */
void json_writer_member(struct json_writer *object, const char *key, struct json_writer *value);

/** Appends to an array and takes over \p value. */
void json_writer_element(struct json_writer *array, struct json_writer *value);

/** Appends \p value and a line feed to \p out, and frees the value. */
void json_writer_line(struct json_writer *value, struct buffer *out);

#endif
