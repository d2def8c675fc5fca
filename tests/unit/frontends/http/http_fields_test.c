#include "frontends/http/http_fields.h"

#include <stddef.h>

#include <criterion/criterion.h>

Test(http_fields, if_none_match_is_compared_weakly)
{
	static const struct {
		const char *field;
		bool matches;
	} rows[] = {
		{NULL, false},
		{"", false},
		{"*", true},
		{"W/\"a1\"", true},
		{"\"a1\"", true},
		{"\"a2\"", false},
		{"\"a\"", false},
		{"\"a12\"", false},
		{"a1", false},
		{"\"b\", W/\"c\",\"a1\"", true},
		{"\"b,\", \"a1\"", true},
		{"\"b, \"a1\"", false},
		{"\"b\" \"a1\"", true},
		{" , ,\"a1\"", true},
		{"\"a1", false},
		{"w/\"a1\"", false},
		{"\"A1\"", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(
			http_fields_match(rows[i].field, "W/\"a1\""), rows[i].matches, "%zu", i);
}

Test(http_fields, gzip_is_accepted_by_name_or_asterisk)
{
	static const struct {
		const char *field;
		bool accepted;
	} rows[] = {
		{NULL, false},
		{"", false},
		{"gzip", true},
		{"GZIP", true},
		{"x-gzip", true},
		{"br, gzip;q=0.5", true},
		{"deflate, br", false},
		{"gzip;q=0", false},
		{"gzip;q=0.000", false},
		{"gzip; q=0.001", true},
		{"gzip ; Q=0", false},
		{"*", true},
		{"*;q=0", false},
		{"*, gzip;q=0", false},
		{"*;q=0, gzip", true},
		{"gzipped", false},
		{"identity", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(http_fields_accept_gzip(rows[i].field), rows[i].accepted, "%s",
			rows[i].field != NULL ? rows[i].field : "none");
}
