#include "core/choice/render.h"

#include <stdint.h>
#include <string.h>

#include "core/base/drawing.h"
#include "core/base/utf8.h"

/* The longest code point has 4 octets, so lines with that much room take any quote. */
enum { CODE_POINT_MAX = 4 };

/* Takes the line from the room that is left. */
static bool emit_line(struct quote_fit *left, const char *line, size_t length, struct buffer *out)
{
	size_t total = length + (left->crlf ? 2 : 1);
	if (total > left->max_bytes || left->max_lines == 0)
		return false;
	left->max_bytes -= total;
	left->max_lines--;
	buffer_append(out, line, length);
	if (left->crlf)
		buffer_append(out, "\r\n", 2);
	else
		buffer_append(out, "\n", 1);
	return true;
}

static size_t count_blanks(const char *line, size_t length)
{
	size_t blanks = 0;
	while (blanks < length && line[blanks] == ' ')
		blanks++;
	return blanks;
}

/* Returns where to break the line at a blank that has text before it, or 0. */
static size_t break_at_blank(const char *line, size_t limit)
{
	size_t indent = count_blanks(line, limit);
	size_t end = limit;
	while (end > indent && line[end] != ' ')
		end--;
	while (end > indent && line[end - 1] == ' ')
		end--;
	return end > indent ? end : 0;
}

/* Returns how many octets of whole clusters or, failing that, whole code points are within the
 * limit. */
static size_t break_inside_word(const char *line, size_t length, size_t limit)
{
	size_t end = 0;
	size_t step = utf8_cluster(line, length);
	while (end + step <= limit) {
		end += step;
		step = utf8_cluster(line + end, length - end);
	}
	if (end > 0)
		return end;
	step = utf8_code_point(line, length);
	while (end + step <= limit) {
		end += step;
		step = utf8_code_point(line + end, length - end);
	}
	return end;
}

static bool emit_wrapped(
	struct quote_fit *left, const char *line, size_t length, struct buffer *out)
{
	size_t limit = left->line_bytes;
	while (limit > 0 && length > limit) {
		/* An indentation that would fill a line is dropped. */
		size_t skip = count_blanks(line, length);
		if (skip < limit)
			skip = 0;
		size_t end = skip > 0 ? 0 : break_at_blank(line, limit);
		if (end == 0 && skip == 0)
			end = break_inside_word(line, length, limit);
		if (end == 0 && skip == 0)
			return false;
		if (end > 0 && !emit_line(left, line, end, out))
			return false;
		line += skip + end;
		length -= skip + end;
		skip = end > 0 ? count_blanks(line, length) : 0;
		line += skip;
		length -= skip;
	}
	return emit_line(left, line, length, out);
}

/* Emits each line straight from the quote, so that nothing is copied twice. */
static bool emit_lines(struct quote_fit *left, const char *text, size_t length, struct buffer *out)
{
	const char *end = text + length;
	const char *line_end = memchr(text, '\n', length);
	while (line_end != NULL) {
		if (!emit_wrapped(left, text, (size_t)(line_end - text), out))
			return false;
		text = line_end + 1;
		line_end = memchr(text, '\n', (size_t)(end - text));
	}
	return emit_wrapped(left, text, (size_t)(end - text), out);
}

/* Copies a line without blanks in front and with each run of blanks as one. Returns the octets
 * written. */
static size_t squeeze(const char *line, size_t length, char *to)
{
	size_t written = 0;
	size_t i = count_blanks(line, length);
	while (i < length) {
		const char *run = memmem(line + i, length - i, "  ", 2);
		size_t end = run != NULL ? (size_t)(run - line) : length;
		memcpy(to + written, line + i, end - i);
		written += end - i;
		i = end + count_blanks(line + end, length - end);
		if (i < length)
			to[written++] = ' ';
	}
	return written;
}

/* Joins the lines that are not blank. Returns the octets written, less than twice those of the
 * text: only line feeds with text between them grow, from one octet to three. */
static size_t fold(const char *text, size_t length, char *to)
{
	static const char separator[] = {' ', '|', ' '};
	size_t written = 0;
	size_t start = 0;
	while (start < length) {
		const char *line_feed = memchr(text + start, '\n', length - start);
		size_t end = line_feed != NULL ? (size_t)(line_feed - text) : length;
		size_t before = written > 0 ? sizeof separator : 0;
		size_t added = squeeze(text + start, end - start, to + written + before);
		if (added > 0) {
			memcpy(to + written, separator, before);
			written += before + added;
		}
		start = end + 1;
	}
	return written;
}

/* Folds the quote at the end of out, lays it out after that and moves the result over it, so that
 * nothing is allocated once out has grown. Each line has at least one octet and adds at most two,
 * so there is room for all. */
static bool emit_folded(struct quote_fit *left, const struct quote *quote, struct buffer *out)
{
	size_t start = out->length;
	buffer_reserve(out, 2 * quote->length);
	size_t length = fold(quote->text, quote->length, out->data + start);
	out->length += length;
	buffer_reserve(out, 3 * length + 2);
	bool fits = emit_wrapped(left, out->data + start, length, out);
	out->length -= length;
	memmove(out->data + start, out->data + start + length, out->length - start);
	out->data[out->length] = '\0';
	return fits;
}

bool render_quote(const struct quote *quote, const struct quote_fit *fit, struct buffer *out)
{
	size_t start = out->length;
	struct quote_fit left = *fit;
	left.max_bytes = fit->max_bytes > 0 ? fit->max_bytes : SIZE_MAX;
	left.max_lines = fit->max_lines > 0 ? fit->max_lines : SIZE_MAX;
	if (fit->fold && drawing_is(quote->text, quote->length))
		return false;
	bool fits = fit->fold ? emit_folded(&left, quote, out)
			      : emit_lines(&left, quote->text, quote->length, out);
	if (!fits && out->data != NULL) {
		out->length = start;
		out->data[out->length] = '\0';
	}
	return fits;
}

bool render_fit_equal(const struct quote_fit *left, const struct quote_fit *right)
{
	return left->max_bytes == right->max_bytes && left->max_lines == right->max_lines &&
	       left->line_bytes == right->line_bytes && left->fold == right->fold &&
	       left->crlf == right->crlf;
}

bool render_fit_takes_all(const struct quote_fit *fit)
{
	return fit->max_bytes == 0 && fit->max_lines == 0 && !fit->fold &&
	       (fit->line_bytes == 0 || fit->line_bytes >= CODE_POINT_MAX);
}
