#include "config/daemon_options.h"

#include <string.h>

#include <criterion/criterion.h>

static const struct setting *find(const char *name)
{
	const struct setting *row = daemon_options_settings;
	while (strcmp(row->name, name) != 0)
		row++;
	return row;
}

Test(daemon_options, are_checked)
{
	static const struct {
		const char *name, *text, *error; /* NULL: it is taken */
	} cases[] = {
		{"timezone", "Europe/Berlin", NULL},
		{"timezone", "Europe/Nowhere", "no zone 'Europe/Nowhere' in /usr/share/zoneinfo; "},
		{"timezone", "../zoneinfo/Europe/Berlin",
			"no zone '../zoneinfo/Europe/Berlin' in "},
		{"timezone", "/usr/share/zoneinfo/Europe/Berlin", "no zone '/usr/share/zone"},
		{"timezone", "Europe", "no zone 'Europe' in /usr/share/zoneinfo; "},
		{"user", "nobody", NULL},
		{"user", "no-such-user", "'no-such-user': no such user; make it with adduser "},
		{"today_pins", "2026-12-25 abcd", NULL},
		{"today_pins", "25.12. x",
			"'25.12. x' is not a date and an id; write \"2026-12-25 "},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error error = {0};
		bool taken = find(cases[i].name)->check(cases[i].text, &error);
		cr_expect_eq(taken, cases[i].error == NULL, "%s", cases[i].text);
		if (cases[i].error != NULL)
			cr_expect_eq(strncmp(error.text, cases[i].error, strlen(cases[i].error)), 0,
				"%s", error.text);
	}
}
