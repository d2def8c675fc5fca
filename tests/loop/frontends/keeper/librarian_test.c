#include "frontends/keeper/librarian.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/file_read.h"
#include "core/library/quote_id.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { TRIES = 3, FAST_ENOUGH = 2, NOBODY = 65534 };

/* A library that is kept, and what is awaited of it. */
struct keeping {
	struct quotes quotes;
	struct ev_loop *loop;
	struct searcher *searcher;
	struct librarian *librarian;
	const char *awaited;
};

static void write_text(const char *path, const char *text)
{
	scratch_write(path, text, strlen(text));
}

static void open_library(struct keeping *keeping, const char *spec)
{
	struct error error;
	quotes_open_one(&keeping->quotes, spec);
	keeping->loop = loop_support_create();
	struct quoter *quoter = keeping->quotes.quoter;
	struct rng *rng = &keeping->quotes.rng;
	keeping->searcher = searcher_create(keeping->loop, quoter, rng, &error);
	keeping->librarian =
		librarian_create(keeping->loop, quoter, keeping->searcher, rng, &error);
	cr_assert_not_null(keeping->librarian);
}

static void finish(struct keeping *keeping)
{
	librarian_destroy(keeping->librarian);
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

/* Nothing is loaded without being asked for before it; what waits in the loop is done first. */
static void begin(struct keeping *keeping, const char *spec, const char *text)
{
	open_library(keeping, spec);
	librarian_start(keeping->librarian);
	await(keeping, text);
}

Test(librarian, shows_an_edit_in_time, .init = scratch_enter, .fini = scratch_leave)
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

Test(librarian, misses_nothing_before_it_starts, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "old");
	open_library(&keeping, "fortune:.");
	write_text("a", "changed before anybody watched");
	librarian_start(keeping.librarian);
	await(&keeping, "changed before anybody watched");
	finish(&keeping);
}

/* While one load is under way, others are asked for, and the file changes. */
Test(librarian, loads_again_what_changed_meanwhile, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "old");
	begin(&keeping, "fortune:.", "old");
	write_text("a", "first");
	librarian_reload(keeping.librarian);
	write_text("a", "second");
	librarian_reload(keeping.librarian);
	write_text("a", "third");
	librarian_reload(keeping.librarian);
	await(&keeping, "third");
	finish(&keeping);
}

Test(librarian, keeps_the_quotes_where_loading_fails, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	cr_assert_eq(mkdir("d", 0755), 0);
	write_text("d/a", "old");
	begin(&keeping, "fortune:d", "old");
	cr_assert_eq(unlink("d/a"), 0);
	librarian_reload(keeping.librarian);
	librarian_reload(keeping.librarian);
	cr_assert_eq(rmdir("d"), 0);
	cr_assert_eq(mkdir("d", 0755), 0);
	await(&keeping, "old");
	write_text("d/b", "new");
	await(&keeping, "new");
	finish(&keeping);
}

/* Whatever a path leads through is made again or leads elsewhere. */
Test(librarian, follows_what_a_path_means, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *spec, *change, *text;
	} rows[] = {
		{"fortune:d/q", "rm -r d; mkdir d; echo one >d/q", "one"},
		{"fortune:d/q", "mv d e; mkdir d; echo two >d/q", "two"},
		{"fortune:d", "rm -r d; mkdir d; echo three >d/q", "three"},
		{"fortune:d/sub", "rm -r d; mkdir -p d/sub; echo four >d/sub/x", "four"},
		{"fortune:current/q", "ln -s v2 new; mv -T new current", "of v2"},
		{"fortune:current", "ln -s v2 new; mv -T new current", "of v2"},
		{"fortune:l/q", "ln -s ../v2 new; mv -T new m/mid", "of v2"},
		{"fortune:l", "ln -s ../v2 new; mv -T new m/mid", "of v2"},
		{"fortune:d/sub", "printf '\\303\\251 \\351' >d/sub/x; touch d/sub/x.u8",
			"\u00e9 \ufffd"},
		{"fortune:d/q", "printf '\\303\\251 \\351' >d/q; touch d/q.u8", "\u00e9 \ufffd"},
		{"fortune:d/q", "echo five >q; mv q d/q", "five"},
	};
	static const char make[] =
		"rm -rf * && mkdir d v1 v2 l m d/sub && echo old | tee d/q v1/q d/sub/x >v2/x &&"
		"echo of v2 >v2/q && ln -s v1 current && ln -s ../v1 m/mid && ln -s ../m/mid/q l/q";
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct keeping keeping = {0};
		cr_assert_eq(system(make), 0);
		begin(&keeping, rows[i].spec, "old");
		/* Then what starting began is done, and nothing is looked at without a change. */
		cr_assert_eq(system("echo edit | tee d/q v1/q >d/sub/x"), 0);
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

/* The writer is late where the machine is busy, and then what is half may show. */
Test(librarian, waits_for_the_end_of_writing, .init = scratch_enter, .fini = scratch_leave)
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

static bool is_logged(void *data)
{
	const struct keeping *keeping = data;
	struct buffer log = {0};
	cr_assert(file_read("log", &log, NULL));
	bool found = strstr(log.data, keeping->awaited) != NULL;
	buffer_finish(&log);
	return found;
}

/* The superuser may read everything: the test is somebody else then. */
static void give_up_power(void)
{
	static const char *const paths[] = {".", "d", "d/a"};
	for (size_t i = 0; geteuid() == 0 && i < sizeof paths / sizeof *paths; i++)
		cr_assert_eq(chown(paths[i], NOBODY, NOBODY), 0);
	cr_assert(geteuid() != 0 || seteuid(NOBODY) == 0);
}

Test(librarian, notices_what_can_be_read_again, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	uid_t before = geteuid();
	int log = dup(STDERR_FILENO);
	cr_assert_eq(mkdir("d", 0755), 0);
	write_text("d/a", "old");
	cr_assert_not_null(freopen("log", "w", stderr));
	give_up_power();
	begin(&keeping, "fortune:d", "old");
	cr_assert_eq(chmod("d", 0), 0);
	keeping.awaited = "d: Permission denied; the quotes stay";
	cr_assert(loop_support_until(keeping.loop, is_logged, &keeping));
	cr_assert_eq(chmod("d", 0755), 0);
	write_text("d/a", "new");
	await(&keeping, "new");
	finish(&keeping);
	cr_assert_eq(seteuid(before), 0);
	cr_assert_geq(dup2(log, STDERR_FILENO), 0);
}

/* In time: long before the files are looked at again. */
Test(librarian, shows_an_edit_in_a_directory_that_it_cannot_read, .init = scratch_enter,
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
Test(librarian, loads_later_what_fails_for_now, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	struct rlimit files, none;
	int log = dup(STDERR_FILENO);
	cr_assert_eq(mkdir("d", 0755), 0);
	write_text("d/a", "old");
	cr_assert_not_null(freopen("log", "w", stderr));
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
	keeping.awaited = "d: Too many open files; the quotes stay";
	cr_assert(is_logged(&keeping));
	await(&keeping, "before and behind");
	finish(&keeping);
	cr_assert_geq(dup2(log, STDERR_FILENO), 0);
}

/* What is stopped answers that it is, and loads nothing more. */
Test(librarian, stops, .init = scratch_enter, .fini = scratch_leave)
{
	struct keeping keeping = {0};
	write_text("a", "quote7");
	begin(&keeping, "fortune:.", "quote7");
	struct asker *asker = askers_open(keeping.quotes.quoter, keeping.searcher, "test");
	askers_search_until(asker, keeping.loop, ASK_OUTCOME_FOUND);
	librarian_stop(keeping.librarian);
	librarian_stop(keeping.librarian);
	write_text("a", "new");
	librarian_reload(keeping.librarian);
	cr_assert_eq(askers_search(asker, keeping.loop), ASK_OUTCOME_LATER);
	keeping.awaited = "quote7";
	cr_assert(is_served(&keeping));
	asker_destroy(asker);
	finish(&keeping);
}
