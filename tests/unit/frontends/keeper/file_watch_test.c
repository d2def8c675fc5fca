#include "frontends/keeper/file_watch.h"

#include <poll.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

enum { MANY = 1000, NOBODY = 65534 };

/* A watch of some paths, and what it noted. */
struct watching {
	struct file_watch watch;
	struct settling settling;
	struct strings paths;
};

static void start(struct watching *watching)
{
	scratch_enter();
	file_watch_init(&watching->watch);
}

static void finish(struct watching *watching)
{
	file_watch_finish(&watching->watch);
	settling_finish(&watching->settling);
	strings_finish(&watching->paths);
	scratch_leave();
}

static bool set_again(struct watching *watching)
{
	struct strings paths = {0};
	for (size_t i = 0; i < watching->paths.count; i++)
		strings_add(&paths, watching->paths.items[i]);
	strings_sort(&paths);
	return file_watch_set(&watching->watch, &paths);
}

static bool set(struct watching *watching, const char *path)
{
	strings_add(&watching->paths, path);
	return set_again(watching);
}

/* Returns whether anything was noted since it was asked last. The kernel has told by now. */
static bool is_told(struct watching *watching)
{
	file_watch_read(&watching->watch, &watching->settling, 1);
	bool any = watching->settling.any;
	settling_finish(&watching->settling);
	return any;
}

static bool is_readable(const struct watching *watching)
{
	struct pollfd readable = {.fd = watching->watch.fd, .events = POLLIN};
	return poll(&readable, 1, 0) > 0;
}

static size_t count_open(struct watching *watching)
{
	file_watch_read(&watching->watch, &watching->settling, 1);
	return watching->settling.open.count;
}

Test(file_watch, tells_of_the_names_asked_for_alone)
{
	struct watching watching = {0};
	start(&watching);
	cr_assert_eq(mkdir("all", 0755), 0);
	cr_assert(set(&watching, "./all/"));
	cr_assert(set(&watching, "./wanted"));
	cr_assert_not(set(&watching, "./not_there/x"));
	cr_assert_not(is_told(&watching));
	scratch_write("unwanted", "x", 1);
	scratch_write("want", "x", 1);
	scratch_write("all/.hidden", "x", 1);
	cr_assert_not(is_told(&watching));
	scratch_write("wanted", "x", 1);
	cr_assert(is_told(&watching));
	scratch_write("all/any", "x", 1);
	cr_assert(is_told(&watching));
	cr_assert_eq(unlink("all/any"), 0);
	cr_assert(is_told(&watching));
	cr_assert_not(is_told(&watching));
	finish(&watching);
}

Test(file_watch, forgets_what_is_not_asked_for_any_more)
{
	struct watching watching = {0};
	start(&watching);
	cr_assert_eq(mkdir("d", 0755), 0);
	set(&watching, "./d/");
	strings_finish(&watching.paths);
	cr_assert(set(&watching, "./a"));
	is_told(&watching);
	scratch_write("d/x", "x", 1);
	cr_assert_not(is_readable(&watching), "nothing wakes for it");
	scratch_write("a", "x", 1);
	cr_assert(is_told(&watching));
	finish(&watching);
}

/* Quotes often lie below a directory in which other programs write all the time. */
Test(file_watch, sleeps_while_others_write_above_the_quotes)
{
	struct watching watching = {0};
	start(&watching);
	cr_assert_eq(mkdir("d", 0755), 0);
	scratch_write("noise", "x", 1);
	strings_add(&watching.paths, "./d");
	cr_assert(set(&watching, "./d/quotes"));
	FILE *noise = fopen("noise", "a");
	fputs("x", noise);
	fclose(noise);
	cr_assert_not(is_readable(&watching));
	scratch_write("d/quotes", "x", 1);
	cr_assert(is_told(&watching));
	cr_assert_eq(rename("d", "e"), 0);
	cr_assert(is_told(&watching));
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
	cr_assert_not(set_again(&watching));
	cr_assert_eq(rmdir("x"), 0);
	cr_assert(is_told(&watching));
	cr_assert_not(set_again(&watching));
	cr_assert_eq(mkdir("x", 0755), 0);
	cr_assert(is_told(&watching));
	cr_assert(set_again(&watching));
	scratch_write("x/a", "x", 1);
	cr_assert(is_told(&watching));
	finish(&watching);
}

Test(file_watch, loses_nothing_when_it_is_set_again)
{
	struct watching watching = {0};
	start(&watching);
	set(&watching, "./a");
	scratch_write("a", "x", 1);
	set_again(&watching);
	cr_assert(is_told(&watching));
	finish(&watching);
}

/* Else a program that writes without end would keep it reading for ever. */
Test(file_watch, reads_a_part_at_a_time)
{
	struct watching watching = {0};
	int parts = 0;
	start(&watching);
	set(&watching, "./");
	scratch_write("a", "x", 1);
	scratch_write("b", "x", 1);
	for (int i = 0; i < MANY; i++)
		cr_assert_eq(chmod(i % 2 == 0 ? "a" : "b", 0600), 0);
	for (; is_readable(&watching); parts++)
		cr_assert(is_told(&watching));
	cr_assert(parts > 1 && parts < MANY, "%d", parts);
	finish(&watching);
}

Test(file_watch, knows_which_files_are_open)
{
	struct watching watching = {0};
	start(&watching);
	set(&watching, "./");
	FILE *a = fopen("a", "w");
	FILE *b = fopen("b", "w");
	cr_assert_eq(count_open(&watching), 0, "nothing was written");
	cr_assert(fputs("half", a) >= 0 && fflush(a) == 0);
	cr_assert_eq(count_open(&watching), 1);
	cr_assert(fputs("half", b) >= 0 && fflush(b) == 0);
	cr_assert_eq(count_open(&watching), 2);
	cr_assert_eq(chmod("a", 0600), 0);
	cr_assert_eq(count_open(&watching), 2);
	cr_assert_eq(fclose(a), 0);
	cr_assert_eq(count_open(&watching), 1);
	cr_assert_eq(rename("a", "b"), 0);
	cr_assert_eq(count_open(&watching), 0, "b is another file now");
	cr_assert_eq(fclose(b), 0);
	cr_assert_eq(symlink("a", "link"), 0);
	cr_assert_eq(count_open(&watching), 0);
	finish(&watching);
}

/* The superuser may read every directory, so the test becomes another user. */
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
	cr_assert_not(watching.watch.is_blind);
	scratch_write("d/b", "y", 1);
	cr_assert_not(is_told(&watching));
	scratch_write("d/a", "y", 1);
	cr_assert(is_told(&watching));
	cr_assert_not(set_again(&watching), "it is the same file");
	cr_assert_eq(rename("d/b", "d/a"), 0);
	cr_assert(is_told(&watching));
	cr_assert(set_again(&watching), "it is another file");
	cr_assert_not(set(&watching, "./d/a.u8"));
	cr_assert(watching.watch.is_blind, "nothing tells when that comes");
	cr_assert_eq(chmod("d", 0755), 0);
	cr_assert_eq(seteuid(before), 0);
	finish(&watching);
}

Test(file_watch, knows_whether_it_is_blind)
{
	struct watching watching = {0};
	struct rlimit before, none;
	start(&watching);
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = (struct rlimit){.rlim_cur = 0, .rlim_max = before.rlim_max};
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	cr_assert_not(set(&watching, "./"));
	cr_assert(watching.watch.is_blind, "there is no descriptor");
	cr_assert_not(is_told(&watching));
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	cr_assert(set_again(&watching), "there is one now");
	cr_assert_not(watching.watch.is_blind, "this is a local directory");
	finish(&watching);
}
