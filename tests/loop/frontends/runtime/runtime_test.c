#include "frontends/runtime/runtime.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

static int heard; /* socket of the service manager */

/* The service manager listens, and SIGHUP is blocked as process_prepare() does. */
static void set_up(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	sigset_t hangup;
	scratch_enter();
	char *directory = getcwd(NULL, 0);
	snprintf(address.sun_path, sizeof address.sun_path, "%s/notify", directory);
	free(directory);
	heard = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	cr_assert_eq(bind(heard, (struct sockaddr *)&address, sizeof address), 0);
	setenv("NOTIFY_SOCKET", address.sun_path, 1);
	sigemptyset(&hangup);
	sigaddset(&hangup, SIGHUP);
	sigprocmask(SIG_BLOCK, &hangup, NULL);
}

/* The states between do not matter. */
static void expect_told(const char *line)
{
	char text[1024] = "STATUS=";
	while (strncmp(text, "STATUS=", 7) == 0) {
		ssize_t length = recv(heard, text, sizeof text - 1, 0);
		text[length > 0 ? length : 0] = '\0';
	}
	cr_assert_eq(strncmp(text, line, strlen(line)), 0, "'%s' instead of '%s'", text, line);
}

static void leave(int number)
{
	(void)number;
}

static struct runtime *create(struct quotes *quotes)
{
	struct error error = {0};
	struct quoter *quoter = quotes_open_one(quotes, "static:x");
	struct runtime *runtime = runtime_create(quoter, "", &quotes->rng, &error);
	cr_assert_not_null(runtime, "%s", error.text);
	cr_assert_not_null(runtime_searcher(runtime));
	return runtime;
}

/* Once a process, as libev ties a signal to a loop. */
static void run_until(int number)
{
	struct quotes quotes = {0};
	struct error error = {0};
	struct runtime *runtime = create(&quotes);
	cr_assert(runtime_start(runtime, &error), "%s", error.text);
	raise(number);
	runtime_run(runtime, leave);
	expect_told("READY=1");
	expect_told("STOPPING=1");
	struct sigaction action;
	sigaction(number, NULL, &action);
	cr_expect_eq(action.sa_handler, leave);
	sigaction(SIGHUP, NULL, &action);
	cr_expect_eq(action.sa_handler, SIG_IGN);
	runtime_destroy(runtime);
	quotes_finish(&quotes);
}

Test(runtime, stops_at_a_termination, .init = set_up, .fini = scratch_leave, .timeout = 60)
{
	run_until(SIGTERM);
}

Test(runtime, stops_at_an_interrupt, .init = set_up, .fini = scratch_leave, .timeout = 60)
{
	run_until(SIGINT);
}

Test(runtime, leaves_signals_that_come_too_late, .init = set_up, .fini = scratch_leave,
	.timeout = 60)
{
	struct quotes quotes = {0};
	struct error error = {0};
	struct runtime *runtime = create(&quotes);
	cr_assert(runtime_start(runtime, &error), "%s", error.text);
	raise(SIGTERM);
	runtime_destroy(runtime);
	struct sigaction action;
	sigaction(SIGTERM, NULL, &action);
	cr_expect_eq(action.sa_handler, SIG_DFL);
	quotes_finish(&quotes);
}

/* What a reload does, here: the first is refused, and the second stops the program. */
struct renewing {
	struct runtime *runtime;
	int count;
	bool waited;
};

static struct library *prepare(void *data, const struct library *before, const atomic_bool *cancel,
	struct strings *warnings)
{
	(void)data, (void)before, (void)cancel, (void)warnings;
	return NULL;
}

static bool commit(void *data, bool prepared)
{
	struct renewing *renewing = data;
	struct error error = {0};
	cr_expect_not(prepared);
	if (++renewing->count == 1)
		raise(SIGHUP);
	cr_expect(runtime_apply(renewing->runtime, &error), "%s", error.text);
	return false;
}

/* Also called once for the start. The first reload lasts another turn of the loop, in which the
 * signal arrives. */
static void on_left(void *data)
{
	struct renewing *renewing = data;
	struct error error = {0};
	if (renewing->count == 1 && !renewing->waited) {
		renewing->waited = true;
		cr_expect(runtime_apply(renewing->runtime, &error), "%s", error.text);
	} else if (renewing->count == 1) {
		/* Now, as the system keeps ten messages. */
		expect_told("READY=1");
		expect_told("RELOADING=1\nMONOTONIC_USEC=");
		expect_told("READY=1");
		expect_told("READY=1");
		runtime_refuse_reload(renewing->runtime, "it is refused");
	} else if (renewing->count == 2) {
		runtime_end_reload(renewing->runtime);
		raise(SIGTERM);
	}
}

static void clean(void *data)
{
	(void)data;
}

/* The second reload is asked for while the first one runs. */
Test(runtime, reloads_one_after_the_other, .init = set_up, .fini = scratch_leave, .timeout = 60)
{
	struct quotes quotes = {0};
	struct error error = {0};
	struct renewing renewing = {create(&quotes), 0, false};
	const struct keeper_renewal renewal = {prepare, commit, clean, &renewing};
	runtime_set_renewal(renewing.runtime, &renewal);
	cr_assert(runtime_start(renewing.runtime, &error), "%s", error.text);
	supervisor_on_left(runtime_supervisor(renewing.runtime), on_left, &renewing);
	raise(SIGHUP);
	runtime_run(renewing.runtime, leave);
	cr_expect_eq(renewing.count, 2);
	expect_told("READY=1\nSTATUS=reload refused: it is refused");
	expect_told("RELOADING=1\nMONOTONIC_USEC=");
	expect_told("READY=1");
	expect_told("STOPPING=1");
	runtime_destroy(renewing.runtime);
	quotes_finish(&quotes);
}
