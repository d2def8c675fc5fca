/** Writes JSON (RFC 8259): objects, arrays, and each as a line. */
#ifndef QUOTED_FRONTENDS_KIT_JSON_WRITER_H
#define QUOTED_FRONTENDS_KIT_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** An object or an array that is being written. All text is UTF-8; text that is not becomes
 * null. */
struct json_writer;

/** Returns an empty object, which json_writer_line() or its place in another value frees. */
struct json_writer *json_writer_object(void);

/** Returns an empty array, as json_writer_object(). */
struct json_writer *json_writer_array(void);

/** Returns {"id": ..., "text": ..., "author": ... or null, "language": ... or null,
 * "tags": [...]}: the text without the attribution, LF between its lines. */
struct json_writer *json_writer_quote(const struct quote *quote);

/** Each adds a member to an object, which must not have one with the same key. \p text NULL is
 * null. */
void json_writer_text(struct json_writer *object, const char *key, const char *text);
void json_writer_span(struct json_writer *object, const char *key, const char *text, size_t length);
void json_writer_count(struct json_writer *object, const char *key, size_t count);
void json_writer_real(struct json_writer *object, const char *key, double number);
void json_writer_flag(struct json_writer *object, const char *key, bool flag);

/** The same, with a time in UTC as RFC 3339 writes it; 0 is null. */
void json_writer_time(struct json_writer *object, const char *key, time_t when);

/** As the functions above; frees \p value. */
void json_writer_member(struct json_writer *object, const char *key, struct json_writer *value);

/** Appends to an array and frees \p value. */
void json_writer_element(struct json_writer *array, struct json_writer *value);

/** Appends \p value and a line feed to \p out, and frees the value. */
void json_writer_line(struct json_writer *value, struct buffer *out);

#endif
