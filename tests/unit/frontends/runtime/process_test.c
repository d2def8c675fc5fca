#include "frontends/runtime/process.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static void (*handler_of(int number))(int)
{
	struct sigaction action;
	sigaction(number, NULL, &action);
	return action.sa_handler;
}

Test(process, ignores_what_would_end_the_daemon)
{
	static const int harmless[] = {SIGPIPE, SIGUSR1, SIGUSR2, SIGXFSZ};
	sigset_t blocked;
	signal(SIGCHLD, SIG_IGN);
	process_prepare(false);
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
		cr_expect_eq(handler_of(harmless[i]), SIG_IGN, "signal %d", harmless[i]);
	cr_expect_eq(handler_of(SIGCHLD), SIG_DFL);
	sigprocmask(SIG_BLOCK, NULL, &blocked);
	cr_expect(sigismember(&blocked, SIGHUP));
}

Test(process, leaves_the_shell_its_signals)
{
	sigset_t blocked;
	signal(SIGPIPE, SIG_IGN);
	process_prepare(true);
	cr_expect_eq(handler_of(SIGPIPE), SIG_DFL);
	sigprocmask(SIG_BLOCK, NULL, &blocked);
	cr_expect_not(sigismember(&blocked, SIGHUP));
}

Test(process, raises_the_limit_of_open_files)
{
	static const struct rlimit rows[][2] = {
		{{100, 200}, {200, 200}},
		{{100, PROCESS_FILES_MAX + 1}, {PROCESS_FILES_MAX, PROCESS_FILES_MAX + 1}},
	};
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	/* The higher one first, as a hard limit cannot be raised again. */
	for (size_t i = sizeof rows / sizeof *rows; i-- > 0;) {
		if (limit.rlim_max < rows[i][0].rlim_max)
			continue;
		cr_assert_eq(setrlimit(RLIMIT_NOFILE, &rows[i][0]), 0);
		process_prepare(false);
		getrlimit(RLIMIT_NOFILE, &limit);
		cr_expect_eq(limit.rlim_cur, rows[i][1].rlim_cur, "row %zu", i);
		cr_expect_eq(limit.rlim_max, rows[i][1].rlim_max, "row %zu", i);
	}
}

Test(process, keeps_closed_streams_from_what_is_opened_next)
{
	char octet = 'x';
	int error = dup(STDERR_FILENO);
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	process_prepare(false);
	ssize_t got = read(STDIN_FILENO, &octet, 1);
	int got_error = errno;
	ssize_t sent = write(STDOUT_FILENO, &octet, 1);
	int sent_error = errno;
	int next = open("/dev/null", O_RDONLY);
	dup2(error, STDERR_FILENO);
	cr_expect(got < 0 && got_error == EBADF);
	cr_expect(sent < 0 && sent_error == EBADF);
	cr_expect_gt(next, STDERR_FILENO);
}

Test(process, becomes_a_user_for_good)
{
	struct error error = {0};
	cr_expect(process_become("", &error), "an empty name changes nothing");
	if (geteuid() != 0) {
		cr_expect(process_become("no-such-user", &error), "it is not root's");
		return;
	}
	cr_expect_not(process_become("no-such-user", &error));
	cr_expect_str_eq(
		error.text, "user: 'no-such-user': no such user; make it with adduser --system");
	const struct passwd *user = getpwnam("nobody");
	cr_assert_not_null(user);
	uid_t uid = user->pw_uid;
	gid_t gid = user->pw_gid;
	cr_expect(process_become("nobody", &error), "%s", error.text);
	cr_expect_eq(getuid(), uid);
	cr_expect_eq(getegid(), gid);
	cr_expect_lt(setuid(0), 0);
}

Test(process, takes_a_zone_of_the_database)
{
	time_t summer = 1780315200; /* 2026-06-01 12:00 UTC */
	struct tm local;
	setenv("TZ", "UTC", 1);
	process_set_timezone("");
	cr_expect_str_eq(getenv("TZ"), "UTC");
	process_set_timezone("Europe/Berlin");
	localtime_r(&summer, &local);
	cr_expect_eq(local.tm_hour, 14);
}

Test(process, has_another_seed_each_time)
{
	cr_expect_neq(process_seed(), process_seed());
}
