#include "frontends/web/quote_text.h"

#include <string.h>

void quote_text_path(uint64_t id, const char *suffix, char ret_path[QUOTE_TEXT_PATH_SIZE])
{
	char *text = stpcpy(ret_path, "q/");
	quote_id_format(id, text);
	stpcpy(text + QUOTE_ID_LENGTH, suffix);
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
