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

static void lint_line(
	const struct quote_file *file, const struct quote_file_piece *line, bool comments)
{
	char delimiter = file->report->delimiter;
	const char *text = line->text;
	size_t length = line->length;
	quote_file_lint(file, line);
	if (is_near_delimiter(text, length, delimiter))
		quote_file_report(file, line->line,
			"a delimiter followed by blanks, taken as text as its .dat file says; "
			"remove the blanks and run strfile again");
	if (!comments && length > 1 && text[0] == delimiter && text[1] == delimiter)
		quote_file_report(file, line->line,
			length == 2 ? "two delimiters, taken as text; write one to end a quote, or "
				      "set comments = true to leave such lines out"
				    : "two delimiters, taken as text; set comments = true to leave "
				      "such lines out");
	if (length == STRFILE_LINE + 1 && text[STRFILE_LINE] == delimiter)
		quote_file_report(
			file, line->line, "a line whose end strfile takes for a delimiter");
}

void fortune_lint(
	const struct quote_file *file, const struct quote_file_piece *piece, bool comments)
{
	const char *at = piece->text;
	const char *end = at + piece->length;
	for (size_t number = piece->line; at < end; number++) {
		struct quote_file_piece line = {at, line_end_find(at, (size_t)(end - at)), number};
		at += line.length;
		size_t line_end = line_end_length(at, (size_t)(end - at), true);
		lint_line(file, &line, comments);
		if (line_end == 1 && *at == '\r')
			quote_file_report(
				file, number, "a carriage return alone, taken as a line end");
		at += line_end;
	}
}
