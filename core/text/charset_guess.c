#include "core/text/charset_guess.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/base/file_read.h"
#include "core/base/utf8.h"
#include "core/text/decode.h"
#include "core/text/line_end.h"

enum { CHUNK_SIZE = 262144 };

/* A word of a path, and the charset that it hints at. */
struct hint {
	const char *word;
	const char *charset;
};

/* Parts of the names of a file and of its directories. */
static const struct hint name_hints[] = {
	{"iso2", "ISO-8859-2"},
	{"iso3", "ISO-8859-3"},
	{"iso4", "ISO-8859-4"},
	{"iso5", "ISO-8859-5"},
	{"iso7", "ISO-8859-7"},
	{"iso8", "ISO-8859-8"},
	{"iso9", "ISO-8859-9"},
	{"iso13", "ISO-8859-13"},
	{"iso15", "ISO-8859-15"},
	{"latin2", "ISO-8859-2"},
	{"latin3", "ISO-8859-3"},
	{"latin5", "ISO-8859-9"},
	{"latin9", "ISO-8859-15"},
	{"koi8", "KOI8-R"},
	{"koi8r", "KOI8-R"},
	{"koi8u", "KOI8-U"},
	{"cp1250", "CP1250"},
	{"cp1251", "CP1251"},
	{"cp1252", "CP1252"},
	{"cp866", "CP866"},
	{"big5", "BIG5"},
	{"gb2312", "GB18030"},
	{"gbk", "GB18030"},
	{"eucjp", "EUC-JP"},
	{"euckr", "EUC-KR"},
	{"sjis", "SHIFT_JIS"},
};

/* Directories named after a language, and the charset of its texts before UTF-8. */
static const struct hint language_hints[] = {
	{"bg", "CP1251"},
	{"cs", "ISO-8859-2"},
	{"el", "ISO-8859-7"},
	{"eo", "ISO-8859-3"},
	{"he", "ISO-8859-8"},
	{"hr", "ISO-8859-2"},
	{"hu", "ISO-8859-2"},
	{"ja", "EUC-JP"},
	{"ko", "EUC-KR"},
	{"lt", "ISO-8859-13"},
	{"lv", "ISO-8859-13"},
	{"mt", "ISO-8859-3"},
	{"pl", "ISO-8859-2"},
	{"ro", "ISO-8859-2"},
	{"ru", "KOI8-R"},
	{"sk", "ISO-8859-2"},
	{"sl", "ISO-8859-2"},
	{"tr", "ISO-8859-9"},
	{"uk", "KOI8-U"},
	{"zh", "GB18030"},
};

static const char *look_up(const struct hint *hints, size_t count, const char *word, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(hints[i].word) == length &&
			strncasecmp(hints[i].word, word, length) == 0)
			return hints[i].charset;
	return NULL;
}

/* Looks up each part between separators; the last known one counts. */
static const char *hint_in(const struct hint *hints, size_t count, const char *text, size_t length,
	const char *separators)
{
	const char *found = NULL;
	size_t at = 0;
	while (at < length) {
		size_t word = strcspn(text + at, separators);
		if (word > length - at)
			word = length - at;
		const char *charset = look_up(hints, count, text + at, word);
		found = charset != NULL ? charset : found;
		at += word + 1;
	}
	return found;
}

static const char *hint_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	const char *found = hint_in(
		name_hints, sizeof name_hints / sizeof *name_hints, path, strlen(path), "/.-_");
	if (found != NULL)
		return found;
	return hint_in(language_hints, sizeof language_hints / sizeof *language_hints, path,
		(size_t)(name - path), "/");
}

/* ISO 8859-1 has controls there, which no text uses; Windows has quotation marks and dashes. */
static bool has_high_controls(const char *text, size_t length)
{
	size_t at = 0;
	while (at < length && ((unsigned char)text[at] & 0xE0) != 0x80)
		at++;
	return at < length;
}

/* Lines in UTF-8 come from another file, and are read as what they are. Sets \p ret_high if another
 * one has such octets. */
static bool are_lines_valid(
	struct decoder *decoder, const char *text, size_t length, bool *ret_high)
{
	struct buffer out = {0};
	bool good = true;
	size_t at = 0, octets;
	const char *line;
	while (good && (line = line_end_next(text, length, &at, &octets)) != NULL) {
		if (utf8_is_valid(line, octets))
			continue;
		buffer_clear(&out);
		good = decode_text(decoder, line, octets, &out).count == 0;
		*ret_high |= has_high_controls(line, octets);
	}
	buffer_finish(&out);
	return good;
}

/* Whether the file is valid in the charset. It can be split at line ends, as no charset above uses
 * their octets within a character. */
static bool is_valid_in(int fd, const char *charset, bool *ret_high)
{
	struct buffer text = {0};
	struct decoder *decoder = decode_open(charset, NULL);
	bool good = decoder != NULL && lseek(fd, 0, SEEK_SET) == 0;
	*ret_high = false;
	while (good && file_read_chunk(fd, CHUNK_SIZE, &text) > 0) {
		const char *last = memrchr(text.data, '\n', text.length);
		if (last == NULL)
			last = memrchr(text.data, '\r', text.length);
		size_t whole = last != NULL ? (size_t)(last - text.data) + 1 : 0;
		good = are_lines_valid(decoder, text.data, whole, ret_high);
		buffer_consume(&text, whole);
	}
	good = good && are_lines_valid(decoder, text.data, text.length, ret_high);
	decode_close(decoder);
	buffer_finish(&text);
	return good;
}

const char *charset_guess(const char *path, int fd)
{
	static const char windows[] = "CP1252";
	const char *hint = hint_of(path);
	bool high;
	if (hint != NULL && is_valid_in(fd, hint, &high))
		return hint;
	return is_valid_in(fd, windows, &high) && high ? windows : "ISO-8859-1";
}
