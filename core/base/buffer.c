#include "core/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t need = buffer->length + more + 1;
	if (need <= buffer->capacity)
		return;
	size_t capacity = buffer->capacity > 0 ? buffer->capacity : 64;
	while (capacity < need)
		capacity *= 2;
	buffer->data = mem_resize(buffer->data, capacity, 1);
	buffer->capacity = capacity;
}

void buffer_append(struct buffer *buffer, const void *data, size_t length)
{
	buffer_reserve(buffer, length);
	if (length > 0)
		memcpy(buffer->data + buffer->length, data, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void buffer_add(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, text, strlen(text));
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	size_t room = buffer->capacity - buffer->length;
	va_start(arguments, format);
	int length =
		vsnprintf(room > 0 ? buffer->data + buffer->length : NULL, room, format, arguments);
	va_end(arguments);
	if (length >= 0 && (size_t)length >= room) {
		buffer_reserve(buffer, (size_t)length);
		va_start(arguments, format);
		vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
		va_end(arguments);
	}
	if (length > 0)
		buffer->length += (size_t)length;
}

void buffer_add_number(struct buffer *buffer, size_t number)
{
	if (number < 1000) {
		buffer_format(buffer, "%zu", number);
		return;
	}
	buffer_add_number(buffer, number / 1000);
	buffer_format(buffer, ",%03zu", number % 1000);
}

void buffer_add_count(struct buffer *buffer, size_t count, const char *word)
{
	buffer_add_number(buffer, count);
	buffer_format(buffer, " %s%s", word, count == 1 ? "" : "s");
}

void buffer_consume(struct buffer *buffer, size_t length)
{
	if (length == 0)
		return;
	buffer->length -= length;
	memmove(buffer->data, buffer->data + length, buffer->length + 1);
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data != NULL)
		buffer->data[0] = '\0';
}

void buffer_finish(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){0};
}
