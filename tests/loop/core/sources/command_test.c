#include "core/sources/command.h"

#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <criterion/criterion.h>

Test(command, collects_the_output_of_a_program, .timeout = 60)
{
	static const struct {
		const char *command, *output, *error; /* one of them is NULL */
	} rows[] = {
		{"/bin/echo hi", "hi\n", NULL},
		{"sh -c 'echo out; echo err >&2'", "out\n", NULL},
		{"sh -c 'cat; echo done'", "done\n", NULL},
		{"sh -c 'yes no | head -c 200000 >&2; echo fine'", "fine\n", NULL},
		{"/nowhere/x", NULL,
			"command:/nowhere/x: no such program; install it, or write its path"},
		{"/", NULL, "command:/: Permission denied"},
		{"sh -c 'echo why >&2; echo more >&2; exit 3'", NULL,
			"command:sh: exit status 3: why"},
		{"sh -c 'exit 4'", NULL, "command:sh: exit status 4"},
		{"sh -c 'kill -9 $$'", NULL, "command:sh: killed by signal 9"},
		{"yes", NULL, "command:yes: wrote more than 1000 octets; raise max_bytes"},
		{"sh -c 'trap \"\" TERM; sleep 600'", NULL,
			"command:sh: took longer than 0.5 s; raise timeout"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct command_limits limits = {.timeout_ms = 20000, .max_bytes = 1000};
		struct strings argv = {0};
		struct buffer out = {0};
		struct error error = {0};
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

enum { DEADLINE_MS = 20000 };

/* Runs a command and returns whether all its children end soon after. They inherit one end of a
 * pipe. */
static bool leaves_no_process(const char *command, const struct command_limits *limits,
	bool *ret_success, struct buffer *out, struct error *reterr)
{
	int held[2];
	struct strings argv = {0};
	cr_assert_eq(pipe(held), 0);
	cr_assert(command_split(command, &argv, reterr));
	*ret_success = command_run(&argv, limits, out, reterr);
	close(held[1]);
	struct pollfd ended = {held[0], POLLIN, 0};
	bool all_ended = poll(&ended, 1, DEADLINE_MS) == 1;
	close(held[0]);
	strings_finish(&argv);
	return all_ended;
}

Test(command, kills_the_children, .timeout = 60)
{
	static const struct {
		const char *command, *output, *error;
	} rows[] = {
		{"sh -c '(sleep 600) & echo here'", "here\n", NULL},
		{"sh -c '(sleep 600) & echo bad >&2; exit 3'", NULL,
			"command:sh: exit status 3: bad"},
		{"sh -c '(sleep 600) & kill -9 $$'", NULL, "command:sh: killed by signal 9"},
		{"sh -c '(sleep 600) & yes'", NULL,
			"command:sh: wrote more than 1000 octets; raise max_bytes"},
		{"sh -c '(sleep 600) & yes >&2'", NULL,
			"command:sh: took longer than 0.5 s; raise timeout"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct command_limits limits = {
			.timeout_ms = i == 4 ? 500 : 20000, .max_bytes = 1000};
		struct buffer out = {0};
		struct error error = {0};
		bool success;
		cr_assert(leaves_no_process(rows[i].command, &limits, &success, &out, &error), "%s",
			rows[i].command);
		cr_assert_eq(success, rows[i].output != NULL, "%s", error.text);
		cr_assert_str_eq(
			success ? out.data : error.text, success ? rows[i].output : rows[i].error);
		buffer_finish(&out);
	}
}

Test(command, is_cancelled, .timeout = 60)
{
	struct buffer out = {0};
	struct error error = {0};
	bool success;
	int cancel = eventfd(1, EFD_CLOEXEC);
	struct command_limits limits = {.timeout_ms = 600000, .max_bytes = 1000, .cancel = cancel};
	cr_assert(leaves_no_process("sh -c 'sleep 600 & wait'", &limits, &success, &out, &error));
	cr_assert_not(success);
	cr_assert_str_eq(error.text, "command:sh: was cancelled");
	close(cancel);
	buffer_finish(&out);
}
