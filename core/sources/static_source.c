#include "core/sources/static_source.h"

#include <string.h>

#include "core/base/utf8.h"
#include "core/text/clean.h"
#include "core/text/decode.h"

bool static_source_load(const char *name, struct loader *loader, struct error *reterr)
{
	struct buffer decoded = {0};
	struct buffer quote = {0};
	if (!loader_wants(loader, "static"))
		return true;
	const char *charset = utf8_is_valid(name, strlen(name)) ? "UTF-8" : "ISO-8859-1";
	struct decoder *decoder = decode_open(charset, reterr);
	if (decoder == NULL)
		return false;
	decode_text(decoder, name, strlen(name), &decoded);
	clean_quote(decoded.data, decoded.length, &quote, NULL);
	bool added = quote.length > 0;
	if (added) {
		loader_begin_file(loader, "static");
		loader_add(loader, quote.data, quote.length);
	}
	if (!added)
		error_set(reterr, "no text after 'static:'; write static:TEXT");
	decode_close(decoder);
	buffer_finish(&decoded);
	buffer_finish(&quote);
	return added;
}
