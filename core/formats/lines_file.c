#include "core/formats/lines_file.h"

#include "core/text/line_end.h"

static bool is_blank(char octet)
{
	return octet == ' ' || octet == '\t';
}

static void take_line(struct quote_file *file, struct quote_file_piece line)
{
	if (line.length > 0 && line.text[0] == '#') {
		file->report->comments++;
		return;
	}
	while (line.length > 0 && is_blank(line.text[0]))
		line.text++, line.length--;
	while (line.length > 0 && is_blank(line.text[line.length - 1]))
		line.length--;
	if (line.length == 0 || !quote_file_decode(file, &line))
		return;
	quote_file_lint(file, &line);
	quote_file_add(file, &line);
}

static void take(struct quote_file *file)
{
	struct quote_file_window *window = &file->window;
	while (!quote_file_is_done(file)) {
		const char *at = window->text + window->position;
		size_t length = line_end_find(at, window->length - window->position);
		window->position += length;
		size_t end = window->position;
		size_t line_end =
			line_end_length(at + length, window->length - end, window->at_end);
		if (line_end == 0 && (!window->at_end || window->start == window->length))
			return;
		window->position += line_end;
		window->lines++;
		take_line(file, quote_file_cut(window, end));
	}
}

bool lines_file_read(struct quote_file *file, struct error *reterr)
{
	while (quote_file_begin(file))
		while (quote_file_read(file))
			take(file);
	return quote_file_end(file, reterr);
}
