#include "core/library/author_key.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "core/base/utf8.h"

/* Appends the folded octets, and a blank before each word but the first. */
static void append_words(const char *folded, size_t length, struct buffer *out)
{
	size_t start = out->length;
	bool between = false;
	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)folded[i];
		if (octet < 0x80 && !isalnum(octet)) {
			between = out->length > start;
			continue;
		}
		if (between)
			buffer_append(out, " ", 1);
		between = false;
		char lower = octet < 0x80 ? (char)tolower(octet) : folded[i];
		buffer_append(out, &lower, 1);
	}
}

size_t author_key_name(const char *author, size_t length)
{
	size_t end = 0;
	while (end < length && strchr(",;([\n", author[end]) == NULL)
		end++;
	while (end > 0 && author[end - 1] == ' ')
		end--;
	return end > 0 ? end : length;
}

void author_key_append(const char *author, size_t length, struct buffer *out)
{
	length = author_key_name(author, length);
	struct buffer folded = {0};
	if (utf8_is_ascii(author, length)) {
		append_words(author, length, out);
		return;
	}
	utf8_fold(author, length, &folded);
	append_words(folded.data, folded.length, out);
	buffer_finish(&folded);
}
