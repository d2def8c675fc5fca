#include "core/command.h"

#include <string.h>

#include <criterion/criterion.h>

Test(command_run, takes_what_a_program_writes, .timeout = 60)
{
	static const struct {
		const char *command, *output, *error; /* one of both is NULL */
	} rows[] = {
		{"/bin/echo hi", "hi\n", NULL},
		{"sh -c 'echo out; echo err >&2'", "out\n", NULL},
		{"sh -c 'cat; echo done'", "done\n", NULL},
		{"sh -c '(sleep 600) & echo here'", "here\n", NULL},
		{"sh -c 'yes no | head -c 200000 >&2; echo fine'", "fine\n", NULL},
		{"/nowhere/x", NULL, "command:/nowhere/x: no such program"},
		{"/", NULL, "command:/: Permission denied"},
		{"sh -c 'echo why >&2; echo more >&2; exit 3'", NULL,
			"command:sh: exit status 3: why"},
		{"sh -c 'exit 4'", NULL, "command:sh: exit status 4"},
		{"sh -c 'kill -9 $$'", NULL, "command:sh: ended by signal 9"},
		{"yes", NULL, "command:yes: wrote more than 1000 octets"},
		{"sh -c 'trap \"\" TERM; sleep 600'", NULL, "command:sh: took longer than 500 ms"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct command_limits limits = {.timeout_ms = 20000, .max_bytes = 1000};
		struct strings argv = {0};
		struct buffer out = {0};
		struct error error = {""};
		if (strstr(rows[i].command, "trap") != NULL)
			limits.timeout_ms = 500;
		cr_assert(command_split(rows[i].command, &argv, &error));
		bool success = command_run(&argv, &limits, &out, &error);
		cr_assert_eq(
			success, rows[i].output != NULL, "%s: %s", rows[i].command, error.text);
		if (success)
			cr_assert_str_eq(out.data, rows[i].output, "%s", rows[i].command);
		else
			cr_assert_str_eq(error.text, rows[i].error);
		buffer_finish(&out);
		strings_finish(&argv);
	}
}
