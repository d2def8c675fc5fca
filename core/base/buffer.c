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

static void add_number(struct buffer *buffer, size_t number)
{
	char digits[] = "18446744073709551615";
	size_t at = sizeof digits - 1;
	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	buffer_add(buffer, digits + at);
}

static void __attribute__((format(printf, 2, 0)))
print(struct buffer *buffer, const char *format, va_list arguments)
{
	va_list again;
	size_t room = buffer->capacity - buffer->length;
	va_copy(again, arguments);
	int length = vsnprintf(buffer->data + buffer->length, room, format, arguments);
	if (length >= 0 && (size_t)length >= room) {
		buffer_reserve(buffer, (size_t)length);
		vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
	}
	va_end(again);
	if (length > 0)
		buffer->length += (size_t)length;
}

/* vsnprintf() takes several times as long for strings and counts, which are most of it. */
void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	for (;;) {
		const char *mark = strchrnul(format, '%');
		buffer_append(buffer, format, (size_t)(mark - format));
		format = mark;
		if (strncmp(format, "%s", 2) == 0) {
			buffer_add(buffer, va_arg(arguments, const char *));
			format += 2;
		} else if (strncmp(format, "%zu", 3) == 0) {
			add_number(buffer, va_arg(arguments, size_t));
			format += 3;
		} else {
			break;
		}
	}
	if (*format != '\0')
		print(buffer, format, arguments);
	va_end(arguments);
}

void buffer_add_number(struct buffer *buffer, size_t number)
{
	if (number < 1000) {
		add_number(buffer, number);
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
