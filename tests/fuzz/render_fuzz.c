/* links: quoted_core */
#include "core/choice/render.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/base/utf8.h"
#include "core/library/attribution.h"
#include "core/text/clean.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 4)
		return 0;
	struct quote_fit fit = {data[0], data[1], data[2], data[3] & 1, data[3] & 2};
	struct buffer text = {0}, clean = {0}, out = {0};
	buffer_append(&text, data + 4, size - 4);
	if (!utf8_is_valid(text.data, text.length)) {
		buffer_finish(&text);
		return 0;
	}
	clean_quote(text.data, text.length, &clean, NULL);
	struct quote quote = {.text = clean.data, .length = clean.length};
	if (quote.length > 0) {
		attribution_find(&quote);
		bool fits = render_quote(&quote, &fit, &out);
		if (fits && fit.max_bytes > 0 && out.length > fit.max_bytes)
			abort();
		if (fits && !utf8_is_valid(out.data, out.length))
			abort();
	}
	buffer_finish(&out);
	buffer_finish(&clean);
	buffer_finish(&text);
	return 0;
}
