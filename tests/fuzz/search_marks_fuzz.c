/* links: quoted_core */
#include "core/search/search_marks.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/library/attribution.h"
#include "core/search/search_query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* They are in order, apart, in the text, and never part a code point. */
static void check(const struct quote *quote, const struct search_marks *marks)
{
	size_t end = 0;
	for (size_t i = 0; i < marks->count; i++) {
		const struct search_mark *mark = &marks->items[i];
		if (mark->start < end || mark->length == 0 ||
			mark->start + mark->length > quote->length)
			abort();
		end = mark->start + mark->length;
		if ((quote->text[mark->start] & 0xC0) == 0x80 || (quote->text[end] & 0xC0) == 0x80)
			abort();
	}
}

/* The query, an octet 1, and the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct search_scope everywhere;
	struct buffer match = {0};
	struct error error;
	struct search_marks marks;
	char *query = mem_strndup((const char *)data, size);
	char *text = strchr(query, 1);
	if (text != NULL) {
		*text++ = '\0';
		struct quote quote = {.text = text, .length = strlen(text)};
		if (utf8_is_valid(text, quote.length) && quote.length > 0 &&
			search_query_compile(query, &everywhere, &match, &error)) {
			attribution_find(&quote);
			search_marks_find(query, &quote, &marks);
			check(&quote, &marks);
			search_marks_finish(&marks);
			search_query_doubt(query, &everywhere, &error);
		}
	}
	buffer_finish(&match);
	free(query);
	return 0;
}
