#include "core/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "core/base/mem.h"

static const uint8_t *octets(const char *text)
{
	return (const uint8_t *)text;
}

/* Most text is ASCII, and this is faster than the library. Counts in steps of a word. */
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

bool utf8_is_ascii(const char *text, size_t length)
{
	size_t count = count_ascii(text, length);
	while (count < length && (unsigned char)text[count] < 0x80)
		count++;
	return count == length;
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

size_t utf8_cut(const char *text, size_t length, size_t room)
{
	if (length <= room)
		return length;
	size_t cut = room;
	/* A code point has at most three continuation octets; text with more is not UTF-8. */
	for (int i = 0; i < 3 && cut > 0 && (octets(text)[cut] & 0xC0) == 0x80; i++)
		cut--;
	return cut > 0 ? cut : room;
}

static size_t next_boundary(const char *text, size_t length)
{
	const uint8_t *start = octets(text);
	const uint8_t *next = u8_grapheme_next(start, start + length);
	return next != NULL ? (size_t)(next - start) : length;
}

/* Whether a boundary follows, as the next is ASCII too; only CR LF is a cluster of two (UAX 29). */
static bool stands_alone(const char *text, size_t length)
{
	return octets(text)[0] < 0x80 && text[0] != '\r' && (length == 1 || octets(text)[1] < 0x80);
}

static bool is_regional_indicator(const char *text, size_t length)
{
	return length >= 4 && memcmp(text, "\xF0\x9F\x87", 3) == 0 && octets(text)[3] >= 0xA6;
}

static bool ends_in_joiner(const char *text, size_t length)
{
	return length > 3 && memcmp(text + length - 3, "\u200D", 3) == 0;
}

/* The library looks at only two code points at a time, so it would split flags and joined emoji. */
size_t utf8_cluster(const char *text, size_t length)
{
	if (stands_alone(text, length))
		return 1;
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

uint32_t utf8_number(const char *text, size_t length)
{
	ucs4_t code_point;
	u8_mbtouc(&code_point, octets(text), length);
	return code_point;
}

bool utf8_append(uint32_t number, struct buffer *out)
{
	uint8_t text[4];
	int length = number > 0 ? u8_uctomb(text, number, sizeof text) : -1;
	if (length < 0)
		return false;
	buffer_append(out, text, (size_t)length);
	return true;
}

/* Accents above and below, Hebrew and Arabic points, and invisible characters such as the soft
 * hyphen; but not Japanese voicing marks or Indic vowel signs (UAX 44, canonical combining
 * classes). */
static bool is_dropped(ucs4_t code_point)
{
	int class = uc_combining_class(code_point);
	return (class >= 10 && class <= 36) || class >= 200 ||
	       uc_is_property_default_ignorable_code_point(code_point);
}

bool utf8_is_ignorable(const char *text, size_t length)
{
	return uc_is_property_default_ignorable_code_point(utf8_number(text, length));
}

/* Letters that no normal form takes for others with accents, as those who lack them on the keyboard
 * write them; NULL if it is not one of them. Each takes two octets. */
static const char *spell_out(ucs4_t code_point)
{
	switch (code_point) {
	case 0xE6: /* ae */
		return "ae";
	case 0xF0: /* eth */
	case 0x111:
		return "d";
	case 0xF8:
		return "o";
	case 0xFE: /* thorn */
		return "th";
	case 0x127:
		return "h";
	case 0x131: /* without a dot */
		return "i";
	case 0x142:
		return "l";
	case 0x153: /* oe */
		return "oe";
	case 0x167:
		return "t";
	default:
		return NULL;
	}
}

static size_t simplify(uint8_t *text, size_t length)
{
	size_t kept = 0;
	size_t at = 0;
	while (at < length) {
		ucs4_t code_point;
		size_t step = (size_t)u8_mbtouc(&code_point, text + at, length - at);
		const char *plain = spell_out(code_point);
		bool stays = plain == NULL && (code_point < 0x80 || !is_dropped(code_point));
		while (plain != NULL && *plain != '\0')
			text[kept++] = (uint8_t)*plain++;
		if (stays) {
			memmove(text + kept, text + at, step);
			kept += step;
		}
		at += step;
	}
	return kept;
}

void utf8_fold(const char *text, size_t length, struct buffer *out)
{
	size_t folded_length = 0;
	size_t composed_length = 0;
	if (utf8_is_ascii(text, length)) {
		buffer_append(out, text, length);
		return;
	}
	uint8_t *folded = mem_check(
		u8_casefold(octets(text), length, NULL, UNINORM_NFKD, NULL, &folded_length));
	folded_length = simplify(folded, folded_length);
	uint8_t *composed =
		mem_check(u8_normalize(UNINORM_NFC, folded, folded_length, NULL, &composed_length));
	buffer_append(out, composed, composed_length);
	free(composed);
	free(folded);
}

bool utf8_is_unspaced(const char *text, size_t length)
{
	static const char *const names[] = {"Han", "Hiragana", "Katakana", "Bopomofo", "Hangul",
		"Thai", "Lao", "Khmer", "Myanmar"};
	/* The lowest of these is U+0E01, a Thai letter. The long sound mark, U+30FC, belongs to
	 * two scripts, so the library puts it in neither. */
	if ((unsigned char)text[0] < 0xE0)
		return false;
	if (utf8_number(text, length) == 0x30FC)
		return true;
	const uc_script_t *script = uc_script(utf8_number(text, length));
	for (size_t i = 0; script != NULL && i < sizeof names / sizeof *names; i++)
		if (strcmp(script->name, names[i]) == 0)
			return true;
	return false;
}

bool utf8_is_alphanumeric(const char *text, size_t length)
{
	ucs4_t code_point = utf8_number(text, length);
	return uc_is_general_category_withtable(
		code_point, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}

bool utf8_is_lower(const char *text, size_t length)
{
	return uc_is_property_lowercase(utf8_number(text, length));
}

bool utf8_is_word(const char *text, size_t length)
{
	ucs4_t code_point = utf8_number(text, length);
	return uc_is_general_category_withtable(code_point,
		UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Co);
}

size_t utf8_visible(const char *text, size_t length)
{
	ucs4_t code;
	int octets = u8_mbtoucr(&code, (const uint8_t *)text, length);
	bool is_control = code < 0x20 || (code >= 0x7F && code < 0xA0);
	bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
	return octets > 0 && !is_control && !turns ? (size_t)octets : 0;
}

/* Whether a reader does not see the character, or takes it for a blank. The joiners of emoji and of
 * Persian are left as they are. */
static bool is_hidden(const char *text, size_t length)
{
	ucs4_t code = utf8_number(text, length);
	return code > 0x7F && code != 0x200C && code != 0x200D &&
	       uc_is_general_category_withtable(code, UC_CATEGORY_MASK_Z | UC_CATEGORY_MASK_Cf);
}

void utf8_escape(const char *text, struct buffer *out)
{
	size_t left = strlen(text);
	while (left > 0) {
		size_t length = utf8_visible(text, left);
		if (length > 0 && is_hidden(text, length))
			length = 0;
		if (length > 0) {
			buffer_append(out, text, length);
		} else {
			length = 1;
			buffer_format(out, "\\x%02X", (unsigned)(unsigned char)*text);
		}
		text += length;
		left -= length;
	}
}

/* Ends the line before the blanks at the end of \p out, unless the line has nothing else. */
static void break_line(struct buffer *out, size_t line_start)
{
	size_t end = out->length;
	while (end > line_start && out->data[end - 1] == ' ')
		end--;
	out->length = end;
	if (end > line_start)
		buffer_append(out, "\n", 1);
}

/* The columns of a piece without the blanks and the line end behind it. */
static size_t piece_columns(const char *text, size_t length)
{
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n'))
		length--;
	return utf8_columns(text, length);
}

/* The library's own wrapping counts the blank before a break. */
void utf8_wrap(const char *text, size_t length, size_t columns, struct buffer *out)
{
	char *breaks = mem_alloc(length + 1);
	size_t line_start = out->length;
	u8_possible_linebreaks(octets(text), length, "UTF-8", breaks);
	for (size_t at = 0, end; at < length; at = end) {
		end = at + 1;
		while (end < length && text[end - 1] != '\n' && breaks[end] != UC_BREAK_POSSIBLE)
			end++;
		size_t before = out->length - line_start;
		if (before > 0 && utf8_columns(out->data + line_start, before) +
						  piece_columns(text + at, end - at) >
					  columns) {
			break_line(out, line_start);
			line_start = out->length;
		}
		buffer_append(out, text + at, end - at);
		if (text[end - 1] == '\n')
			line_start = out->length;
	}
	free(breaks);
}
