#include "frontends/mail/mime_words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/mail/charset_label.h"

struct word {
	const char *charset, *data, *end; /* end: NULL if it is not in base64 */
	size_t charset_length, length;    /* of data */
};

/* The language behind the charset is of no use here (RFC 2231 5). */
static bool read_word(const char *text, struct word *ret_word)
{
	static const char alphabet[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	if (strncmp(text, "=?", 2) != 0)
		return false;
	struct word word = {.charset = text + 2};
	word.charset_length = strcspn(word.charset, "*? \t\r\n");
	const char *encoding = word.charset + strcspn(word.charset, "? \t\r\n");
	bool in_base64 = g_ascii_strncasecmp(encoding, "?B?", 3) == 0;
	if (!in_base64 && g_ascii_strncasecmp(encoding, "?Q?", 3) != 0)
		return false;
	word.data = encoding + 3;
	word.length = strspn(word.data, alphabet);
	if (in_base64 && strncmp(word.data + word.length, "?=", 2) == 0)
		word.end = word.data + word.length + 2;
	*ret_word = word;
	return true;
}

/* Finds the next word if it is of the same charset. */
static bool goes_on(const struct word *word, struct word *ret_next)
{
	return read_word(word->end + strspn(word->end, " \t\r\n"), ret_next) &&
	       ret_next->end != NULL && ret_next->charset_length == word->charset_length &&
	       g_ascii_strncasecmp(ret_next->charset, word->charset, word->charset_length) == 0;
}

/* Moves what \p data, in base64, stands for to the octets; its padding may be missing. */
static void decode_data(struct buffer *data, struct buffer *octets)
{
	gsize length = 0;
	size_t missing = (4 - data->length % 4) % 4;
	buffer_append(data, "===", missing);
	guchar *decoded = g_base64_decode(data->data, &length);
	buffer_append(octets, decoded, length);
	g_free(decoded);
	buffer_clear(data);
}

/* Appends a word and those that go on, as one; returns what follows. Some programs split the data
 * after any of its letters. */
static const char *join_words(const struct word *first, const char *charset, struct buffer *out)
{
	struct word word = *first;
	struct word next;
	struct buffer data = {0};
	struct buffer octets = {0};
	buffer_append(&data, word.data, word.length);
	for (; goes_on(&word, &next); word = next) {
		if (word.length > 0 && word.data[word.length - 1] == '=')
			decode_data(&data, &octets);
		buffer_append(&data, next.data, next.length);
	}
	decode_data(&data, &octets);
	char *encoded = g_base64_encode((const guchar *)octets.data, octets.length);
	buffer_format(out, "=?%s?B?%s?=", charset, encoded);
	g_free(encoded);
	buffer_finish(&octets);
	buffer_finish(&data);
	return word.end;
}

/* GMime itself joins words, but not behind the padding of base64. */
char *mime_words_mend(const char *field)
{
	struct buffer out = {0};
	struct word word;
	char charset[CHARSET_LABEL_SIZE];
	buffer_add(&out, "");
	while (*field != '\0') {
		if (!read_word(field, &word)) {
			buffer_append(&out, field, 1);
			field++;
			continue;
		}
		charset_label_read(word.charset, word.charset_length, charset);
		if (word.end != NULL) {
			field = join_words(&word, charset, &out);
		} else {
			buffer_format(&out, "=?%s%.3s", charset, word.data - 3);
			field = word.data;
		}
	}
	return out.data;
}
