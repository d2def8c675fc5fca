#include "frontends/kit/log.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/loop_support.h"

static struct ev_loop *loop;

static void start(void)
{
	cr_redirect_stderr();
	loop = loop_support_create();
	log_start(&(struct log_options){
		.level = LOG_LEVEL_DEBUG, .repeats = 2, .repeat_seconds = 0.1});
	log_attach(loop);
}

/* What follows the time. */
static const char *next_line(void)
{
	static char line[256];
	cr_assert_not_null(fgets(line, sizeof line, cr_get_redirected_stderr()));
	return line + strcspn(line, " ") + 1;
}

static void say(int times)
{
	for (int i = 1; i <= times; i++)
		log_warning("web", "number %d", i);
}

Test(log, tells_what_it_held_back_by_itself, .init = start)
{
	say(5);
	ev_run(loop, 0);
	cr_assert_str_eq(next_line(), "warning web: number 1\n");
	cr_assert_str_eq(next_line(), "warning web: number 2\n");
	cr_assert_str_eq(next_line(), "warning web: number 5 (3 more in 1 s)\n");
	log_detach();
	ev_loop_destroy(loop);
}

Test(log, wakes_nobody_if_it_holds_nothing_back, .init = start)
{
	say(2);
	for (int i = 0; i < 5; i++)
		log_debug("web", "debug is not limited");
	cr_assert_eq(ev_pending_count(loop), 0);
	cr_assert_not(ev_run(loop, EVRUN_NOWAIT), "no timer is active");
	log_detach();
	ev_loop_destroy(loop);
}

Test(log, tells_at_the_end_what_it_held_back, .init = start)
{
	say(3);
	log_detach();
	log_detach();
	say(3);
	next_line();
	next_line();
	cr_assert_str_eq(next_line(), "warning web: number 3 (1 more in 1 s)\n");
	for (int i = 1; i <= 3; i++)
		next_line();
	ev_loop_destroy(loop);
}
