#include "frontends/kit/log.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void redirect(void)
{
	setenv("JOURNAL_STREAM", "1:2", 1);
	cr_redirect_stderr();
	log_start(LOG_LEVEL_INFO);
}

Test(log, is_for_a_person_until_it_starts, .init = cr_redirect_stderr)
{
	log_error("quoted", "no quote matches '%s'", "\x1b");
	log_warning("quoted", "w");
	log_info("quoted", "i");
	log_debug("quoted", "d");
	cr_assert_stderr_eq_str(
		"quoted: no quote matches '\\x1B'\nquoted: warning: w\nquoted: i\n");
}

Test(log, writes_level_and_name, .init = redirect)
{
	log_error("web", "port %d", 80);
	log_warning("web", "w");
	log_info("web", "i");
	log_debug("web", "not at the default level");
	cr_assert_stderr_eq_str("error web: port 80\nwarning web: w\ninfo web: i\n");
}

Test(log, lets_nothing_forge_a_line, .init = redirect)
{
	log_info("irc", "%s", "a\nerror irc: b\r\t\x1b[31m\x7f caf\xc3\xa9 \xff \xc2\x9b");
	cr_assert_stderr_eq_str("info irc: a\\x0Aerror irc: b\\x0D\\x09\\x1B[31m\\x7F caf\xc3\xa9 "
				"\\xFF \\xC2\\x9B\n");
}

Test(log, obeys_the_level, .init = redirect)
{
	enum log_level level;
	cr_assert(log_level_parse("error", &level));
	log_start(level);
	log_warning("web", "hidden");
	cr_assert(log_level_parse("debug", &level));
	log_start(level);
	log_debug("web", "shown");
	cr_assert_not(log_level_parse("loud", &level));
	cr_assert_stderr_eq_str("debug web: shown\n");
}

Test(log, adds_the_time_if_no_journal_does, .init = cr_redirect_stderr)
{
	unsetenv("JOURNAL_STREAM");
	log_start(LOG_LEVEL_INFO);
	log_info("web", "x");
	fflush(stderr);
	char line[128] = "";
	FILE *written = cr_get_redirected_stderr();
	cr_assert_not_null(fgets(line, sizeof line, written));
	int year;
	int end = 0;
	sscanf(line, "%d-%*2d-%*2dT%*2d:%*2d:%*2dZ info web: x%n", &year, &end);
	cr_assert_gt(end, 0, "%s", line);
}

/* Each write is a message of its own here. */
Test(log, writes_a_line_at_once)
{
	int pair[2];
	char line[128] = "";
	cr_assert_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	int before = dup(STDERR_FILENO);
	setenv("JOURNAL_STREAM", "1:2", 1);
	log_start(LOG_LEVEL_INFO);
	dup2(pair[0], STDERR_FILENO);
	log_info("web", "caf\xc3\xa9\n");
	dup2(before, STDERR_FILENO);
	cr_assert_gt(recv(pair[1], line, sizeof line - 1, MSG_DONTWAIT), 0);
	cr_assert_str_eq(line, "info web: caf\xc3\xa9\\x0A\n");
	close(before);
	close(pair[0]);
	close(pair[1]);
}
