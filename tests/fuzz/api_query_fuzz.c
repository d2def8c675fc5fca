/* links: quoted_web */
#include "frontends/web/api/api_query.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct api_query_row rows[] = {
	{"a", API_QUERY_TYPE_TEXT, 1, 5},
	{"n", API_QUERY_TYPE_NUMBER, 1, 50},
	{"d", API_QUERY_TYPE_DAY, 0, 0},
	{"l", API_QUERY_TYPE_LANGUAGE, 0, 0},
	{"c", API_QUERY_TYPE_CURSOR, 0, 0},
	{0},
};

/* A refusal says why, in UTF-8; what is taken is within its bounds. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct api_query query;
	struct api_query_fault fault;
	char *text = mem_strndup((const char *)data, size);
	if (api_query_read(text, rows, &query, &fault)) {
		size_t number = api_query_number(&query, "n", 1);
		const char *author = api_query_text(&query, "a");
		if (number < 1 || number > 50)
			abort();
		if (author != NULL && !utf8_is_valid(author, strlen(author)))
			abort();
		api_query_finish(&query);
	} else if (fault.detail.text[0] == '\0' ||
		   !utf8_is_valid(fault.detail.text, strlen(fault.detail.text)) ||
		   !utf8_is_valid(fault.parameter, strlen(fault.parameter))) {
		abort();
	}
	free(text);
	return 0;
}
