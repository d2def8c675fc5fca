#include "core/text/line_end.h"

#include <string.h>

/* Few lines are longer; a text without one kind of line end is not searched for it to its end. */
enum { WINDOW = 256 };

size_t line_end_find(const char *text, size_t length)
{
	for (size_t at = 0; at < length; at += WINDOW) {
		size_t window = length - at < WINDOW ? length - at : WINDOW;
		const char *feed = memchr(text + at, '\n', window);
		size_t before = feed != NULL ? (size_t)(feed - text) - at : window;
		const char *found = memchr(text + at, '\r', before);
		found = found != NULL ? found : feed;
		if (found != NULL)
			return (size_t)(found - text);
	}
	return length;
}

size_t line_end_length(const char *text, size_t length, bool at_end)
{
	size_t returns = 0;
	while (returns < length && returns < 2 && text[returns] == '\r')
		returns++;
	if (returns < length)
		return text[returns] == '\n' ? returns + 1 : returns > 0;
	return at_end && returns > 0;
}

const char *line_end_next(const char *text, size_t length, size_t *at, size_t *ret_octets)
{
	const char *line = text + *at;
	if (*at >= length)
		return NULL;
	*ret_octets = line_end_find(line, length - *at);
	*at += *ret_octets;
	*at += line_end_length(text + *at, length - *at, true);
	return line;
}

size_t line_end_count(const char *text, size_t length)
{
	size_t lines = 0;
	for (size_t at = line_end_find(text, length); at < length; lines++) {
		at += line_end_length(text + at, length - at, true);
		at += line_end_find(text + at, length - at);
	}
	return lines;
}
