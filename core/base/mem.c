#include "core/base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *mem_check(void *block)
{
	if (block == NULL) {
		fputs("quoted: out of memory\n", stderr);
		abort();
	}
	return block;
}

void *mem_alloc(size_t size)
{
	return mem_check(calloc(1, size > 0 ? size : 1));
}

void *mem_resize(void *block, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return mem_check(NULL);
	return mem_check(realloc(block, count * size > 0 ? count * size : 1));
}

void *mem_grow(void *block, size_t count, size_t size)
{
	if ((count & (count - 1)) != 0)
		return block;
	return mem_resize(block, count > 0 ? 2 * count : 1, size);
}

char *mem_strdup(const char *text)
{
	return mem_check(strdup(text));
}

char *mem_strndup(const char *text, size_t length)
{
	char *copy = mem_alloc(length + 1);
	memcpy(copy, text, length);
	return copy;
}

char *mem_format(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = NULL;
	int length = vasprintf(&text, format, arguments);
	va_end(arguments);
	return mem_check(length < 0 ? NULL : text);
}
