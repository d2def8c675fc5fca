#include "frontends/mail/queue/queue_command.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "frontends/mail/queue/mail_store.h"
#include "tests/support/scratch.h"

static char *directory;
static char *printed;
static struct error error;

/* Three messages: one was refused, one is put off, one is new. */
static void open(void)
{
	static const enum relay_outcome outcomes[] = {
		RELAY_OUTCOME_PERMANENT, RELAY_OUTCOME_TEMPORARY, RELAY_OUTCOME_UNTRIED};
	static char sender[] = "";
	static char text[] = "Subject: x\r\n\r\nx\r\n";
	static char recipients[][16] = {"a@b.example", "b@b.example", "c@b.example"};
	struct mail_store_place place = {.section = "mail.test", .lifetime = 1000000};
	bool repeated;
	setenv("TZ", "UTC-2", 1);
	scratch_enter();
	directory = getcwd(NULL, 0);
	struct db *db = store_open(directory, true, &mail_store_schema, &error);
	cr_assert_not_null(db, "%s", error.text);
	for (int i = 0; i < 3; i++) {
		struct relay_message message = {.sender = sender,
			.recipient = recipients[i],
			.text = text,
			.created = 1000,
			.outcome = outcomes[i],
			.reason = "550 \x1B[2J"};
		place.now = 2000;
		cr_assert(mail_store_add(db, &place, &message, NULL, &repeated));
		if (i < 2)
			cr_assert(mail_store_settle(db, &place, &message, 5000));
	}
	db_close(db);
}

static void finish(void)
{
	free(directory);
	free(printed);
	scratch_leave();
}

TestSuite(queue_command, .init = open, .fini = finish);

/* Runs a command, and returns its status; printed has what it says. */
static int run(const char *action, char *operand, bool json)
{
	size_t length;
	struct store_command command = {action, &operand, operand != NULL, json};
	free(printed);
	struct output out = {.file = open_memstream(&printed, &length)};
	int status = queue_command_run(&command, directory, &out, &error);
	fclose(out.file);
	return status;
}

Test(queue_command, lists_what_waits)
{
	tzset();
	cr_assert_eq(run("list", NULL, false), EX_OK);
	cr_expect_str_eq(printed,
		"1 failed mail.test to a@b.example, since 1970-01-01 02:00:01: 550 \\x1B[2J\n"
		"2 waiting mail.test to b@b.example, since 1970-01-01 02:00:01, tried 1 times, "
		"again at 1970-01-01 02:00:07: 550 \\x1B[2J\n"
		"3 waiting mail.test to c@b.example, since 1970-01-01 02:00:01\n");
}

Test(queue_command, lists_in_json)
{
	cr_assert_eq(run("list", NULL, true), EX_OK);
	cr_expect_str_eq(printed,
		"{\"id\":1,\"state\":\"failed\",\"section\":\"mail.test\","
		"\"recipient\":\"a@b.example\",\"since\":\"1970-01-01T00:00:01Z\",\"tries\":1,"
		"\"again\":null,\"reason\":\"550 \\u001B[2J\"}\n"
		"{\"id\":2,\"state\":\"waiting\",\"section\":\"mail.test\","
		"\"recipient\":\"b@b.example\",\"since\":\"1970-01-01T00:00:01Z\",\"tries\":1,"
		"\"again\":\"1970-01-01T00:00:07Z\",\"reason\":\"550 \\u001B[2J\"}\n"
		"{\"id\":3,\"state\":\"waiting\",\"section\":\"mail.test\","
		"\"recipient\":\"c@b.example\",\"since\":\"1970-01-01T00:00:01Z\",\"tries\":0,"
		"\"again\":null,\"reason\":null}\n");
}

Test(queue_command, sends_again_and_forgets)
{
	static char two[] = "2";
	static char all[] = "all";
	static char word[] = "2x";
	cr_expect_eq(run("retry", two, false), EX_OK);
	cr_expect_str_eq(printed, "1 message will be sent again\n");
	cr_expect_eq(run("drop", two, false), EX_OK);
	cr_expect_str_eq(printed, "1 message dropped\n");
	cr_expect_eq(run("drop", two, false), 1);
	cr_expect_str_eq(error.text, "there is no message 2, or it is being sent");
	cr_expect_eq(run("drop", word, false), EX_USAGE);
	cr_expect_eq(run("drop", all, false), EX_OK);
	cr_expect_str_eq(printed, "2 messages dropped\n");
	cr_expect_eq(run("list", NULL, false), EX_OK);
	cr_expect_str_eq(printed, "");
}

Test(queue_command, tells_that_there_is_no_database)
{
	struct store_command command = {.action = "list"};
	struct output out = {.file = stdout};
	cr_expect_eq(queue_command_run(&command, "/nowhere/at/all", &out, &error), EX_UNAVAILABLE);
	cr_expect_str_eq(error.text, "/nowhere/at/all: No such file or directory; let quoted write "
				     "there, or set state_directory");
}
