#include "core/static_source.h"

#include <string.h>

#include "core/clean.h"
#include "core/utf8.h"

static bool load(const char *name, const struct collection_options *options,
	struct library *library, struct strings *warnings, struct error *reterr)
{
	(void)options, (void)warnings;
	struct buffer quote = {0};
	bool is_utf8 = utf8_is_valid(name, strlen(name));
	if (is_utf8)
		clean_quote(name, strlen(name), &quote, NULL);
	bool added = quote.length > 0;
	if (added) {
		library_begin_file(library, "static");
		library_add(library, quote.data, quote.length);
	}
	if (!is_utf8)
		error_set(reterr, "quotes: the text after 'static:' is not UTF-8");
	else if (!added)
		error_set(reterr, "quotes: no text after 'static:'; write static:TEXT");
	buffer_finish(&quote);
	return added;
}

const struct source_ops static_source_ops = {.scheme = "static:", .load = load};
