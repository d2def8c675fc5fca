#include "core/utf8.h"

#include <stdint.h>
#include <string.h>

#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>
#include <uniwidth.h>

static const uint8_t *octets(const char *text)
{
	return (const uint8_t *)text;
}

/* Most texts are nothing else, and this is faster than the library. Counts whole words. */
static size_t count_ascii(const char *text, size_t length)
{
	size_t count = 0;
	uint64_t word;
	while (length - count >= sizeof word) {
		memcpy(&word, text + count, sizeof word);
		if ((word & 0x8080808080808080u) != 0)
			break;
		count += sizeof word;
	}
	return count;
}

size_t utf8_valid_prefix(const char *text, size_t length)
{
	size_t ascii = count_ascii(text, length);
	if (ascii == length)
		return length;
	const uint8_t *invalid = u8_check(octets(text) + ascii, length - ascii);
	return invalid == NULL ? length : (size_t)(invalid - octets(text));
}

bool utf8_is_valid(const char *text, size_t length)
{
	return utf8_valid_prefix(text, length) == length;
}

size_t utf8_code_point(const char *text, size_t length)
{
	int octet_count = u8_mblen(octets(text), length);
	return octet_count > 0 ? (size_t)octet_count : 1;
}

size_t utf8_last_code_point(const char *text, size_t length)
{
	size_t octet_count = 1;
	while (octet_count < length && (octets(text)[length - octet_count] & 0xC0) == 0x80)
		octet_count++;
	return octet_count;
}

static size_t next_boundary(const char *text, size_t length)
{
	const uint8_t *start = octets(text);
	const uint8_t *next = u8_grapheme_next(start, start + length);
	return next != NULL ? (size_t)(next - start) : length;
}

static bool is_regional_indicator(const char *text, size_t length)
{
	return length >= 4 && memcmp(text, "\xF0\x9F\x87", 3) == 0 && octets(text)[3] >= 0xA6;
}

static bool ends_in_joiner(const char *text, size_t length)
{
	return length > 3 && memcmp(text + length - 3, "\u200D", 3) == 0;
}

/* The library looks at two code points only and parts flags and what a joiner joins. */
size_t utf8_cluster(const char *text, size_t length)
{
	size_t end = next_boundary(text, length);
	if (end == 4 && is_regional_indicator(text, end) &&
		is_regional_indicator(text + end, length - end))
		end += next_boundary(text + end, length - end);
	while (end < length && ends_in_joiner(text, end))
		end += next_boundary(text + end, length - end);
	return end;
}

size_t utf8_columns(const char *text, size_t length)
{
	int columns = u8_width(octets(text), length, "UTF-8");
	return columns > 0 ? (size_t)columns : 0;
}

static ucs4_t code_point_of(const char *text, size_t length)
{
	ucs4_t code_point;
	u8_mbtouc(&code_point, octets(text), length);
	return code_point;
}

bool utf8_is_cjk(const char *text, size_t length)
{
	static const char *const names[] = {"Han", "Hiragana", "Katakana", "Bopomofo", "Hangul"};
	/* The first of them, a Hangul letter, is U+1100. */
	if ((unsigned char)text[0] < 0xE1)
		return false;
	const uc_script_t *script = uc_script(code_point_of(text, length));
	for (size_t i = 0; script != NULL && i < sizeof names / sizeof *names; i++)
		if (strcmp(script->name, names[i]) == 0)
			return true;
	return false;
}

bool utf8_is_alphanumeric(const char *text, size_t length)
{
	ucs4_t code_point = code_point_of(text, length);
	return uc_is_general_category_withtable(
		code_point, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}
