#include "core/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *must(void *block)
{
	if (block == NULL) {
		fputs("quoted: out of memory\n", stderr);
		abort();
	}
	return block;
}

void *mem_alloc(size_t size)
{
	return must(calloc(1, size > 0 ? size : 1));
}

void *mem_resize(void *block, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return must(NULL);
	return must(realloc(block, count * size > 0 ? count * size : 1));
}

char *mem_strdup(const char *text)
{
	return must(strdup(text));
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
	return must(length < 0 ? NULL : text);
}
