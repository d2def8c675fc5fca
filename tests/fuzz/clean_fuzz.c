/* links: quoted_core */
#include "core/text/clean.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer text = {0}, quote = {0};
	buffer_append(&text, data, size);
	if (!utf8_is_valid(text.data, text.length)) {
		buffer_finish(&text);
		return 0;
	}
	clean_quote(text.data, text.length, &quote, NULL);
	for (size_t i = 0; i < quote.length; i++)
		if ((unsigned char)quote.data[i] < 0x20 && quote.data[i] != 0x0A)
			abort();
	if (quote.length > 0 && !utf8_is_valid(quote.data, quote.length))
		abort();
	buffer_finish(&quote);
	buffer_finish(&text);
	return 0;
}
