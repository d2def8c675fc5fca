#include "core/base/error.h"

#include <stdarg.h>
#include <stdio.h>

void error_set(struct error *error, const char *format, ...)
{
	if (error == NULL)
		return;
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	error->temporary = false;
	if (length < (int)sizeof error->text)
		return;
	size_t end = sizeof error->text - 1;
	while (end > 0 && ((unsigned char)error->text[end - 1] & 0xC0) == 0x80)
		end--;
	if (end > 0 && (unsigned char)error->text[end - 1] >= 0xC0)
		end--;
	error->text[end] = '\0';
}
