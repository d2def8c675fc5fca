#include "frontends/web/html.h"

#include <stdint.h>

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
