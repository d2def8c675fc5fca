/* links: quoted_core */
#include "core/formats/fortune_text.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fortune_text walk = {
		.text = (const char *)data, .length = size, .at_end = true, .delimiter = '%'};
	struct fortune_segment segment;
	size_t lines = 0;
	while (fortune_text_next(&walk, &segment)) {
		if (walk.start != walk.position || walk.position > size || segment.line <= lines)
			abort();
		lines = segment.line;
	}
	return 0;
}
