/* links: quoted_web */
#include "frontends/web/query_field.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer out = {0};
	char *query = mem_strndup((const char *)data, size);
	bool valid = query_field_find(query, "q", &out);
	if (out.length > size)
		abort();
	if (valid && out.length > 0 && !utf8_is_valid(out.data, out.length))
		abort();
	long page = 1;
	if (query_field_number(query, "page", 100, &page) && (page < 1 || page > 100))
		abort();
	buffer_finish(&out);
	free(query);
	return 0;
}
