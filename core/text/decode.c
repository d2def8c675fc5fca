#include "core/text/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

enum { CHUNK = 4096 };

struct decoder {
	iconv_t iconv; /* (iconv_t)-1: ISO 8859-1 */
	size_t unit;   /* octets that are invalid together */
	bool is_big;   /* UTF-16 with the high octet first */
};

static const iconv_t none = (iconv_t)-1; // NOLINT(performance-no-int-to-ptr): as POSIX says
static const char latin1[] = "ISO-8859-1";
static const char replacement[] = "\uFFFD";

/* Needed because lines and delimiters are found before decoding. */
static bool has_ascii(struct decoder *decoder)
{
	static const char ascii[] = "\n\r%@ AZaz09";
	struct buffer out = {0};
	size_t bad = decode_text(decoder, ascii, sizeof ascii - 1, &out).count;
	bool same = bad == 0 && out.length == sizeof ascii - 1 &&
		    memcmp(out.data, ascii, out.length) == 0;
	buffer_finish(&out);
	return same;
}

static struct decoder *create(const char *charset, size_t unit, struct error *reterr)
{
	bool by_hand = strcasecmp(charset, latin1) == 0;
	/* After a slash, iconv takes flags that make it drop octets silently. */
	iconv_t opened =
		by_hand || strchr(charset, '/') != NULL ? none : iconv_open("UTF-8", charset);
	if (opened == none && !by_hand) {
		error_set(reterr, "charset: iconv does not know '%s'; see 'iconv -l'", charset);
		return NULL;
	}
	struct decoder *decoder = mem_alloc(sizeof *decoder);
	decoder->iconv = opened;
	decoder->unit = unit;
	return decoder;
}

struct decoder *decode_open(const char *charset, struct error *reterr)
{
	struct decoder *decoder = create(charset, 1, reterr);
	if (decoder == NULL || decoder->iconv == none || has_ascii(decoder))
		return decoder;
	error_set(reterr, "charset: '%s' is not a superset of ASCII; convert the file to UTF-8",
		charset);
	decode_close(decoder);
	return NULL;
}

struct decoder *decode_open_utf16(bool is_big, struct error *reterr)
{
	struct decoder *decoder = create(is_big ? "UTF-16BE" : "UTF-16LE", 2, reterr);
	if (decoder != NULL)
		decoder->is_big = is_big;
	return decoder;
}

size_t decode_utf16_whole(const struct decoder *decoder, const char *text, size_t length)
{
	size_t whole = length - length % 2;
	if (whole == 0)
		return 0;
	unsigned char high = (unsigned char)text[decoder->is_big ? whole - 2 : whole - 1];
	bool is_first_of_pair = (high & 0xFC) == 0xD8;
	return is_first_of_pair ? whole - 2 : whole;
}

/* Done here because it is simple, and a small container image has no iconv modules. */
static void decode_latin1(const char *data, size_t length, struct buffer *out)
{
	buffer_reserve(out, 2 * length);
	char *to = out->data + out->length;
	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)data[i];
		if (octet >= 0x80)
			*to++ = (char)(0xC0 | octet >> 6);
		*to++ = octet < 0x80 ? (char)octet : (char)(0x80 | (octet & 0x3F));
	}
	out->length = (size_t)(to - out->data);
	*to = '\0';
}

/* Converts as much as there is room for; without text, what the decoder still holds back. */
static bool convert(struct decoder *decoder, char **from, size_t *left, struct buffer *out)
{
	buffer_reserve(out, CHUNK);
	char *to = out->data + out->length;
	size_t room = CHUNK;
	size_t result = iconv(decoder->iconv, from, left, &to, &room);
	out->length += CHUNK - room;
	out->data[out->length] = '\0';
	return result != (size_t)-1 || errno == E2BIG;
}

static void replace(struct buffer *out, struct decode_flaws *flaws)
{
	if (flaws->count == 0 || out->length < flaws->first)
		flaws->first = out->length;
	flaws->count++;
	buffer_add(out, replacement);
}

/* iconv passes on what UTF-8 once allowed: surrogates and sequences of up to six octets. */
static void repair(struct buffer *out, size_t start, struct decode_flaws *flaws)
{
	size_t at = 0;
	struct buffer odd = {0};
	if (utf8_is_valid(out->data + start, out->length - start))
		return;
	buffer_append(&odd, out->data + start, out->length - start);
	out->length = start;
	while (at < odd.length) {
		size_t good = utf8_valid_prefix(odd.data + at, odd.length - at);
		buffer_append(out, odd.data + at, good);
		at += good;
		if (at == odd.length)
			break;
		replace(out, flaws);
		at++;
	}
	buffer_finish(&odd);
}

struct decode_flaws decode_text(
	struct decoder *decoder, const char *text, size_t length, struct buffer *out)
{
	struct decode_flaws flaws = {0};
	size_t start = out->length;
	if (decoder->iconv == none) {
		decode_latin1(text, length, out);
		return flaws;
	}
	char *from = (char *)text; /* iconv does not write there */
	iconv(decoder->iconv, NULL, NULL, NULL, NULL);
	while (length > 0) {
		if (convert(decoder, &from, &length, out))
			continue;
		size_t bad = length < decoder->unit ? length : decoder->unit;
		replace(out, &flaws);
		from += bad;
		length -= bad;
	}
	convert(decoder, NULL, NULL, out);
	repair(out, start, &flaws);
	return flaws;
}

void decode_close(struct decoder *decoder)
{
	if (decoder == NULL)
		return;
	if (decoder->iconv != none)
		iconv_close(decoder->iconv);
	free(decoder);
}
