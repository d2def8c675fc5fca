#include "frontends/http/http_fields.h"

#include <stddef.h>

#include <criterion/criterion.h>

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
