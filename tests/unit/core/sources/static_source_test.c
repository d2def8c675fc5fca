#include "core/sources/static_source.h"

#include <criterion/criterion.h>

#include "core/sources/loader.h"

Test(static_source, loads)
{
	static const struct {
		const char *name, *text; /* NULL: refused */
	} rows[] = {
		{"An apple a day", "An apple a day"},
		{"static:x", "static:x"},
		{"a\tb ", "a       b"},
		{"a\n%\nb", "a\n%\nb"},
		{"caf\xE9", "caf\u00e9"},
		{"caf\u00e9", "caf\u00e9"},
		{"\x1B[1mbold\x1B[0m", "bold"},
		{"", NULL},
		{" \n\t", NULL},
		{"\x07", NULL},
	};
	static const struct collection collection = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		static struct collections none = {.references = 1};
		struct library *library = library_create(&none);
		const struct quote_store *store = &library->store;
		struct strings warnings = {0};
		struct error error = {0};
		struct loader loader = {
			.library = library, .collection = &collection, .warnings = &warnings};
		bool loaded = static_source_load(rows[i].name, &loader, &error);
		cr_assert_eq(loaded, rows[i].text != NULL, "row %zu", i);
		cr_assert_eq(store->count, loaded ? 1 : 0);
		if (loaded)
			cr_assert_str_eq(quote_store_get(store, 0).text, rows[i].text);
		else
			cr_assert_str_eq(error.text, "no text after 'static:'; write static:TEXT");
		cr_assert_eq(warnings.count, 0);
		library_release(library);
	}
}
