/** A growable run of octets. */
#ifndef QUOTED_CORE_BASE_BUFFER_H
#define QUOTED_CORE_BASE_BUFFER_H

#include <stddef.h>
#include <string.h>

/** All zero is an empty buffer. Once anything has been appended, data[length] is a NUL that length
 * does not count. */
struct buffer {
	char *data;
	size_t length;
	size_t capacity;
};

/** Makes room, so that appending up to \p more octets does not move the data. */
void buffer_reserve(struct buffer *buffer, size_t more);

/** Appends \p length octets of \p data. */
void buffer_append(struct buffer *buffer, const void *data, size_t length);

/** Appends the string \p text; inline, so that the length of a literal is known. */
static inline void buffer_add(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, text, strlen(text));
}

/** Appends what printf would print. */
void buffer_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Appends a number as people read it: "38,474". */
void buffer_add_number(struct buffer *buffer, size_t number);

/** Appends "1 quote" or "38,474 quotes", by the word for one of them. */
void buffer_add_count(struct buffer *buffer, size_t count, const char *word);

/** Removes the first \p length octets; \p length is at most buffer->length. */
void buffer_consume(struct buffer *buffer, size_t length);

/** Empties the buffer but keeps its memory for reuse. */
void buffer_clear(struct buffer *buffer);

/** Frees the memory; the buffer is empty afterwards. */
void buffer_finish(struct buffer *buffer);

#endif
