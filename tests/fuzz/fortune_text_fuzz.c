/* links: quoted_core */
#include "core/fortune_text.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fortune_text walk = {.text = (const char *)data, .length = size};
	const char *quote = NULL;
	size_t length = 0;
	while (fortune_text_next(&walk, &quote, &length))
		if (length == 0 || walk.position > size)
			abort();
	return 0;
}
