#include "config/option_row.h"

#include <getopt.h>

#include <criterion/criterion.h>

#include "tests/support/arguments.h"

static const struct option_row rows[] = {
	{1, 'c', "config", "FILE", "read FILE;\nor else not"},
	{2, 't', "test", NULL, "check"},
	{3, '\0', "seed", "NUMBER", "choose"},
	{0, 'f', NULL, NULL, "list"},
	{0},
};

Test(option_row, finds_the_row_of_each_option)
{
	static const struct {
		const char *line;
		int ids[3];
		const char *value;
	} lines[] = {
		{"-c a", {1, -1}, "a"},
		{"-ca -f", {1, 0, -1}, NULL},
		{"--config=a", {1, -1}, "a"},
		{"--seed 4 word", {3, -1}, "4"},
		{"--se 4", {3, -1}, "4"},
		{"-tf", {2, 0, -1}, NULL},
		{"-x", {'?', -1}, NULL},
		{"--test=1", {'?', -1}, NULL},
		{"-c", {':', -1}, NULL},
		{"--seed", {':', -1}, NULL},
		{"-- -t", {-1}, NULL},
	};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		char *argv[ARGUMENTS_MAX + 1];
		int argc = arguments_split(lines[i].line, argv);
		optind = 0;
		for (size_t j = 0; j == 0 || lines[i].ids[j - 1] != -1; j++) {
			cr_expect_eq(option_row_next(rows, argc, argv), lines[i].ids[j], "%s",
				lines[i].line);
			if (j == 0 && lines[i].value != NULL)
				cr_expect_str_eq(optarg, lines[i].value, "%s", lines[i].line);
		}
	}
}

Test(option_row, aligns_the_help)
{
	struct buffer out = {0};
	option_row_add_help(rows, &out);
	cr_expect_str_eq(out.data,
		"  -c, --config FILE  read FILE;\n"
		"                     or else not\n"
		"  -t, --test         check\n"
		"      --seed NUMBER  choose\n"
		"  -f                 list\n",
		"%s", out.data);
	buffer_finish(&out);
}
