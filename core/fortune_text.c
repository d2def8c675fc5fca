#include "core/fortune_text.h"

#include <string.h>

bool fortune_text_is_blank(const struct fortune_segment *segment)
{
	for (size_t i = 0; i < segment->length; i++)
		if (strchr(" \t\r\n", segment->text[i]) == NULL || segment->text[i] == '\0')
			return false;
	return true;
}

static bool is_delimiter(const struct fortune_text *walk, const char *line, size_t length)
{
	if (length == 0 || line[0] != walk->delimiter)
		return false;
	size_t rest = length - 1;
	rest -= rest > 0 && line[length - 1] == '\n';
	return rest == 0 || (rest == 1 && line[1] == '\r');
}

static void end_segment(struct fortune_text *walk, size_t end, struct fortune_segment *ret_segment)
{
	*ret_segment = (struct fortune_segment){
		.text = walk->text + walk->start,
		.length = end - walk->start,
		.line = walk->start_line + 1,
	};
	walk->start = walk->position;
	walk->start_line = walk->lines;
}

bool fortune_text_next(struct fortune_text *walk, struct fortune_segment *ret_segment)
{
	while (walk->position < walk->length) {
		const char *line = walk->text + walk->position;
		size_t left = walk->length - walk->position;
		const char *line_end = memchr(line, '\n', left);
		if (line_end == NULL && !walk->at_end)
			return false;
		size_t length = line_end != NULL ? (size_t)(line_end - line) + 1 : left;
		size_t before = walk->position;
		walk->position += length;
		walk->lines++;
		if (!is_delimiter(walk, line, length))
			continue;
		end_segment(walk, before, ret_segment);
		return true;
	}
	if (!walk->at_end || walk->start == walk->length)
		return false;
	end_segment(walk, walk->length, ret_segment);
	return true;
}
