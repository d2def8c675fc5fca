#include "frontends/web/quote_text.h"

#include <stdio.h>

void quote_text_path(uint64_t id, const char *suffix, char ret_path[QUOTE_TEXT_PATH_SIZE])
{
	char text[QUOTE_ID_LENGTH + 1];
	quote_id_format(id, text);
	snprintf(ret_path, QUOTE_TEXT_PATH_SIZE, "q/%s%s", text, suffix);
}

void quote_text_write(const struct quote *quote, struct buffer *out)
{
	buffer_append(out, quote->text, quote->length);
	buffer_append(out, "\n", 1);
}

void quote_text_write_all(const struct quote *quotes, size_t count, struct buffer *out)
{
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, i > 0 ? "%\n" : "");
		quote_text_write(&quotes[i], out);
	}
}
