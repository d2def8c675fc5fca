#include "core/formats/lines_file.h"

#include "core/text/line_end.h"

static bool is_blank(char octet)
{
	return octet == ' ' || octet == '\t';
}

static void take_line(struct quote_file *file, const char *text, size_t length, size_t line)
{
	if (length > 0 && text[0] == '#') {
		file->report->comments++;
		return;
	}
	while (length > 0 && is_blank(text[0]))
		text++, length--;
	while (length > 0 && is_blank(text[length - 1]))
		length--;
	struct quote_file_piece piece = {text, length, line};
	if (length == 0 || !quote_file_decode(file, &piece))
		return;
	if (file->on_anomaly != NULL)
		quote_file_lint(file, &piece);
	quote_file_add(file, &piece);
}

static void take(struct quote_file *file)
{
	struct quote_file_window *window = &file->window;
	size_t *lines = file->format;
	while (!quote_file_is_done(file)) {
		const char *at = window->text + window->position;
		size_t length = line_end_find(at, window->length - window->position);
		window->position += length;
		size_t end = line_end_length(
			at + length, window->length - window->position, window->at_end);
		if (end == 0 && (!window->at_end || window->start == window->length))
			return;
		take_line(file, window->text + window->start, window->position - window->start,
			++*lines);
		window->position += end;
		window->start = window->position;
	}
}

static void restart(struct quote_file *file)
{
	*(size_t *)file->format = 0;
}

bool lines_file_read(struct quote_file *file, struct error *reterr)
{
	size_t lines = 0; /* read so far */
	file->take = take;
	file->restart = restart;
	file->format = &lines;
	return quote_file_read(file, reterr);
}
