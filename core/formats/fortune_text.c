#include "core/formats/fortune_text.h"

#include <string.h>

bool fortune_text_is_blank(const struct fortune_segment *segment)
{
	for (size_t i = 0; i < segment->length; i++)
		if (strchr(" \t\r\n", segment->text[i]) == NULL || segment->text[i] == '\0')
			return false;
	return true;
}

/* Returns how a line ends a segment, or FORTUNE_TEXT_END_FILE if it does not. */
static enum fortune_text_end end_of(
	const struct fortune_text *walk, const char *line, size_t length)
{
	if (length == 0 || length > 3 || line[0] != walk->delimiter)
		return FORTUNE_TEXT_END_FILE;
	bool whole = line[length - 1] == '\n';
	size_t rest = length - 1 - whole;
	if (rest == 0)
		return whole ? FORTUNE_TEXT_END_LF : FORTUNE_TEXT_END_BARE;
	if (rest == 1 && line[1] == '\r')
		return whole ? FORTUNE_TEXT_END_CRLF : FORTUNE_TEXT_END_BARE;
	return FORTUNE_TEXT_END_FILE;
}

static void end_segment(struct fortune_text *walk, size_t end, enum fortune_text_end how,
	struct fortune_segment *ret_segment)
{
	*ret_segment = (struct fortune_segment){
		.text = walk->text + walk->start,
		.length = end - walk->start,
		.line = walk->start_line + 1,
		.end = how,
		.end_line = walk->lines,
	};
	walk->start = walk->position;
	walk->start_line = walk->lines;
}

bool fortune_text_next(struct fortune_text *walk, struct fortune_segment *ret_segment)
{
	while (walk->position < walk->length) {
		const char *line = walk->text + walk->position;
		size_t left = walk->length - walk->position;
		size_t passed =
			walk->searched > walk->position ? walk->searched - walk->position : 0;
		const char *line_end = memchr(line + passed, '\n', left - passed);
		walk->searched = walk->length;
		if (line_end == NULL && !walk->at_end)
			return false;
		size_t length = line_end != NULL ? (size_t)(line_end - line) + 1 : left;
		size_t before = walk->position;
		walk->position += length;
		walk->searched = walk->position;
		walk->lines++;
		enum fortune_text_end how = end_of(walk, line, length);
		if (how == FORTUNE_TEXT_END_FILE)
			continue;
		end_segment(walk, before, how, ret_segment);
		return true;
	}
	if (!walk->at_end || walk->start == walk->length)
		return false;
	end_segment(walk, walk->length, FORTUNE_TEXT_END_FILE, ret_segment);
	return true;
}

void fortune_text_dropped(struct fortune_text *walk)
{
	walk->position -= walk->start;
	walk->searched -= walk->searched < walk->start ? walk->searched : walk->start;
	walk->start = 0;
}
