#include "frontends/irc/message/irc_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base/utf8.h"

enum {
	COLOUR = 0x03,
	HEX_COLOUR = 0x04,
	ESCAPE = 0x1b,
	COLOUR_DIGITS = 2,
	HEX_DIGITS = 6,
	CUT_MAX = 3, /* octets of a code point that is cut short */
};

static const char decimal[] = "0123456789";
static const char hexadecimal[] = "0123456789abcdefABCDEF";

static size_t count_digits(const char *text, const char *digits, size_t most)
{
	size_t count = strspn(text, digits);
	return count < most ? count : most;
}

/* Returns the octets of the foreground and background that may follow the octet of a colour. */
static size_t skip_colour(const char *text, const char *digits, size_t most)
{
	size_t length = count_digits(text, digits, most);
	if (length == 0 || text[length] != ',')
		return length;
	size_t background = count_digits(text + length + 1, digits, most);
	return background > 0 ? length + 1 + background : length;
}

/* What terminals obey, such as the colours of ESC [ 1;31 m. */
static size_t skip_sequence(const char *text)
{
	size_t length = *text == '[' ? 1 + strspn(text + 1, "0123456789;:?") : 0;
	return length > 0 && isalpha((unsigned char)text[length]) ? length + 1 : 0;
}

static size_t skip_code(const char *text)
{
	if (*text == COLOUR)
		return 1 + skip_colour(text + 1, decimal, COLOUR_DIGITS);
	if (*text == ESCAPE)
		return 1 + skip_sequence(text + 1);
	/* Unlike other colours, these have all their digits. */
	if (*text == HEX_COLOUR && count_digits(text + 1, hexadecimal, HEX_DIGITS) == HEX_DIGITS)
		return 1 + skip_colour(text + 1, hexadecimal, HEX_DIGITS);
	return 1;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
	       c == 0x202f || c == 0x205f || c == 0x2800 || c == 0x3000;
}

static bool is_control(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static size_t count_plain(const char *text, size_t length)
{
	size_t count = 0;
	while (count < length && text[count] > ' ' && text[count] < 0x7f)
		count++;
	return count;
}

static void strip(const char *text, size_t length, struct buffer *out)
{
	size_t start = out->length;
	size_t end = start; /* behind the last that is not blank */
	for (size_t at = 0, step; at < length; at += step) {
		step = count_plain(text + at, length - at);
		if (step > 0) {
			buffer_append(out, text + at, step);
			end = out->length;
			continue;
		}
		step = utf8_code_point(text + at, length - at);
		uint32_t c = utf8_number(text + at, length - at);
		if (c == COLOUR || c == HEX_COLOUR || c == ESCAPE) {
			step = skip_code(text + at);
		} else if (is_blank(c) && out->length > start) {
			buffer_append(out, " ", 1);
		} else if (!is_blank(c) && !is_control(c) && !utf8_is_ignorable(text + at, step)) {
			buffer_append(out, text + at, step);
			end = out->length;
		}
	}
	if (out->data != NULL) {
		out->length = end;
		out->data[end] = '\0';
	}
}

/* A line that was full can end within a character; one octet above ASCII at the end of a text that
 * is ASCII otherwise is more likely of the other charset. */
static bool is_utf8_cut_short(const char *text, size_t length)
{
	size_t valid = utf8_valid_prefix(text, length);
	if (length - valid > CUT_MAX || utf8_is_ascii(text, valid))
		return false;
	for (size_t i = valid + 1; i < length; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return false;
	return (unsigned char)text[valid] >= 0xc2;
}

void irc_text_clean(const char *text, struct decoder *fallback, struct buffer *out)
{
	size_t length = strlen(text);
	if (utf8_is_valid(text, length)) {
		strip(text, length, out);
	} else if (is_utf8_cut_short(text, length)) {
		strip(text, utf8_valid_prefix(text, length), out);
	} else {
		struct buffer decoded = {0};
		decode_text(fallback, text, length, &decoded);
		strip(decoded.data, decoded.length, out);
		buffer_finish(&decoded);
	}
}
