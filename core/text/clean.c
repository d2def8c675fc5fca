#include "core/text/clean.h"

#include <stdint.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/text/line_end.h"

enum { TAB_COLUMNS = 8, EIGHT = 8, ESCAPE = 0x1B, BELL = 0x07 };

/* The cleaning of one quote. */
struct cleaning {
	const char *next;
	const char *end;
	struct buffer *out;
	size_t start;      /* of the quote in out */
	size_t line_start; /* of the current line in out */
	size_t measured;   /* columns counts what is in out from line_start to here */
	size_t columns;
	const char *unterminated; /* no string that begins in the line before here ends in it */
	struct file_report *counts;
};

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void clean_rot13(char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char lower = (char)(text[i] | 0x20);
		if (lower >= 'a' && lower <= 'z')
			text[i] = (char)(text[i] + (lower <= 'm' ? 13 : -13));
	}
}

static size_t count_in_range(const char *text, size_t left, unsigned char low, unsigned char high)
{
	size_t count = 0;
	while (count < left && (unsigned char)text[count] >= low &&
		(unsigned char)text[count] <= high)
		count++;
	return count;
}

/* A control sequence: parameters, intermediates, one final octet (ECMA-48, 5.4). */
static size_t csi_length(const char *text, size_t left)
{
	size_t length = 2;
	length += count_in_range(text + length, left - length, 0x30, 0x3F);
	length += count_in_range(text + length, left - length, 0x20, 0x2F);
	return length + (count_in_range(text + length, left - length, 0x40, 0x7E) > 0 ? 1 : 0);
}

/* A string ends with BEL or ESC \; if neither is in the line, only its first two octets count. */
static size_t string_length(struct cleaning *cleaning)
{
	const char *text = cleaning->next;
	size_t left = (size_t)(cleaning->end - text);
	size_t i = text < cleaning->unterminated ? left : 2;
	for (; i < left && text[i] != '\n' && text[i] != '\r'; i++) {
		if (text[i] == BELL)
			return i + 1;
		if (text[i] == ESCAPE && i + 1 < left && text[i + 1] == '\\')
			return i + 2;
	}
	if (text >= cleaning->unterminated)
		cleaning->unterminated = text + i;
	return 2;
}

/* Returns the octets of the escape sequence that starts at this ESC. */
static size_t escape_length(struct cleaning *cleaning)
{
	const char *text = cleaning->next;
	size_t left = (size_t)(cleaning->end - text);
	if (left < 2)
		return 1;
	if (text[1] == '[')
		return csi_length(text, left);
	if (text[1] == ']' || text[1] == 'P' || text[1] == 'X' || text[1] == '^' || text[1] == '_')
		return string_length(cleaning);
	size_t length = 1 + count_in_range(text + 1, left - 1, 0x20, 0x2F);
	return length + (count_in_range(text + length, left - length, 0x30, 0x7E) > 0 ? 1 : 0);
}

static bool is_control(const char *text)
{
	unsigned char first = (unsigned char)text[0];
	bool is_c1 = first == 0xC2 && (unsigned char)text[1] < 0xA0;
	return first < 0x20 || first == 0x7F || is_c1;
}

/* Whether eight octets are printable ASCII; sometimes false even if they are. */
static bool is_printable_eight(const char *text)
{
	const uint64_t each = 0x0101010101010101u;
	uint64_t octets;
	memcpy(&octets, text, sizeof octets);
	uint64_t below_blank = octets - each * ' ';
	uint64_t beyond_tilde = octets | (octets + each);
	return ((below_blank | beyond_tilde) & each * 0x80) == 0;
}

static bool is_mark(const char *text)
{
	return *text == byte_order_mark[0] &&
	       memcmp(text, byte_order_mark, sizeof byte_order_mark - 1) == 0;
}

/* LS and PS, U+2028 and U+2029. */
static bool is_separator(const char *text)
{
	return (unsigned char)text[0] == 0xE2 && (unsigned char)text[1] == 0x80 &&
	       ((unsigned char)text[2] & ~1u) == 0xA8;
}

/* Returns how many octets from the next one on can be copied as they are. */
static size_t count_plain(const struct cleaning *cleaning)
{
	const char *at = cleaning->next;
	const char *end = cleaning->end;
	for (;;) {
		while (end - at >= EIGHT && is_printable_eight(at))
			at += EIGHT;
		const char *until = end - at > EIGHT ? at + EIGHT : end;
		for (; at < until; at++)
			if (is_control(at) || is_mark(at) || is_separator(at))
				return (size_t)(at - cleaning->next);
		if (at == end)
			return (size_t)(at - cleaning->next);
	}
}

static void end_line(struct cleaning *cleaning)
{
	struct buffer *out = cleaning->out;
	size_t end = out->length;
	while (out->length > cleaning->line_start && out->data[out->length - 1] == ' ')
		out->length--;
	cleaning->counts->trailing_blanks += out->length < end;
	/* Blank lines at the start are dropped. */
	if (out->length > cleaning->start)
		buffer_append(out, "\n", 1);
	cleaning->line_start = cleaning->measured = out->length;
	cleaning->columns = 0;
}

static void expand_tab(struct cleaning *cleaning)
{
	static const char blanks[TAB_COLUMNS] = {' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '};
	struct buffer *out = cleaning->out;
	size_t length = out->length - cleaning->measured;
	if (length > 0)
		cleaning->columns += utf8_columns(out->data + cleaning->measured, length);
	size_t missing = TAB_COLUMNS - cleaning->columns % TAB_COLUMNS;
	buffer_append(out, blanks, missing);
	cleaning->columns += missing;
	cleaning->measured = out->length;
}

/* Of two letters in one place a reader sees the later one, unless that is an underscore or
 * blank. */
static void overlay(struct buffer *out, const char *below, size_t below_length, const char *above,
	size_t above_length)
{
	bool keep = *above == '_' || *above == ' ';
	buffer_append(out, keep ? below : above, keep ? below_length : above_length);
}

/* Goes back as many places as there are backspaces and overlays what was there with what
 * follows. */
static void overstrike(struct cleaning *cleaning)
{
	struct buffer *out = cleaning->out;
	size_t back = out->length;
	for (; cleaning->next < cleaning->end && *cleaning->next == '\b'; cleaning->next++)
		if (back > cleaning->line_start)
			back -= utf8_last_code_point(
				out->data + cleaning->line_start, back - cleaning->line_start);
	if (back < cleaning->measured) {
		cleaning->columns -= utf8_columns(out->data + back, cleaning->measured - back);
		cleaning->measured = back;
	}
	struct buffer below = {0};
	buffer_append(&below, out->data != NULL ? out->data + back : "", out->length - back);
	out->length = back;
	size_t used = 0;
	while (used < below.length && cleaning->next < cleaning->end &&
		!is_control(cleaning->next)) {
		size_t above_length =
			utf8_code_point(cleaning->next, (size_t)(cleaning->end - cleaning->next));
		size_t below_length = utf8_code_point(below.data + used, below.length - used);
		overlay(out, below.data + used, below_length, cleaning->next, above_length);
		used += below_length;
		cleaning->next += above_length;
	}
	buffer_append(out, below.data + used, below.length - used);
	buffer_finish(&below);
}

/* NEL, U+0085, is one of the C1 controls, of which the others are dropped. */
static void pass_break(struct cleaning *cleaning)
{
	bool is_break = is_separator(cleaning->next) || cleaning->next[1] == (char)0x85;
	cleaning->counts->breaks += is_break;
	cleaning->counts->controls += !is_break;
	if (is_break)
		end_line(cleaning);
}

/* VT and FF, which Word and old printers put within text; beside another line end they are none. */
static void pass_feed(struct cleaning *cleaning)
{
	const char *after = cleaning->next + 1;
	cleaning->counts->breaks++;
	if (cleaning->out->length > cleaning->line_start && after < cleaning->end &&
		*after != '\n' && *after != '\r')
		end_line(cleaning);
}

static void pass_special(struct cleaning *cleaning)
{
	size_t left = (size_t)(cleaning->end - cleaning->next);
	struct file_report *counts = cleaning->counts;
	switch (*cleaning->next) {
	case '\b':
		counts->overstrikes++;
		overstrike(cleaning);
		return;
	case ESCAPE:
		counts->escapes++;
		cleaning->next += escape_length(cleaning);
		return;
	case '\n':
		end_line(cleaning);
		break;
	case '\t':
		counts->tabs++;
		expand_tab(cleaning);
		break;
	case '\v':
	case '\f':
		pass_feed(cleaning);
		break;
	case '\r':
		counts->carriage_returns++;
		/* Of CR LF, the LF ends the line. */
		if (line_end_length(cleaning->next, left, true) == 1)
			end_line(cleaning);
		break;
	case (char)0xC2:
	case (char)0xE2:
		pass_break(cleaning);
		break;
	case (char)0xEF:
		counts->marks++;
		break;
	default:
		counts->controls++;
		break;
	}
	cleaning->next += utf8_code_point(cleaning->next, left);
}

void clean_quote(const char *text, size_t length, struct buffer *out, struct file_report *counts)
{
	struct file_report unwanted = {0};
	struct cleaning cleaning = {
		.counts = counts != NULL ? counts : &unwanted,
		.next = text,
		.end = text + length,
		.out = out,
		.start = out->length,
		.line_start = out->length,
		.measured = out->length,
		.unterminated = text,
	};
	while (cleaning.next < cleaning.end) {
		size_t plain = count_plain(&cleaning);
		buffer_append(out, cleaning.next, plain);
		cleaning.next += plain;
		if (cleaning.next == cleaning.end)
			break;
		pass_special(&cleaning);
	}
	end_line(&cleaning);
	while (out->length > cleaning.start && out->data[out->length - 1] == '\n')
		out->length--;
	if (out->data != NULL)
		out->data[out->length] = '\0';
}
