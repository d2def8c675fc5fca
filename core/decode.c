#include "core/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/mem.h"

enum { CHUNK = 4096 };

struct decoder {
	iconv_t iconv; /* (iconv_t)-1: ISO 8859-1 */
};

static const iconv_t none = (iconv_t)-1; // NOLINT(performance-no-int-to-ptr): POSIX wants it so
static const char latin1[] = "ISO-8859-1";
static const char replacement[] = "\uFFFD";

struct decoder *decode_open(const char *charset, struct error *reterr)
{
	iconv_t opened = none;
	if (strcasecmp(charset, latin1) != 0)
		opened = iconv_open("UTF-8", charset);
	if (opened == none && strcasecmp(charset, latin1) != 0) {
		error_set(reterr, "charset: iconv knows no '%s'; see iconv -l", charset);
		return NULL;
	}
	struct decoder *decoder = mem_alloc(sizeof *decoder);
	decoder->iconv = opened;
	return decoder;
}

/* By hand: its octets are the first 256 code points, and a small image has no iconv modules. */
static void decode_latin1(const char *data, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)data[i];
		char pair[2] = {(char)(0xC0 | octet >> 6), (char)(0x80 | (octet & 0x3F))};
		if (octet < 0x80)
			buffer_append(out, data + i, 1);
		else
			buffer_append(out, pair, 2);
	}
}

size_t decode_text(struct decoder *decoder, const char *text, size_t length, struct buffer *out)
{
	size_t bad = 0;
	if (decoder->iconv == none) {
		decode_latin1(text, length, out);
		return 0;
	}
	char *from = (char *)text; /* iconv does not write there */
	iconv(decoder->iconv, NULL, NULL, NULL, NULL);
	while (length > 0) {
		buffer_reserve(out, CHUNK);
		char *to = out->data + out->length;
		size_t room = CHUNK;
		size_t result = iconv(decoder->iconv, &from, &length, &to, &room);
		out->length += CHUNK - room;
		if (result != (size_t)-1 || errno == E2BIG)
			continue;
		buffer_add(out, replacement);
		from++;
		length--;
		bad++;
	}
	return bad;
}

void decode_close(struct decoder *decoder)
{
	if (decoder == NULL)
		return;
	if (decoder->iconv != none)
		iconv_close(decoder->iconv);
	free(decoder);
}

/* A word of a path, and the charset it speaks of. */
struct hint {
	const char *word;
	const char *charset;
};

/* Parts of the names of a file and its directories. */
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

/* Directories: languages, whose texts were written so before UTF-8. */
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

/* Looks up each part between \p separators; the last one that is known counts. */
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

const char *decode_hint(const char *path)
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
