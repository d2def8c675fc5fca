/* links: quoted_core */
#include "core/formats/strfile.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strfile table;
	struct error error;
	if (size < 1 || !strfile_parse((const char *)data + 1, size - 1, data[0], &table, &error))
		return 0;
	if ((size - 1 - 24) / 4 < table.count + 1)
		abort();
	for (size_t i = 1; table.matches && i < table.count; i++)
		if (table.offsets[i - 1] > table.offsets[i] || table.offsets[i] >= data[0])
			abort();
	free(table.offsets);
	return 0;
}
