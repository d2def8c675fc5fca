#include "core/static_source.h"

#include <string.h>

#include "core/clean.h"

static bool load(
	const char *name, struct quote_store *store, struct strings *warnings, struct error *reterr)
{
	(void)warnings;
	struct buffer decoded = {0};
	struct buffer quote = {0};
	buffer_add(&decoded, name);
	clean_decode(&decoded);
	clean_quote(decoded.data, decoded.length, &quote);
	bool added = quote.length > 0 && quote_store_add(store, quote.data, quote.length);
	if (!added)
		error_set(reterr, "quotes: no text after 'static:'; write static:TEXT");
	buffer_finish(&quote);
	buffer_finish(&decoded);
	return added;
}

const struct source_ops static_source_ops = {.scheme = "static:", .load = load};
