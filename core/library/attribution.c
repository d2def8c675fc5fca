#include "core/library/attribution.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* With this indentation "--word" is an author, not an option. */
enum { FAR_RIGHT = 8, CONTINUATION_LINES_MAX = 8 };

struct line {
	size_t start;
	size_t length;
	size_t indent;
	size_t dashes; /* octets of the dashes and the blanks after them if they mark an author,
			  else 0 */
};

static size_t count_blanks(const char *text, size_t length)
{
	size_t blanks = 0;
	while (blanks < length && text[blanks] == ' ')
		blanks++;
	return blanks;
}

static size_t dash_length(const char *text, size_t left)
{
	if (left > 2 && strncmp(text, "--", 2) == 0 && text[2] != '-')
		return 2;
	bool is_dash =
		left > 3 && (strncmp(text, "\u2014", 3) == 0 || strncmp(text, "\u2015", 3) == 0);
	return is_dash ? 3 : 0;
}

/* Returns the octets from the dashes to the name if the line can name an author, else 0. */
static size_t mark_length(const char *text, size_t left, size_t indent)
{
	size_t dashes = dash_length(text, left);
	if (dashes == 0)
		return 0;
	size_t blanks = count_blanks(text + dashes, left - dashes);
	if (dashes + blanks == left)
		return 0;
	bool is_option = blanks == 0 && islower((unsigned char)text[dashes]) && indent < FAR_RIGHT;
	if (blanks == 0 && (indent == 0 || is_option))
		return 0;
	return dashes + blanks;
}

/* Reads the line that ends before octet \p end. */
static struct line line_before(const char *text, size_t end)
{
	const char *line_feed = memrchr(text, '\n', end);
	struct line line = {.start = line_feed != NULL ? (size_t)(line_feed - text) + 1 : 0};
	line.length = end - line.start;
	line.indent = count_blanks(text + line.start, line.length);
	line.dashes = mark_length(
		text + line.start + line.indent, line.length - line.indent, line.indent);
	return line;
}

/* Whether a line above starts with dashes at least as far to the right, as in a dialogue or a
 * list. */
static bool is_one_of_many(const char *text, const struct line *mark)
{
	size_t end = mark->start;
	while (end > 0) {
		struct line above = line_before(text, end - 1);
		if (above.dashes > 0 && above.indent >= mark->indent)
			return true;
		end = above.start;
	}
	return false;
}

/* Returns the line with the mark if all lines below it are indented at least as far; dashes is 0 if
 * there is none. */
static struct line find_mark(const struct quote *quote)
{
	struct line line = line_before(quote->text, quote->length);
	size_t least_indent = line.indent;
	for (int i = 0; i < CONTINUATION_LINES_MAX && line.dashes == 0 && line.start > 0; i++) {
		if (least_indent == 0 || line.length == 0)
			return line;
		line = line_before(quote->text, line.start - 1);
		if (line.dashes == 0 && line.indent < least_indent)
			least_indent = line.indent;
	}
	if (line.indent > least_indent)
		line.dashes = 0;
	return line;
}

void attribution_find(struct quote *quote)
{
	quote->body_length = quote->length;
	quote->author = NULL;
	quote->author_length = 0;
	struct line mark = find_mark(quote);
	if (mark.dashes == 0 || mark.start == 0 || is_one_of_many(quote->text, &mark))
		return;
	size_t author = mark.start + mark.indent + mark.dashes;
	quote->author = quote->text + author;
	quote->author_length = quote->length - author;
	quote->body_length = mark.start;
	while (quote->body_length > 0 && strchr(" \n", quote->text[quote->body_length - 1]) != NULL)
		quote->body_length--;
}
