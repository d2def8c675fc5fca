/* links: quoted_web */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/web/page.h"

/* No part of a quote or a host may become markup. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	char *text = mem_strndup((const char *)data, size);
	size_t length = strlen(text);
	size_t body = data[0] % (length + 1);
	struct quote quote = {.text = text,
		.length = length,
		.body_length = body,
		.author = text + body,
		.author_length = length - body};
	struct page *page = page_create("T", 1717);
	struct buffer out = {0};
	page_write_quote(page, &(struct http_request){.path = text, .base = "http://localhost"},
		&quote, &out);
	if (strstr(out.data, "<script") != NULL || strstr(out.data, "<img") != NULL)
		abort();
	buffer_finish(&out);
	page_destroy(page);
	free(text);
	return 0;
}
