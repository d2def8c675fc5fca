#include "frontends/web/access_log.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/loop_support.h"
#include "tests/support/scratch.h"

static struct ev_loop *loop;
static struct access_log *written;

static void begin(const char *path)
{
	struct error error = {0};
	cr_redirect_stderr();
	signal(SIGPIPE, SIG_IGN);
	loop = loop_support_create();
	written = access_log_create(loop, "web.test", path);
	cr_assert(access_log_open(written, &error), "%s", error.text);
}

static void end(void)
{
	access_log_destroy(written);
	ev_loop_destroy(loop);
}

static void put(const char *line)
{
	access_log_write(written, line, strlen(line));
}

static void expect_file(const char *path, const char *wanted)
{
	char text[256] = "";
	int fd = open(path, O_RDONLY);
	cr_assert_geq(fd, 0);
	cr_assert_geq(read(fd, text, sizeof text - 1), 0);
	close(fd);
	cr_assert_str_eq(text, wanted);
}

Test(access_log, appends_lines, .init = scratch_enter, .fini = scratch_leave)
{
	struct stat status;
	scratch_write("log", "before\n", 7);
	begin("log");
	put("one\n");
	put("two\n");
	expect_file("log", "before\none\ntwo\n");
	end();
	begin("new");
	cr_assert_eq(stat("new", &status), 0);
	cr_assert_eq(status.st_mode & 0137, 0, "nobody else may read it");
	access_log_close(written);
	access_log_close(written);
	put("lost without a word\n");
	access_log_reopen(written);
	expect_file("new", "");
	end();
	cr_assert_stderr_eq_str("");
}

Test(access_log, opens_the_file_anew, .init = scratch_enter, .fini = scratch_leave)
{
	begin("log");
	put("one\n");
	cr_assert_eq(rename("log", "log.1"), 0);
	put("two\n");
	access_log_reopen(written);
	put("three\n");
	expect_file("log.1", "one\ntwo\n");
	expect_file("log", "three\n");
	unlink("log");
	cr_assert_eq(mkdir("log", 0700), 0);
	access_log_reopen(written);
	put("four\n");
	end();
	cr_assert_stderr_eq_str("web.test: access_log: cannot open log again: Is a directory; the "
				"old file stays\n");
}

Test(access_log, says_why_it_cannot_be_opened, .init = scratch_enter, .fini = scratch_leave)
{
	struct error error = {0};
	loop = loop_support_create();
	written = access_log_create(loop, "web.test", "missing/log");
	cr_assert_not(access_log_open(written, &error));
	cr_assert_str_eq(
		error.text, "access_log: cannot open missing/log: No such file or directory");
	end();
}

Test(access_log, tells_of_a_full_disk_once_a_minute)
{
	begin("/dev/full");
	for (int i = 0; i < 4; i++)
		put("line\n");
	end();
	cr_assert_stderr_eq_str("web.test: warning: access_log: 1 line lost: cannot write to "
				"/dev/full: No space left on device\n"
				"web.test: warning: access_log: 3 lines lost: cannot write to "
				"/dev/full: No space left on device\n");
}

Test(access_log, begins_a_new_line_after_one_that_was_cut, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct rlimit small = {.rlim_cur = 6, .rlim_max = RLIM_INFINITY};
	struct rlimit large = {.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
	signal(SIGXFSZ, SIG_IGN);
	begin("log");
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	put("first line\n");
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &large), 0);
	put("second line\n");
	expect_file("log", "first \nsecond line\n");
	end();
}

/* Opening a FIFO would wait for its reader, and writing would wait for it to read. */
Test(access_log, never_waits_for_a_fifo, .init = scratch_enter, .fini = scratch_leave)
{
	char line[1024];
	memset(line, 'x', sizeof line);
	cr_assert_eq(mkfifo("fifo", 0600), 0);
	begin("fifo");
	put("nobody reads this\n");
	int reader = open("fifo", O_RDONLY | O_NONBLOCK);
	access_log_reopen(written);
	for (int i = 0; i < 1000; i++)
		access_log_write(written, line, sizeof line);
	cr_assert_eq(read(reader, line, sizeof line), (ssize_t)sizeof line);
	cr_assert_eq(line[0], 'x');
	close(reader);
	put("the reader is gone\n");
	end();
}
