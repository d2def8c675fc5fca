#include "frontends/mail/subscription/subscriber_command.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "frontends/mail/queue/mail_store.h"
#include "frontends/mail/subscription/subscription_store.h"
#include "tests/support/scratch.h"

static char *directory;
static char *printed;
static struct error error;

/* Ann has her first letter before her, Bob's came back, and Cid did not confirm. */
static const char rows[] =
	"INSERT INTO subscription VALUES (1, 'mail.test', 'ann@b.example', 'Ann@b.example', '', "
	"450,"
	" 1000, 0, 0, 86400000, 0, 0), (2, 'mail.test', 'bob@b.example', 'bob@b.example',"
	" 'p' || X'1B' || 'ears', 5, 1000, 1, 20000, 1, 3, 20001);"
	"INSERT INTO subscription_request VALUES"
	" (3, 'mail.test', 'cid@b.example', 'cid@b.example', '', 1439, 2000)";

/* A letter that waits, one that is being sent, an answer, and a letter that failed. */
static const char queued[] =
	"INSERT INTO mail_queue (id, section, state, again, run, created, changed, due, tries,"
	" sender, recipient, reason, content, bulk) VALUES"
	" (1, 'mail.test', 0, 1, 0, 1, 1, 1, 0, '', 'Ann@b.example', '', 'x', 1),"
	" (2, 'mail.test', 1, 1, 0, 1, 1, 1, 0, '', 'ann@b.example', '', 'x', 1),"
	" (3, 'mail.test', 0, 0, 0, 1, 1, 1, 0, '', 'ann@b.example', '', 'x', 0),"
	" (4, 'mail.test', 3, 1, 0, 1, 1, 1, 0, '', 'dan@b.example', '', 'x', 1)";

static void open(void)
{
	setenv("TZ", "UTC-2", 1);
	tzset();
	scratch_enter();
	directory = getcwd(NULL, 0);
	struct db *db = store_open(directory, true, &subscription_store_schema, &error);
	cr_assert_not_null(db, "%s", error.text);
	cr_assert(db_execute(db, rows));
	db_close(db);
	db = store_open(directory, false, &mail_store_schema, &error);
	cr_assert_not_null(db, "%s", error.text);
	cr_assert(db_execute(db, queued));
	db_close(db);
}

static void finish(void)
{
	free(directory);
	free(printed);
	scratch_leave();
}

TestSuite(subscriber_command, .init = open, .fini = finish);

/* Runs a command, and returns its status; printed has what it says. */
static int run(const char *action, char *const *operands, int count)
{
	size_t length;
	struct store_command command = {action, operands, count, false};
	free(printed);
	struct output out = {.file = open_memstream(&printed, &length)};
	int status = subscriber_command_run(&command, directory, &out, &error);
	fclose(out.file);
	return status;
}

Test(subscriber_command, lists_a_line_for_each)
{
	cr_assert_eq(run("list", NULL, 0), EX_OK);
	cr_expect_str_eq(printed,
		"Ann@b.example at 07:30, by mail.test since 1970-01-01 02:00:01\n"
		"bob@b.example at 00:05 from p\\x1Bears, by mail.test since 1970-01-01 02:00:01, "
		"suspended\n");
}

Test(subscriber_command, exports_all_that_is_kept)
{
	cr_assert_eq(run("export", NULL, 0), EX_OK);
	cr_expect_str_eq(printed,
		"{\"id\":1,\"section\":\"mail.test\",\"address\":\"Ann@b.example\","
		"\"collection\":null,\"time\":\"07:30\",\"confirmed\":true,"
		"\"since\":\"1970-01-01T00:00:01Z\",\"suspended\":false,\"last_letter\":null,"
		"\"next_letter\":\"1970-01-02T00:00:00Z\",\"bounces\":0,\"last_bounce\":null}\n"
		"{\"id\":2,\"section\":\"mail.test\",\"address\":\"bob@b.example\","
		"\"collection\":\"p\\u001Bears\",\"time\":\"00:05\",\"confirmed\":true,"
		"\"since\":\"1970-01-01T00:00:01Z\",\"suspended\":true,"
		"\"last_letter\":\"2024-10-04\",\"next_letter\":null,\"bounces\":3,"
		"\"last_bounce\":\"2024-10-05\"}\n"
		"{\"id\":3,\"section\":\"mail.test\",\"address\":\"cid@b.example\","
		"\"collection\":null,\"time\":\"23:59\",\"confirmed\":false,"
		"\"expires\":\"1970-01-01T00:00:02Z\"}\n");
}

Test(subscriber_command, erases_addresses)
{
	static char ann[] = "ann@B.example";
	static char cid[] = "cid@b.example";
	static char dan[] = "DAN@b.example";
	static char nobody[] = "x@b.example";
	char *all[] = {ann, cid, dan};
	char *unknown[] = {nobody, cid};
	cr_expect_eq(run("erase", unknown, 2), 1);
	cr_expect_str_eq(error.text, "'x@b.example' has no subscription and has not asked for one");
	cr_expect_eq(run("erase", all, 3), EX_OK);
	cr_expect_str_eq(printed,
		"erased 1 subscription, 0 requests and 1 queued letter of ann@B.example\n"
		"erased 0 subscriptions, 1 request and 0 queued letters of cid@b.example\n"
		"erased 0 subscriptions, 0 requests and 1 queued letter of DAN@b.example\n");
	cr_expect_eq(run("erase", all, 1), 1);
	cr_expect_eq(run("export", NULL, 0), EX_OK);
	cr_expect_not_null(strstr(printed, "bob@b.example"));
	cr_expect_null(strstr(printed, "nn@"));
}

Test(subscriber_command, tells_that_there_is_no_database)
{
	struct store_command command = {.action = "list"};
	struct output out = {.file = stdout};
	cr_expect_eq(
		subscriber_command_run(&command, "/nowhere/at/all", &out, &error), EX_UNAVAILABLE);
	cr_expect_str_eq(error.text, "/nowhere/at/all: No such file or directory; let quoted write "
				     "there, or set state_directory");
}
