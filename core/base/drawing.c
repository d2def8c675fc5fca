#include "core/base/drawing.h"

#include <stdint.h>
#include <string.h>

enum { PICTURE_GAP = 3, PICTURE_LINES = 3 };

/* Takes the next line off \p text, and returns it without the blanks before it; NULL at the end. */
static const char *next_line(const char **text, const char *end, size_t *ret_length)
{
	if (*text >= end)
		return NULL;
	const char *stop = memchr(*text, '\n', (size_t)(end - *text));
	if (stop == NULL)
		stop = end;
	const char *line = *text;
	while (line < stop && *line == ' ')
		line++;
	*ret_length = (size_t)(stop - line);
	*text = stop < end ? stop + 1 : end;
	return line;
}

static bool is_written(uint8_t octet)
{
	return octet >= 0x80 || (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
	       (octet >= 'A' && octet <= 'Z');
}

/* Characters that prose has between its words. */
static const bool is_punctuation[256] = {
	[' '] = true,
	['.'] = true,
	[','] = true,
	[';'] = true,
	[':'] = true,
	['\''] = true,
	['"'] = true,
	['!'] = true,
	['?'] = true,
	['-'] = true,
	['('] = true,
	[')'] = true,
};

/* A gap is a run of blanks within a line. */
static bool has_gap(const char *line, size_t length)
{
	size_t run = 0;
	for (size_t i = 0; i < length; i++) {
		run = line[i] == ' ' ? run + 1 : 0;
		if (run >= PICTURE_GAP)
			return true;
	}
	return false;
}

static size_t count_lines(const char *text, const char *end)
{
	size_t lines = 0, octets;
	while (next_line(&text, end, &octets) != NULL)
		lines += octets > 0;
	return lines;
}

static bool is_mostly_marks(const char *text, size_t length)
{
	size_t written = 0;
	size_t marks = 0;
	for (size_t i = 0; i < length; i++) {
		uint8_t octet = (uint8_t)text[i];
		if (is_written(octet))
			written++;
		else if (!is_punctuation[octet] && octet != '\n')
			marks++;
	}
	return marks * 2 > written;
}

bool drawing_is(const char *text, size_t length)
{
	const char *end = text + length;
	size_t lines = count_lines(text, end);
	if (lines < PICTURE_LINES)
		return false;
	if (is_mostly_marks(text, length))
		return true;
	const char *line;
	size_t gaps = 0, octets;
	while ((line = next_line(&text, end, &octets)) != NULL)
		gaps += has_gap(line, octets);
	return gaps >= PICTURE_LINES && gaps * 5 >= lines * 2;
}
