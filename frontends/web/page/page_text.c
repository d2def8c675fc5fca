#include "frontends/web/page/page_text.h"

#include <stdint.h>
#include <string.h>

#include "frontends/web/page/html.h"

/* Writers fill lines to 60 columns or more; poets seldom do. */
enum { FILLED_COLUMNS = 60, FILL_SLACK = 3 };

/* Columns that the lines below "- " or "1. " stand further in; a paragraph begins further in. */
enum { HANG_MAX = 3 };

struct line {
	const char *text; /* after the indentation */
	size_t length;
	size_t indent;
};

/* Returns the octets of the blank that \p text begins with, which may be one that does not break,
 * or 0. */
static size_t blank_size(const char *text, const char *end)
{
	if (text < end && *text == ' ')
		return 1;
	return end - text >= 2 && memcmp(text, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

/* Takes the next line off \p text; returns false at the end. */
static bool next_line(const char **text, const char *end, struct line *ret_line)
{
	if (*text >= end)
		return false;
	const char *stop = memchr(*text, '\n', (size_t)(end - *text));
	if (stop == NULL)
		stop = end;
	const char *begin = *text;
	size_t indent = 0;
	for (size_t size; (size = blank_size(begin, stop)) > 0; begin += size)
		indent++;
	*ret_line = (struct line){begin, (size_t)(stop - begin), indent};
	*text = stop < end ? stop + 1 : end;
	return true;
}

static size_t count_columns(const char *text, size_t length)
{
	size_t columns = 0;
	for (size_t i = 0; i < length; i++) {
		uint8_t octet = (uint8_t)text[i];
		if ((octet & 0xc0) != 0x80 && octet >= ' ')
			columns += octet >= 0xe3 && octet <= 0xed ? 2 : 1;
	}
	return columns;
}

size_t page_text_columns(const char *text, size_t length)
{
	const char *end = text + length;
	struct line line;
	size_t most = 0;
	while (next_line(&text, end, &line)) {
		size_t columns = line.indent + count_columns(line.text, line.length);
		if (columns > most)
			most = columns;
	}
	return most;
}

size_t page_text_indent(const char *text, size_t length)
{
	const char *end = text + length;
	struct line line;
	size_t least = SIZE_MAX;
	while (next_line(&text, end, &line)) {
		if (line.length > 0 && line.indent < least)
			least = line.indent;
	}
	return least != SIZE_MAX ? least : 0;
}

void page_text_write_drawing(struct buffer *out, const char *text, size_t length)
{
	size_t indent = page_text_indent(text, length);
	const char *end = text + length;
	struct line line;
	while (next_line(&text, end, &line)) {
		for (size_t i = indent; i < line.indent; i++)
			buffer_append(out, " ", 1);
		html_escape(out, line.text, line.length);
		if (line.text + line.length < end)
			buffer_append(out, "\n", 1);
	}
}

static size_t first_word(const struct line *line)
{
	const char *blank = memchr(line->text, ' ', line->length);
	return count_columns(
		line->text, blank != NULL ? (size_t)(blank - line->text) : line->length);
}

/* Returns whether it begins like one of a table, with a sign from U+2500 to U+257F. */
static bool is_ruled(const struct line *line)
{
	return line->length > 2 && (uint8_t)line->text[0] == 0xe2 &&
	       ((uint8_t)line->text[1] & 0xfe) == 0x94;
}

/* Returns whether a line ends only because the first word of the next had no room. */
static bool is_full(const struct line *line, const struct line *next, size_t width)
{
	size_t used = line->indent + count_columns(line->text, line->length);
	return !is_ruled(next) && used + 1 + first_word(next) + FILL_SLACK > width;
}

/* A block of paragraphs being read. */
struct block {
	size_t width;  /* of the whole text */
	size_t margin; /* the least indentation of its lines */
	struct line last;
	size_t first;  /* indentation of the first line of this paragraph */
	size_t others; /* of its others; SIZE_MAX: there are none yet */
	bool hung;     /* lines stood a little further in than the one above: a list */
};

/* Begins with the first line. */
static struct block begin_block(const char **text, const char *end, size_t width)
{
	struct block block = {.width = width, .others = SIZE_MAX};
	block.margin = page_text_indent(*text, (size_t)(end - *text));
	next_line(text, end, &block.last);
	block.first = block.last.indent;
	return block;
}

/* Returns whether the next line goes on with the paragraph; if not, another begins with it. One at
 * the margin does even if the line above is not full: then this is verse. */
static bool goes_on(struct block *block, const struct line *next)
{
	size_t in = next->indent;
	bool full = is_full(&block->last, next, block->width);
	bool alone = block->others == SIZE_MAX;
	bool hangs = full && alone && in > block->first && in <= block->first + HANG_MAX;
	bool same = alone ? in <= block->first && !block->hung : in == block->others;
	bool goes = hangs || (same && (full || in <= block->margin));
	block->hung = block->hung || hangs;
	block->last = *next;
	block->others = goes ? in : SIZE_MAX;
	block->first = goes ? block->first : in;
	return goes;
}

/* Returns whether all lines of a paragraph but its last are full. */
static bool is_filled(const char *text, const char *end, size_t width)
{
	struct line next;
	struct block block = begin_block(&text, end, width);
	while (width >= FILLED_COLUMNS && next_line(&text, end, &next)) {
		struct line last = block.last;
		if (goes_on(&block, &next) && !is_full(&last, &next, width))
			return false;
	}
	return width >= FILLED_COLUMNS;
}

/* Returns whether a line end is there, or a blank that is not the only one between two words. */
static bool is_gap(const char *text, size_t at, size_t length)
{
	if (text[at] == '\n')
		return true;
	return text[at] == ' ' && (at + 1 == length || text[at + 1] == ' ' || text[at + 1] == '\n');
}

void page_text_write_line(struct buffer *out, const char *text, size_t length)
{
	size_t begin = 0;
	while (begin < length) {
		size_t stop = begin;
		while (stop < length && !is_gap(text, stop, length))
			stop++;
		html_escape(out, text + begin, stop - begin);
		while (stop < length && (text[stop] == ' ' || text[stop] == '\n'))
			stop++;
		if (stop < length)
			buffer_append(out, " ", 1);
		begin = stop;
	}
}

/* Returns the column at which the text after a label ("Q:      Why") begins, 0 without one. */
static size_t hanging_column(const struct line *line)
{
	for (size_t i = 0; i + 2 < line->length; i++) {
		if (line->text[i] != ' ' || line->text[i + 1] != ' ')
			continue;
		if (i == 0 || line->text[i - 1] != ':')
			return 0;
		while (i < line->length && line->text[i] == ' ')
			i++;
		return line->indent + i;
	}
	return 0;
}

/* Returns whether it is of Chinese or Japanese, which have no blanks between words: U+3000 to
 * U+9FFF and full-width signs. */
static bool is_unspaced(const char *character)
{
	uint8_t first = (uint8_t)character[0];
	return (first >= 0xe3 && first <= 0xe9) ||
	       (first == 0xef && ((uint8_t)character[1] & 0xfe) == 0xbc);
}

static bool needs_blank(const struct line *line, const struct line *next)
{
	const char *last = line->text + line->length - 1;
	while (last > line->text && ((uint8_t)*last & 0xc0) == 0x80)
		last--;
	return !is_unspaced(last) || !is_unspaced(next->text);
}

static void write_filled(struct buffer *out, const char *text, const char *end, size_t width)
{
	struct line line;
	struct block block = begin_block(&text, end, width);
	buffer_add(out, "<p>");
	page_text_write_line(out, block.last.text, block.last.length);
	while (next_line(&text, end, &line)) {
		struct line last = block.last;
		if (!goes_on(&block, &line))
			buffer_add(out, "<p>");
		else if (needs_blank(&last, &line))
			buffer_append(out, " ", 1);
		page_text_write_line(out, line.text, line.length);
	}
}

static void write_verse(struct buffer *out, const char *text, const char *end, size_t margin)
{
	struct line line;
	size_t hanging = 0;
	bool first = true;
	buffer_add(out, "<p class=v><span>");
	while (next_line(&text, end, &line)) {
		if (hanging > 0 && line.indent == hanging) {
			buffer_append(out, " ", 1);
		} else {
			hanging = hanging_column(&line);
			if (!first)
				buffer_add(out, "</span><br><span>");
			for (size_t i = margin; i < line.indent; i++)
				buffer_append(out, " ", 1);
		}
		page_text_write_line(out, line.text, line.length);
		first = false;
	}
	buffer_add(out, "</span>");
}

/* A block is the text between two empty lines. */
static void write_block(struct buffer *out, const char *text, const char *end, size_t width)
{
	if (memchr(text, '\n', (size_t)(end - text)) == NULL) {
		struct line line = {0};
		next_line(&text, end, &line);
		buffer_add(out, "<p>");
		page_text_write_line(out, line.text, line.length);
	} else if (is_filled(text, end, width)) {
		write_filled(out, text, end, width);
	} else {
		write_verse(out, text, end, page_text_indent(text, (size_t)(end - text)));
	}
}

void page_text_write(struct buffer *out, const char *text, size_t length)
{
	const char *end = text + length;
	size_t width = page_text_columns(text, length);
	const char *block = NULL;
	const char *at = text;
	while (at < end) {
		const char *begin = at;
		struct line line = {0};
		next_line(&at, end, &line);
		if (line.length > 0 && block == NULL)
			block = begin;
		if (line.length == 0 && block != NULL) {
			write_block(out, block, begin - 1, width);
			block = NULL;
		}
	}
	if (block != NULL)
		write_block(out, block, end, width);
}
