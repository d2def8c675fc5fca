#include "frontends/keeper/file_watch.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"
#include "tests/support/scratch.h"

enum { TRIES = 3, FAST_ENOUGH = 2, NOBODY = 65534 };

/* A watch and what it told. */
struct watching {
	struct ev_loop *loop;
	struct file_watch *watch;
	struct strings paths;
	int told;
	int expected;
	ev_timer write; /* changes the file "a" again and again */
	int writes_left;
};

static void on_change(void *data)
{
	struct watching *watching = data;
	watching->told++;
}

static bool was_told(void *data)
{
	const struct watching *watching = data;
	return watching->told >= watching->expected;
}

static void start(struct watching *watching)
{
	scratch_enter();
	watching->loop = loop_support_create();
	watching->watch = file_watch_create(watching->loop, on_change, watching);
}

static void finish(struct watching *watching)
{
	file_watch_destroy(watching->watch);
	ev_loop_destroy(watching->loop);
	strings_finish(&watching->paths);
	scratch_leave();
}

static void wait_for_next(struct watching *watching)
{
	watching->expected = watching->told + 1;
	cr_assert(loop_support_until(watching->loop, was_told, watching));
}

/* What is new is told, too; what comes then has another reason. */
static bool set_again(struct watching *watching)
{
	bool is_news = file_watch_set(watching->watch, &watching->paths);
	if (is_news)
		wait_for_next(watching);
	watching->told = 0;
	return is_news;
}

static bool set(struct watching *watching, const char *path)
{
	strings_add(&watching->paths, path);
	return set_again(watching);
}

Test(file_watch, tells_an_edit_in_time)
{
	struct watching watching = {0};
	double taken = FAST_ENOUGH;
	start(&watching);
	scratch_write("a", "x", 1);
	cr_assert(set(&watching, "./"));
	cr_assert_not(set_again(&watching), "nothing is new");
	for (int i = 0; i < TRIES && taken >= FAST_ENOUGH; i++) {
		double begun = ev_time();
		scratch_write("a", "y", 1);
		wait_for_next(&watching);
		taken = ev_time() - begun;
	}
	cr_assert_lt(taken, FAST_ENOUGH);
	cr_assert_gt(taken, 0.25, "it waits for the next change");
	finish(&watching);
}

static void on_write(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct watching *watching = timer->data;
	FILE *file = fopen("a", "a");
	fputs("more\n", file);
	fclose(file);
	if (--watching->writes_left == 0)
		ev_timer_stop(loop, timer);
}

/* The loop's own clock is late on a busy machine, but so is the writer that runs on it. */
Test(file_watch, waits_for_the_end_of_writing)
{
	struct watching watching = {.writes_left = 30};
	start(&watching);
	scratch_write("a", "x", 1);
	set(&watching, "./");
	ev_timer_init(&watching.write, on_write, 0, 0.1);
	watching.write.data = &watching;
	int early = TRIES;
	for (int i = 0; i < TRIES && early > 0; i++) {
		watching.writes_left = 30;
		ev_timer_start(watching.loop, &watching.write);
		wait_for_next(&watching);
		early = watching.writes_left;
		ev_timer_stop(watching.loop, &watching.write);
	}
	cr_assert_eq(early, 0, "told with %d writes to come", early);
	finish(&watching);
}

Test(file_watch, does_not_wait_for_ever)
{
	struct watching watching = {.writes_left = 100000};
	start(&watching);
	scratch_write("a", "x", 1);
	set(&watching, "./");
	ev_timer_init(&watching.write, on_write, 0, 0.1);
	watching.write.data = &watching;
	ev_timer_start(watching.loop, &watching.write);
	wait_for_next(&watching);
	ev_timer_stop(watching.loop, &watching.write);
	finish(&watching);
}

/* A file is written bit by bit, with pauses, and closed at the end. */
struct writing {
	FILE *file;
	ev_timer timer;
	const struct watching *watching;
	int told; /* before it was closed */
	int left;
};

static void on_bit(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct writing *writing = timer->data;
	writing->told = writing->watching->told;
	cr_assert_geq(fputs("bit ", writing->file), 0);
	cr_assert_eq(fflush(writing->file), 0);
	if (--writing->left > 0)
		return;
	cr_assert_eq(fclose(writing->file), 0);
	ev_timer_stop(loop, timer);
}

Test(file_watch, waits_for_who_has_it_open)
{
	struct watching watching = {0};
	struct writing writing = {.watching = &watching, .left = 3};
	start(&watching);
	scratch_write("a", "x", 1);
	set(&watching, "./");
	writing.file = fopen("a", "w");
	ev_timer_init(&writing.timer, on_bit, 0, 0.8);
	writing.timer.data = &writing;
	ev_timer_start(watching.loop, &writing.timer);
	wait_for_next(&watching);
	cr_assert_eq(writing.left, 0);
	cr_assert_eq(writing.told, 0);
	finish(&watching);
}

/* One is appended to all the time, another is kept open. */
Test(file_watch, tells_an_edit_beside_a_log_in_time)
{
	struct watching watching = {.writes_left = 100000};
	double taken = FAST_ENOUGH;
	start(&watching);
	scratch_write("b", "x", 1);
	set(&watching, "./");
	FILE *open = fopen("open", "w");
	cr_assert_geq(fputs("half", open), 0);
	cr_assert_eq(fflush(open), 0);
	ev_timer_init(&watching.write, on_write, 0, 0.1);
	watching.write.data = &watching;
	ev_timer_start(watching.loop, &watching.write);
	for (int i = 0; i < TRIES && taken >= FAST_ENOUGH; i++) {
		double begun = ev_time();
		scratch_write("b", "y", 1);
		wait_for_next(&watching);
		taken = ev_time() - begun;
	}
	cr_assert_lt(taken, FAST_ENOUGH);
	ev_timer_stop(watching.loop, &watching.write);
	cr_assert_eq(fclose(open), 0);
	finish(&watching);
}

/* Another watch, of all names, is told twice: by then this one would have been told. */
static void let_it_show(struct watching *watching)
{
	struct watching witness = {.loop = watching->loop};
	witness.watch = file_watch_create(witness.loop, on_change, &witness);
	set(&witness, "./");
	for (int i = 0; i < 2; i++) {
		scratch_write("other", "x", 1);
		wait_for_next(&witness);
	}
	file_watch_destroy(witness.watch);
	strings_finish(&witness.paths);
}

Test(file_watch, tells_of_the_names_asked_for_alone)
{
	struct watching watching = {0};
	start(&watching);
	cr_assert_eq(mkdir("all", 0755), 0);
	set(&watching, "./all/");
	set(&watching, "./wanted");
	set(&watching, "./not_there/x");
	scratch_write("unwanted", "x", 1);
	scratch_write("all/.hidden", "x", 1);
	let_it_show(&watching);
	cr_assert_eq(watching.told, 0);
	scratch_write("wanted", "x", 1);
	let_it_show(&watching);
	cr_assert_eq(watching.told, 1);
	scratch_write("all/any", "x", 1);
	let_it_show(&watching);
	cr_assert_eq(watching.told, 2);
	finish(&watching);
}

/* A directory that was made again under the same name is another one. */
Test(file_watch, knows_what_is_new)
{
	struct watching watching = {0};
	start(&watching);
	cr_assert_eq(mkdir("x", 0755), 0);
	cr_assert(set(&watching, "./x"));
	cr_assert(set(&watching, "./x/"));
	cr_assert_eq(rmdir("x"), 0);
	wait_for_next(&watching);
	cr_assert_not(set_again(&watching));
	cr_assert_eq(mkdir("x", 0755), 0);
	wait_for_next(&watching);
	cr_assert(set_again(&watching));
	scratch_write("x/a", "x", 1);
	wait_for_next(&watching);
	finish(&watching);
}

/* The superuser may read every directory: the test is somebody else then. */
static uid_t give_up_power(void)
{
	static const char *const paths[] = {".", "d", "d/a", "d/b"};
	uid_t before = geteuid();
	for (size_t i = 0; before == 0 && i < sizeof paths / sizeof *paths; i++)
		cr_assert_eq(chown(paths[i], NOBODY, NOBODY), 0);
	cr_assert(before != 0 || seteuid(NOBODY) == 0);
	return before;
}

Test(file_watch, sees_files_in_a_directory_that_it_cannot_read)
{
	struct watching watching = {0};
	start(&watching);
	cr_assert_eq(mkdir("d", 0755), 0);
	scratch_write("d/a", "x", 1);
	scratch_write("d/b", "x", 1);
	uid_t before = give_up_power();
	cr_assert_eq(chmod("d", 0311), 0);
	cr_assert(set(&watching, "./d/a"));
	cr_assert_not(file_watch_is_blind(watching.watch));
	scratch_write("d/b", "y", 1);
	let_it_show(&watching);
	cr_assert_eq(watching.told, 0);
	scratch_write("d/a", "y", 1);
	wait_for_next(&watching);
	cr_assert_not(set_again(&watching), "it is the same file");
	cr_assert_eq(rename("d/b", "d/a"), 0);
	wait_for_next(&watching);
	cr_assert(set_again(&watching), "it is another file");
	cr_assert_not(set(&watching, "./d/a.u8"));
	cr_assert(file_watch_is_blind(watching.watch), "nobody tells when that comes");
	cr_assert_eq(chmod("d", 0755), 0);
	cr_assert_eq(seteuid(before), 0);
	finish(&watching);
}

Test(file_watch, knows_whether_it_is_blind)
{
	struct watching watching = {0};
	struct rlimit none = {.rlim_max = 1024};
	start(&watching);
	cr_assert(set(&watching, "./"));
	cr_assert_not(file_watch_is_blind(watching.watch), "this is a local directory");
	file_watch_destroy(watching.watch);
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	watching.watch = file_watch_create(watching.loop, on_change, &watching);
	cr_assert(file_watch_is_blind(watching.watch), "there is no descriptor");
	cr_assert_not(file_watch_set(watching.watch, &watching.paths));
	cr_assert(file_watch_is_blind(watching.watch));
	none.rlim_cur = 1024;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	finish(&watching);
}
