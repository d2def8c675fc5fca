#include "frontends/keeper/keeper.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/file_read.h"
#include "core/library/quote_id.h"
#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { TRIES = 3, FAST_ENOUGH = 2, NOT_TOO_SLOW = 9, IDLE = 1, NOBODY = 65534 };

/* A library that is kept, and what is awaited of it. */
struct keeping {
	struct quotes quotes;
	struct ev_loop *loop;
	struct searcher *searcher;
	struct keeper *keeper;
	const char *awaited;
	size_t count;
};

/* Without a delimiter, a file of a directory would be passed over. */
static void write_text(const char *path, const char *text)
{
	char whole[64];
	int length = snprintf(whole, sizeof whole, "%%\n%s", text);
	scratch_write(path, whole, (size_t)length);
}

static void open_library(struct keeping *keeping, const char *spec)
{
	struct error error;
	quotes_open_one(&keeping->quotes, spec);
	keeping->loop = loop_support_create();
	struct quoter *quoter = keeping->quotes.quoter;
	struct rng *rng = &keeping->quotes.rng;
	keeping->searcher = searcher_create(keeping->loop, quoter, rng, &error);
	keeping->keeper = keeper_create(keeping->loop, quoter, keeping->searcher, rng, &error);
	cr_assert_not_null(keeping->keeper);
}

static void finish(struct keeping *keeping)
{
	keeper_destroy(keeping->keeper);
	searcher_destroy(keeping->searcher);
	ev_loop_destroy(keeping->loop);
	quotes_finish(&keeping->quotes);
}

static bool is_served(void *data)
{
	const struct keeping *keeping = data;
	struct quote quote;
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote_id_of(keeping->awaited, strlen(keeping->awaited)), id);
	return quotes_find(keeping->quotes.quoter, 0, id, &quote) == 1;
}

/* Runs until the text is a quote, and returns the seconds that took. */
static double await(struct keeping *keeping, const char *text)
{
	double begun = ev_time();
	keeping->awaited = text;
	cr_assert(loop_support_until(keeping->loop, is_served, keeping), "%s never came", text);
	return ev_time() - begun;
}

/* Writes the log to a file; returns where it went before. */
static int capture_log(void)
{
	int before = dup(STDERR_FILENO);
	cr_assert_not_null(freopen("log", "w", stderr));
	return before;
}

static void release_log(int before)
{
	cr_assert_geq(dup2(before, STDERR_FILENO), 0);
}

static size_t count_logged(const char *text)
{
	struct buffer log = {0};
	size_t count = 0;
	cr_assert(file_read("log", &log, NULL));
	for (const char *at = log.data; (at = strstr(at, text)) != NULL; at++)
		count++;
	buffer_finish(&log);
	return count;
}

static bool is_logged(void *data)
{
	const struct keeping *keeping = data;
	return count_logged(keeping->awaited) >= keeping->count;
}

/* Runs until the text is in the log as often as that. */
static void await_log(struct keeping *keeping, const char *text, size_t count)
{
	keeping->awaited = text;
	keeping->count = count;
	cr_assert(loop_support_until(keeping->loop, is_logged, keeping), "%s", text);
}

static long switches_of(const char *task)
{
	char path[64];
	long switches = 0;
	struct buffer status = {0};
	snprintf(path, sizeof path, "/proc/self/task/%s/status", task);
	if (file_read(path, &status, NULL))
		switches = atol(strstr(status.data, "\nvoluntary_ctxt_switches:") +
				sizeof "\nvoluntary_ctxt_switches:" - 1);
	buffer_finish(&status);
	return switches;
}

/* How often the threads but for the loop's have woken. */
static long count_wakes(void)
{
	long wakes = 0;
	DIR *tasks = opendir("/proc/self/task");
	const struct dirent *task;
	while ((task = readdir(tasks)) != NULL)
		if (isdigit((unsigned char)task->d_name[0]) && atoi(task->d_name) != getpid())
			wakes += switches_of(task->d_name);
	closedir(tasks);
	return wakes;
}

struct idleness {
	long wakes;
	double since;
};

static bool is_idle(void *data)
{
	struct idleness *idleness = data;
	long wakes = count_wakes();
	if (wakes != idleness->wakes)
		*idleness = (struct idleness){wakes, ev_time()};
	return ev_time() - idleness->since > IDLE;
}

/* Runs until the keeper has done all that there is to do. */
static void await_idleness(struct keeping *keeping)
{
	struct idleness idleness = {.wakes = -1};
	cr_assert(loop_support_until(keeping->loop, is_idle, &idleness));
	cr_assert_gt(idleness.wakes, 0);
}

static void begin(struct keeping *keeping, const char *spec, const char *text)
{
	open_library(keeping, spec);
	keeper_start(keeping->keeper);
	await(keeping, text);
}

Test(keeper, shows_an_edit_in_time, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	char text[] = "edit 0";
	double taken = FAST_ENOUGH;
	write_text("a", "old");
	begin(&keeping, "fortune:.", "old");
	for (int i = 0; i < TRIES && taken >= FAST_ENOUGH; i++) {
		text[sizeof text - 2]++;
		write_text("a", text);
		taken = await(&keeping, text);
	}
	cr_assert_lt(taken, FAST_ENOUGH);
	finish(&keeping);
}

Test(keeper, misses_nothing_before_it_starts, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "old");
	open_library(&keeping, "fortune:.");
	write_text("a", "changed before it started");
	keeper_start(keeping.keeper);
	await(&keeping, "changed before it started");
	finish(&keeping);
}

/* While one load is under way, others are asked for, and the file changes. */
Test(keeper, loads_again_what_changed_meanwhile, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "old");
	begin(&keeping, "fortune:.", "old");
	write_text("a", "first");
	keeper_reload(keeping.keeper);
	write_text("a", "second");
	keeper_reload(keeping.keeper);
	write_text("a", "third");
	keeper_reload(keeping.keeper);
	await(&keeping, "third");
	finish(&keeping);
}

/* And says why: once for each reason, and whenever it was asked to. */
Test(keeper, keeps_the_quotes_if_loading_fails, .init = scratch_enter, .fini = scratch_leave)
{
	static const char failure[] =
		"reload: quotes: there are no quotes in fortune:d; the quotes stay";
	struct keeping keeping = {0};
	int log = capture_log();
	cr_assert_eq(mkdir("d", 0755), 0);
	write_text("d/a", "old");
	begin(&keeping, "fortune:d", "old");
	write_text("d/a", "");
	await_log(&keeping, failure, 1);
	write_text("d/a", "%\n");
	await_idleness(&keeping);
	cr_assert_eq(count_logged(failure), 1);
	keeper_reload(keeping.keeper);
	await_log(&keeping, failure, 2);
	cr_assert_eq(system("rm -r d; mkdir d; echo % >d/a"), 0);
	await(&keeping, "old");
	write_text("d/b", "new");
	await(&keeping, "new");
	cr_assert_eq(count_logged(failure), 2);
	finish(&keeping);
	release_log(log);
}

/* Whatever a path leads through is made again or leads elsewhere. */
Test(keeper, follows_what_a_path_means, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *spec, *change, *text;
	} rows[] = {
		{"fortune:d/q", "rm -r d; mkdir d; echo one >d/q", "one"},
		{"fortune:d/q", "mv d e; mkdir d; echo two >d/q", "two"},
		{"fortune:d", "rm -r d; mkdir d; echo % >d/q; echo three >>d/q", "three"},
		{"fortune:d/sub", "rm -r d; mkdir -p d/sub; echo % >d/sub/x; echo four >>d/sub/x",
			"four"},
		{"fortune:current/q", "ln -s v2 new; mv -T new current", "of v2"},
		{"fortune:current", "ln -s v2 new; mv -T new current", "of v2"},
		{"fortune:l/q", "ln -s ../v2 new; mv -T new m/mid", "of v2"},
		{"fortune:l", "ln -s ../v2 new; mv -T new m/mid", "of v2"},
		{"fortune:d/sub", "printf '%%\\n\\303\\251 \\351' >d/sub/x; touch d/sub/x.u8",
			"\u00e9 \ufffd"},
		{"fortune:d/q", "printf '\\303\\251 \\351' >d/q; touch d/q.u8", "\u00e9 \ufffd"},
		{"fortune:d/q", "echo five >q; mv q d/q", "five"},
	};
	static const char make[] = "rm -rf * && mkdir d v1 v2 l m d/sub && (echo %; echo old) |"
				   "tee d/q v1/q d/sub/x >v2/x && (echo %; echo of v2) >v2/q && ln "
				   "-s v1 current && ln -s ../v1 m/mid && ln -s ../m/mid/q l/q";
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct keeping keeping = {0};
		cr_assert_eq(system(make), 0);
		begin(&keeping, rows[i].spec, "old");
		/* Then what starting began is done, and nothing is looked at without a change. */
		cr_assert_eq(system("(echo %; echo edit) | tee d/q v1/q >d/sub/x"), 0);
		await(&keeping, "edit");
		cr_assert_eq(system(rows[i].change), 0);
		await(&keeping, rows[i].text);
		finish(&keeping);
	}
}

/* A directory is made again, and its file written bit by bit. */
struct writing {
	struct keeping *keeping;
	ev_timer timer;
	int left;
	const char *whole;
	bool served_half;
};

static void on_write(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct writing *writing = timer->data;
	struct keeping half = *writing->keeping;
	half.awaited = "half";
	writing->served_half |= is_served(&half);
	write_text("d/q", --writing->left > 0 ? "half" : writing->whole);
	if (writing->left == 0)
		ev_timer_stop(loop, timer);
}

/* If the machine is busy, the writer is late, and half a file may show. */
Test(keeper, waits_for_the_end_of_writing, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const wholes[TRIES] = {"first", "second", "third"};
	struct keeping keeping = {0};
	struct writing writing = {.keeping = &keeping, .served_half = true};
	cr_assert_eq(system("mkdir d; echo old >d/q"), 0);
	begin(&keeping, "fortune:d/q", "old");
	for (int i = 0; i < TRIES && writing.served_half; i++) {
		cr_assert_eq(system("rm -r d; mkdir d"), 0);
		writing.left = 20;
		writing.whole = wholes[i];
		writing.served_half = false;
		ev_timer_init(&writing.timer, on_write, 0, 0.1);
		writing.timer.data = &writing;
		ev_timer_start(keeping.loop, &writing.timer);
		await(&keeping, wholes[i]);
		cr_assert_eq(writing.left, 0);
	}
	cr_assert_not(writing.served_half);
	finish(&keeping);
}

/* A file is written bit by bit, with pauses, and closed at the end. */
struct dribble {
	struct keeping *keeping;
	ev_timer timer;
	FILE *file;
	int left;
	bool served_half;
};

static void on_bit(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct dribble *dribble = timer->data;
	struct keeping old = *dribble->keeping;
	old.awaited = "edit";
	dribble->served_half |= !is_served(&old);
	cr_assert_geq(fputs("bit ", dribble->file), 0);
	cr_assert_eq(fflush(dribble->file), 0);
	if (--dribble->left > 0)
		return;
	cr_assert_eq(fclose(dribble->file), 0);
	ev_timer_stop(loop, timer);
}

Test(keeper, waits_for_a_file_to_be_closed, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "old");
	begin(&keeping, "fortune:.", "old");
	write_text("a", "edit");
	await(&keeping, "edit"); /* from here on it is watched */
	struct dribble dribble = {.keeping = &keeping, .file = fopen("a", "w"), .left = 3};
	cr_assert_geq(fputs("%\n", dribble.file), 0);
	ev_timer_init(&dribble.timer, on_bit, 0, 0.8);
	dribble.timer.data = &dribble;
	ev_timer_start(keeping.loop, &dribble.timer);
	await(&keeping, "bit bit bit");
	cr_assert_not(dribble.served_half);
	finish(&keeping);
}

static void on_append(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)timer, (void)events;
	FILE *file = fopen("log", "a");
	cr_assert_geq(fputs("%\n", file), 0);
	cr_assert_eq(fclose(file), 0);
}

/* One file is appended to all the time, another is kept open: neither ever settles. */
Test(keeper, shows_an_edit_beside_a_log, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	char text[] = "edit 0";
	double taken = NOT_TOO_SLOW;
	ev_timer append;
	write_text("a", "old");
	begin(&keeping, "fortune:.", "old");
	write_text("a", text);
	await(&keeping, text);
	FILE *open = fopen("open", "w");
	cr_assert(fputs("half", open) >= 0 && fflush(open) == 0);
	ev_timer_init(&append, on_append, 0, 0.1);
	ev_timer_start(keeping.loop, &append);
	for (int i = 0; i < TRIES && taken >= NOT_TOO_SLOW; i++) {
		text[sizeof text - 2]++;
		write_text("a", text);
		taken = await(&keeping, text);
	}
	cr_assert_lt(taken, NOT_TOO_SLOW);
	ev_timer_stop(keeping.loop, &append);
	cr_assert_eq(fclose(open), 0);
	finish(&keeping);
}

Test(keeper, does_not_wake_for_nothing, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "old");
	begin(&keeping, "fortune:.", "old");
	write_text("a", "edit");
	await(&keeping, "edit");
	await_idleness(&keeping);
	finish(&keeping);
}

/* The superuser may read everything, so the test becomes another user. */
static void give_up_power(void)
{
	static const char *const paths[] = {".", "d", "d/a"};
	for (size_t i = 0; geteuid() == 0 && i < sizeof paths / sizeof *paths; i++)
		cr_assert_eq(chown(paths[i], NOBODY, NOBODY), 0);
	cr_assert(geteuid() != 0 || seteuid(NOBODY) == 0);
}

Test(keeper, notices_what_can_be_read_again, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	uid_t before = geteuid();
	int log = capture_log();
	cr_assert_eq(mkdir("d", 0755), 0);
	write_text("d/a", "old");
	give_up_power();
	begin(&keeping, "fortune:d", "old");
	cr_assert_eq(chmod("d", 0), 0);
	await_log(&keeping, "d: Permission denied; the quotes stay", 1);
	cr_assert_eq(chmod("d", 0755), 0);
	write_text("d/a", "new");
	await(&keeping, "new");
	finish(&keeping);
	cr_assert_eq(seteuid(before), 0);
	release_log(log);
}

/* In time: long before the files are looked at again. */
Test(keeper, shows_an_edit_in_a_directory_that_it_cannot_read, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct keeping keeping = {0};
	uid_t before = geteuid();
	cr_assert_eq(mkdir("d", 0755), 0);
	write_text("d/a", "old");
	give_up_power();
	cr_assert_eq(chmod("d", 0311), 0);
	begin(&keeping, "fortune:d/a", "old");
	write_text("d/a", "first");
	await(&keeping, "first");
	write_text("d/a", "second");
	cr_assert_lt(await(&keeping, "second"), 10);
	cr_assert_eq(chmod("d", 0755), 0);
	finish(&keeping);
	cr_assert_eq(seteuid(before), 0);
}

static bool is_log_longer(void *data)
{
	struct stat status;
	return fstat(STDERR_FILENO, &status) == 0 && status.st_size > *(const off_t *)data;
}

/* The edit comes while nothing can be opened, and no other follows. */
Test(keeper, loads_later_what_fails_for_now, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	struct rlimit files, none;
	int log = capture_log();
	cr_assert_eq(mkdir("d", 0755), 0);
	write_text("d/a", "old");
	begin(&keeping, "fortune:d", "old");
	write_text("d/a", "before");
	await(&keeping, "before");
	FILE *file = fopen("d/a", "a");
	cr_assert_not_null(file);
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &files), 0);
	none = files;
	none.rlim_cur = 0;
	off_t length = lseek(STDERR_FILENO, 0, SEEK_CUR);
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	cr_assert_geq(fputs(" and behind", file), 0);
	cr_assert_eq(fclose(file), 0);
	cr_assert(loop_support_until(keeping.loop, is_log_longer, &length));
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &files), 0);
	cr_assert_eq(count_logged("d: Too many open files; the quotes stay"), 1);
	await(&keeping, "before and behind");
	finish(&keeping);
	release_log(log);
}

/* It loads nothing more, asked or not, and puts off searches. */
Test(keeper, stops, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "old");
	open_library(&keeping, "fortune:.");
	struct asker *asker = askers_open(keeping.quotes.quoter, keeping.searcher, "test");
	keeper_start(keeping.keeper);
	write_text("a", "quote7");
	await(&keeping, "quote7");
	askers_search_until(asker, keeping.loop, ASK_OUTCOME_FOUND);
	keeper_stop(keeping.keeper);
	keeper_stop(keeping.keeper);
	write_text("a", "new");
	keeper_reload(keeping.keeper);
	await_idleness(&keeping);
	cr_assert_eq(askers_search(asker, keeping.loop), ASK_OUTCOME_LATER);
	keeping.awaited = "quote7";
	cr_assert(is_served(&keeping));
	asker_destroy(asker);
	finish(&keeping);
}
