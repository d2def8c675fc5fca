#include "core/sources/source.h"

#include <criterion/criterion.h>

#include "core/sources/command_source.h"
#include "core/sources/file_source.h"
#include "core/sources/fortune_source.h"
#include "core/sources/static_source.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

Test(source, refuses_what_it_does_not_know)
{
	static const struct {
		const char *spec, *text;
	} rows[] = {
		{"fotrune:/x", "quotes: no such source 'fotrune:'; did you mean 'fortune:'?"},
		{"web:x", "quotes: no such source 'web:'; write static:TEXT, fortune:PATH, "
			  "lines:PATH, json:PATH, csv:PATH or command:ARGV"},
		{"/x:y", "quotes: '/x:y' does not say what kind of source it is; write "
			 "fortune:/x:y"},
		{"static: ", "quotes: no text after 'static:'; write static:TEXT"},
		{"fortune:/nowhere", "quotes: fortune:/nowhere: No such file or directory"},
		{"fortune:/dev/null", "quotes: fortune:/dev/null: is a device, not a file"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error;
		struct strings warnings = {0};
		struct quotes quotes = {0};
		quotes_add(&quotes, "quotes", rows[i].spec);
		cr_assert_null(loader_load(
			&(struct loader){.warnings = &warnings}, &quotes.collections, &error));
		cr_assert_str_eq(error.text, rows[i].text);
		quotes_finish(&quotes);
		strings_finish(&warnings);
	}
}

Test(source, names_the_format_of_a_file_without_one, .init = scratch_enter, .fini = scratch_leave)
{
	const char *name;
	struct error error;
	scratch_write("f", "[\"one\"]", 7);
	cr_expect_null(source_find("f", &name, &error));
	cr_expect_str_eq(error.text, "'f' does not say what kind of source it is; write json:f");
}

Test(source, finds_the_kind_of_a_spec)
{
	static const struct {
		const char *spec;
		source_load *load;
		const char *name;
	} rows[] = {
		{"static:An apple", static_source_load, "An apple"},
		{"static:", static_source_load, ""},
		{"fortune:/a:b", fortune_source_load, "/a:b"},
		{"lines:/a", file_source_load_lines, "/a"},
		{"json:/a", file_source_load_json, "/a"},
		{"csv:/a", file_source_load_csv, "/a"},
		{"command:/bin/true x", command_source_load, "/bin/true x"},
		{"Static:x", NULL, NULL},
		{"", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *name = NULL;
		struct error error;
		source_load *load = source_find(rows[i].spec, &name, &error);
		cr_assert_eq(load, rows[i].load, "row %zu", i);
		if (load != NULL)
			cr_expect_str_eq(name, rows[i].name);
	}
}
