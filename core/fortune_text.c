#include "core/fortune_text.h"

#include <string.h>

static bool is_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr(" \t\r\n", text[i]) == NULL || text[i] == '\0')
			return false;
	return true;
}

/* Returns the octets of the delimiter line that starts here, or 0. */
static size_t delimiter_length(const char *line, size_t left)
{
	if (line[0] != '%')
		return 0;
	size_t length = left > 1 && line[1] == '\r' ? 2 : 1;
	if (length == left)
		return length;
	return line[length] == '\n' ? length + 1 : 0;
}

/* Moves over one quote and the delimiter behind it; the quote may be empty. */
static size_t pass_quote(struct fortune_text *walk)
{
	size_t start = walk->position;
	while (walk->position < walk->length) {
		const char *line = walk->text + walk->position;
		size_t left = walk->length - walk->position;
		size_t delimiter = delimiter_length(line, left);
		size_t quote_length = walk->position - start;
		if (delimiter > 0) {
			walk->position += delimiter;
			return quote_length;
		}
		const char *line_end = memchr(line, '\n', left);
		walk->position += line_end != NULL ? (size_t)(line_end - line) + 1 : left;
	}
	return walk->position - start;
}

bool fortune_text_next(struct fortune_text *walk, const char **ret_quote, size_t *ret_length)
{
	while (walk->position < walk->length) {
		const char *quote = walk->text + walk->position;
		size_t length = pass_quote(walk);
		if (is_blank(quote, length))
			continue;
		*ret_quote = quote;
		*ret_length = length;
		return true;
	}
	return false;
}
