#include "frontends/web/page/html.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const char *const references[256] = {
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&quot;",
	['\''] = "&#39;",
	['\0'] = "\xef\xbf\xbd", /* U+FFFD: HTML allows no NUL */
};

void html_escape(struct buffer *out, const char *text, size_t length)
{
	size_t begin = 0;
	for (size_t i = 0; i < length; i++) {
		const char *reference = references[(uint8_t)text[i]];
		if (reference == NULL)
			continue;
		buffer_append(out, text + begin, i - begin);
		buffer_add(out, reference);
		begin = i + 1;
	}
	buffer_append(out, text + begin, length - begin);
}

static bool is_unreserved(char octet)
{
	return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') ||
	       (octet >= '0' && octet <= '9') || (octet != '\0' && strchr("-._~", octet) != NULL);
}

void html_encode(struct buffer *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (is_unreserved(text[i]))
			buffer_append(out, text + i, 1);
		else
			buffer_format(out, "%%%02X", (unsigned)(unsigned char)text[i]);
	}
}
