#include "core/formats/fortune_lint.h"

#include <string.h>

#include "core/text/line_end.h"

/* strfile reads long lines in pieces of this many octets and takes each piece for a line. */
enum { STRFILE_LINE = 255 };

static bool is_near_delimiter(const char *line, size_t length, char delimiter)
{
	if (length < 2 || line[0] != delimiter)
		return false;
	size_t i = 1;
	while (i < length && (line[i] == ' ' || line[i] == '\t'))
		i++;
	return i == length;
}

/* What to look for, and whom to tell. */
struct linting {
	const struct quote_file_reader *reader;
	char delimiter;
	bool comments;
};

static void lint_line(const struct linting *linting, const char *text, size_t length, size_t line)
{
	const struct quote_file_reader *reader = linting->reader;
	char delimiter = linting->delimiter;
	quote_file_lint(reader, &(struct quote_file_piece){text, length, line});
	if (is_near_delimiter(text, length, delimiter))
		reader->on_anomaly(reader->data, line,
			"a delimiter followed by blanks, taken as text as its .dat file says; "
			"remove the blanks and run strfile again");
	if (!linting->comments && length > 1 && text[0] == delimiter && text[1] == delimiter)
		reader->on_anomaly(reader->data, line,
			length == 2 ? "two delimiters, taken as text; write one to end a quote, or "
				      "set comments = true to leave such lines out"
				    : "two delimiters, taken as text; set comments = true to leave "
				      "such lines out");
	if (length == STRFILE_LINE + 1 && text[STRFILE_LINE] == delimiter)
		reader->on_anomaly(
			reader->data, line, "a line whose end strfile takes for a delimiter");
}

void fortune_lint(const struct quote_file_piece *piece, char delimiter, bool comments,
	const struct quote_file_reader *reader)
{
	struct linting linting = {.reader = reader, .delimiter = delimiter, .comments = comments};
	const char *at = piece->text;
	const char *end = at + piece->length;
	for (size_t line = piece->line; at < end; line++) {
		size_t length = line_end_find(at, (size_t)(end - at));
		size_t line_end = line_end_length(at + length, (size_t)(end - at) - length, true);
		lint_line(&linting, at, length, line);
		if (line_end == 1 && at[length] == '\r')
			reader->on_anomaly(
				reader->data, line, "a carriage return alone, taken as a line end");
		at += length + line_end;
	}
}
