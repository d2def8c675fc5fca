/* links: quoted_web */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/search/search_query.h"
#include "frontends/web/page/quote_card.h"

static size_t count(const char *text, const char *part)
{
	size_t found = 0;
	while ((text = strstr(text, part)) != NULL) {
		text += strlen(part);
		found++;
	}
	return found;
}

static void check(const struct quote *quote, const char *query)
{
	struct buffer out = {0};
	quote_card_write(quote, &out);
	quote_card_write_entry(quote, query, &out);
	quote_card_write_entry(quote, NULL, &out);
	if (strpbrk(out.data, "\1\2") != NULL || count(out.data, "<script") > 0 ||
		count(out.data, "<img") > 0 ||
		count(out.data, "<mark>") != count(out.data, "</mark>"))
		abort();
	buffer_clear(&out);
	quote_card_add_title(quote, &out);
	if (!utf8_is_valid(out.data, out.length) || strchr(out.data, '\n') != NULL)
		abort();
	buffer_finish(&out);
}

static bool is_clean(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if ((unsigned char)*at < ' ' && *at != '\n')
			return false;
	}
	return *text != '\0' && utf8_is_valid(text, strlen(text));
}

/* The query, an octet 1, and the text; or the text alone. No part of a quote may become markup. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct search_scope everywhere;
	struct buffer match = {0};
	struct error error;
	char *input = mem_strndup((const char *)data, size);
	char *end = strchr(input, 1);
	char *text = end != NULL ? end + 1 : input;
	const char *query = end != NULL ? input : "a*";
	if (end != NULL)
		*end = '\0';
	if (is_clean(text) && search_query_compile(query, &everywhere, &match, &error)) {
		size_t length = strlen(text);
		size_t body = (size_t)(unsigned char)text[0] * 7 % (length + 1);
		while (body < length && (text[body] & 0xc0) == 0x80)
			body++;
		struct quote quote = {.text = text,
			.length = length,
			.body_length = body,
			.author = text + body,
			.author_length = length - body};
		check(&quote, query);
	}
	buffer_finish(&match);
	free(input);
	return 0;
}
