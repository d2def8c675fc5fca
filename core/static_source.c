#include "core/static_source.h"

#include <string.h>

#include "core/clean.h"
#include "core/decode.h"
#include "core/utf8.h"

static bool load(const char *name, const struct collection_options *options,
	struct library *library, struct strings *warnings, struct error *reterr)
{
	(void)options, (void)warnings;
	struct buffer decoded = {0};
	struct buffer quote = {0};
	const char *charset = utf8_is_valid(name, strlen(name)) ? "UTF-8" : "ISO-8859-1";
	struct decoder *decoder = decode_open(charset, reterr);
	if (decoder == NULL)
		return false;
	decode_text(decoder, name, strlen(name), &decoded);
	clean_quote(decoded.data, decoded.length, &quote, NULL);
	bool added = quote.length > 0;
	if (added) {
		library_begin_file(library, "static");
		library_add(library, quote.data, quote.length);
	}
	if (!added)
		error_set(reterr, "quotes: no text after 'static:'; write static:TEXT");
	decode_close(decoder);
	buffer_finish(&decoded);
	buffer_finish(&quote);
	return added;
}

const struct source_ops static_source_ops = {.scheme = "static:", .load = load};
