#include "core/formats/fortune_text.h"

#include <string.h>

#include "core/text/line_end.h"

bool fortune_text_is_blank(const struct fortune_segment *segment)
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

static void end_segment(struct fortune_text *walk, size_t end, enum fortune_text_end how,
	struct fortune_segment *ret_segment)
{
	*ret_segment = (struct fortune_segment){
		.text = walk->window->text + walk->window->start,
		.length = end - walk->window->start,
		.line = walk->start_line + 1,
		.end = how,
		.end_line = walk->lines,
	};
	walk->window->start = walk->window->position;
	walk->start_line = walk->lines;
}

/* Moves on by a line and returns how it ends the segment. Returns false if its end is missing. */
static bool pass_line(struct fortune_text *walk, enum fortune_text_end *ret_end)
{
	const char *line = walk->window->text + walk->window->position;
	size_t left = walk->window->length - walk->window->position;
	size_t length =
		walk->searched + line_end_find(line + walk->searched, left - walk->searched);
	size_t line_end = line_end_length(line + length, left - length, walk->window->at_end);
	walk->searched = length;
	if (line_end == 0 && !walk->window->at_end)
		return false;
	*ret_end = end_of(walk, line, length, line_end);
	walk->window->position += length + line_end;
	walk->searched = 0;
	walk->lines++;
	walk->after_return = line_end == 1 && line[length] == '\r';
	return true;
}

bool fortune_text_next(struct fortune_text *walk, struct fortune_segment *ret_segment)
{
	enum fortune_text_end end;
	while (walk->window->position < walk->window->length) {
		size_t before = walk->window->position;
		if (!pass_line(walk, &end))
			return false;
		if (end == FORTUNE_TEXT_END_FILE)
			continue;
		end_segment(walk, before, end, ret_segment);
		return true;
	}
	if (!walk->window->at_end || walk->window->start == walk->window->length)
		return false;
	end_segment(walk, walk->window->length, FORTUNE_TEXT_END_FILE, ret_segment);
	return true;
}

void fortune_text_undo(struct fortune_text *walk, const struct fortune_segment *segment)
{
	walk->window->start = (size_t)(segment->text - walk->window->text);
	walk->start_line = segment->line - 1;
}
