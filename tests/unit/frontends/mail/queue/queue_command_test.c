#include "frontends/mail/queue/queue_command.h"

#include <string.h>
#include <sysexits.h>

#include <criterion/criterion.h>

static char name[] = "queue";
static char list[] = "list";
static char retry[] = "retry";
static char drop[] = "drop";
static char dash_c[] = "-c";
static char file[] = "x.conf";
static char seven[] = "7";
static char all[] = "all";
static char dash_h[] = "--help";
static char wrong[] = "--wrong";
static char mail[] = "mail";

Test(queue_command, reads_a_command_line)
{
	static const struct {
		char *argv[6];
		int argc;
		int action; /* -1: refused */
		int ids;
		bool has_config;
	} rows[] = {
		{{name, list}, 2, QUEUE_COMMAND_LIST, 0, false},
		{{name, dash_c, file, list}, 4, QUEUE_COMMAND_LIST, 0, true},
		{{name, retry, seven, all}, 4, QUEUE_COMMAND_RETRY, 2, false},
		{{name, drop, seven, dash_c, file}, 5, QUEUE_COMMAND_DROP, 1, true},
		{{name, dash_h}, 2, QUEUE_COMMAND_HELP, 0, false},
		{{name}, 1, -1, 0, false},
		{{name, list, seven}, 3, -1, 0, false},
		{{name, drop}, 2, -1, 0, false},
		{{name, mail}, 2, -1, 0, false},
		{{name, list, wrong}, 3, -1, 0, false},
		{{name, list, dash_c}, 3, -1, 0, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct queue_command command;
		struct error error = {0};
		char *argv[7] = {0};
		memcpy(argv, rows[i].argv, sizeof rows[i].argv);
		bool good = queue_command_parse(rows[i].argc, argv, &command, &error);
		cr_assert_eq(good, rows[i].action >= 0, "row %zu: %s", i, error.text);
		if (!good) {
			cr_expect_not_null(strstr(error.text, "write quoted queue list"));
			continue;
		}
		cr_expect_eq((int)command.action, rows[i].action, "row %zu", i);
		cr_expect_eq(command.id_count, rows[i].ids, "row %zu", i);
		cr_expect_eq(command.config_path != NULL, rows[i].has_config, "row %zu", i);
	}
}

Test(queue_command, tells_that_there_is_no_database)
{
	struct queue_command command = {.action = QUEUE_COMMAND_LIST};
	struct output out = {.file = stdout};
	struct error error = {0};
	cr_expect_eq(queue_command_run(&command, "/nowhere/at/all", &out, &error), EX_UNAVAILABLE);
	cr_expect_str_eq(error.text, "/nowhere/at/all: No such file or directory; let quoted write "
				     "there, or set state_directory");
}
