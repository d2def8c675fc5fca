#include "core/formats/lines_file.h"

#include "core/text/line_end.h"

/* What is special to such a file being read. */
struct reading {
	size_t lines;    /* read so far */
	size_t searched; /* octets of the text without a line end */
};

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
	if (file->reader->on_anomaly != NULL)
		quote_file_lint(file->reader, &piece);
	quote_file_add(file, &piece);
}

static size_t take(struct quote_file *file, const char *text, size_t length, bool at_end)
{
	struct reading *reading = file->format;
	size_t start = 0, at = reading->searched;
	while (!quote_file_is_done(file)) {
		at += line_end_find(text + at, length - at);
		size_t end = line_end_length(text + at, length - at, at_end);
		if (end == 0 && (!at_end || start == length))
			break;
		take_line(file, text + start, at - start, ++reading->lines);
		start = at += end;
	}
	reading->searched = at - start;
	return start;
}

static void restart(struct quote_file *file)
{
	*(struct reading *)file->format = (struct reading){0};
}

bool lines_file_read(struct quote_file *file, struct error *reterr)
{
	struct reading reading = {0};
	file->take = take;
	file->restart = restart;
	file->format = &reading;
	return quote_file_read(file, reterr);
}
