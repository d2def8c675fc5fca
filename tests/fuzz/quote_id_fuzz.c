/* links: quoted_core */
#include "core/library/quote_id.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[64] = "", again[QUOTE_ID_LENGTH + 1];
	uint64_t first = 0, last = 0, same = 0;
	memcpy(text, data, size < sizeof text ? size : sizeof text - 1);
	if (!quote_id_parse(text, &first, &last))
		return 0;
	if (first > last || last >> QUOTE_ID_BITS != 0 || strlen(text) > QUOTE_ID_LENGTH)
		abort();
	quote_id_format(first, again);
	again[strlen(text)] = '\0';
	if (!quote_id_parse(again, &same, &last) || same != first)
		abort();
	return 0;
}
