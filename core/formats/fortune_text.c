#include "core/formats/fortune_text.h"

#include <string.h>

#include "core/text/line_end.h"

bool fortune_text_is_blank(const struct quote_file_piece *segment)
{
	for (size_t i = 0; i < segment->length; i++)
		if (strchr(" \t\r\n", segment->text[i]) == NULL || segment->text[i] == '\0')
			return false;
	return true;
}

/* Returns how a line of \p length octets and its line end end a segment, or FORTUNE_TEXT_END_FILE
 * if they do not. */
static enum fortune_text_end end_of(
	const struct fortune_text *walk, const char *line, size_t length, size_t line_end)
{
	size_t at = 1;
	if (length == 0 || line[0] != walk->delimiter)
		return FORTUNE_TEXT_END_FILE;
	bool doubled = walk->doubled && length > 1 && line[1] == walk->delimiter;
	at += doubled;
	bool blanks = at < length;
	while (at < length && (line[at] == ' ' || line[at] == '\t'))
		at++;
	if (at < length)
		return FORTUNE_TEXT_END_FILE;
	if (doubled)
		return FORTUNE_TEXT_END_DOUBLED;
	if (blanks)
		return FORTUNE_TEXT_END_BLANKS;
	if (line_end == 0)
		return FORTUNE_TEXT_END_BARE;
	return line[length] == '\r' || walk->after_return ? FORTUNE_TEXT_END_RETURN
							  : FORTUNE_TEXT_END_LF;
}

/* Moves on by a line and tells how it ends the segment. Returns false if its end is missing. */
static bool pass_line(struct fortune_text *walk, enum fortune_text_end *ret_end)
{
	struct quote_file_window *window = walk->window;
	const char *line = window->text + window->position;
	size_t left = window->length - window->position;
	size_t length =
		walk->searched + line_end_find(line + walk->searched, left - walk->searched);
	size_t line_end = line_end_length(line + length, left - length, window->at_end);
	walk->searched = length;
	if (line_end == 0 && !window->at_end)
		return false;
	*ret_end = end_of(walk, line, length, line_end);
	window->position += length + line_end;
	window->lines++;
	walk->searched = 0;
	walk->after_return = line_end == 1 && line[length] == '\r';
	return true;
}

bool fortune_text_next(struct fortune_text *walk, struct quote_file_piece *ret_segment)
{
	struct quote_file_window *window = walk->window;
	size_t at = window->position;
	enum fortune_text_end end = FORTUNE_TEXT_END_FILE;
	while (end == FORTUNE_TEXT_END_FILE && window->position < window->length) {
		at = window->position;
		if (!pass_line(walk, &end))
			return false;
	}
	if (end == FORTUNE_TEXT_END_FILE) {
		if (!window->at_end || window->start == window->length)
			return false;
		at = window->length;
	}
	walk->before = walk->end;
	walk->end = end;
	*ret_segment = quote_file_cut(window, at);
	return true;
}

void fortune_text_undo(struct fortune_text *walk, const struct quote_file_piece *segment)
{
	walk->end = walk->before;
	walk->window->start = (size_t)(segment->text - walk->window->text);
	walk->window->start_line = segment->line - 1;
}
