#include "frontends/kit/log.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"

static void start(enum log_level level)
{
	log_start(&(struct log_options){.level = level});
}

/* As systemd does it for a stderr that it connects to the journal. */
static void set_journal(int fd)
{
	struct stat status;
	cr_assert_eq(fstat(fd, &status), 0);
	char *stream = mem_format(
		"%llu:%llu", (unsigned long long)status.st_dev, (unsigned long long)status.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	free(stream);
}

/* With a journal, lines have no time. */
static void redirect(void)
{
	cr_redirect_stderr();
	set_journal(STDERR_FILENO);
	start(LOG_LEVEL_INFO);
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
	cr_assert_stderr_eq_str("<3>web: port 80\n<4>web: w\n<6>web: i\n");
}

Test(log, names_ten_files_that_were_passed_over, .init = redirect)
{
	static const char ten[] = "<6>quoted: passed over: f0\n<6>quoted: passed over: f1\n"
				  "<6>quoted: passed over: f2\n<6>quoted: passed over: f3\n"
				  "<6>quoted: passed over: f4\n<6>quoted: passed over: f5\n"
				  "<6>quoted: passed over: f6\n<6>quoted: passed over: f7\n"
				  "<6>quoted: passed over: f8\n<6>quoted: passed over: f9\n";
	struct strings list = {0};
	for (char name[] = "f0"; name[1] <= '9'; name[1]++)
		strings_add(&list, name);
	log_passed_over("quoted", &list);
	strings_add(&list, "more");
	log_passed_over("quoted", &list);
	strings_add(&list, "still more");
	log_passed_over("quoted", &list);
	strings_finish(&list);
	char *all = mem_format("%s%s<6>quoted: passed over: 1 more file; 'quoted check' names all\n"
			       "%s<6>quoted: passed over: 2 more files; 'quoted check' names all\n",
		ten, ten, ten);
	cr_assert_stderr_eq_str(all);
	free(all);
}

Test(log, obeys_the_level, .init = redirect)
{
	enum log_level level;
	cr_assert(log_level_parse("error", &level));
	start(level);
	log_warning("web", "hidden");
	cr_assert(log_level_parse("debug", &level));
	start(level);
	log_debug("web", "shown");
	cr_assert_not(log_level_parse("loud", &level));
	cr_assert_stderr_eq_str("<7>web: shown\n");
}

/* The variable is inherited by programs whose stderr goes elsewhere. */
Test(log, adds_the_time_unless_stderr_is_the_journal, .init = cr_redirect_stderr)
{
	static const char *const streams[] = {NULL, "", "x", "1:2", "-1:-1", "1"};
	start(LOG_LEVEL_INFO);
	FILE *written = cr_get_redirected_stderr();
	for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
		char line[128] = "";
		int year;
		int end = 0;
		unsetenv("JOURNAL_STREAM");
		if (streams[i] != NULL)
			setenv("JOURNAL_STREAM", streams[i], 1);
		log_info("web", "x");
		cr_assert_not_null(fgets(line, sizeof line, written));
		sscanf(line, "%d-%*2d-%*2dT%*2d:%*2d:%*2dZ info web: x%n", &year, &end);
		cr_assert_gt(end, 0, "%s", line);
	}
}

Test(log, writes_json_if_asked, .init = cr_redirect_stderr)
{
	char line[256] = "";
	log_start(&(struct log_options){.level = LOG_LEVEL_INFO, .form = LOG_FORM_JSON});
	log_warning("web", "x");
	cr_assert_not_null(fgets(line, sizeof line, cr_get_redirected_stderr()));
	cr_assert_not_null(
		strstr(line, "Z\",\"level\":\"warning\",\"name\":\"web\",\"message\":\"x\"}"), "%s",
		line);
}

/* Each write is a message of its own here. */
Test(log, writes_a_line_at_once)
{
	int pair[2];
	char line[128] = "";
	cr_assert_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	int before = dup(STDERR_FILENO);
	set_journal(pair[0]);
	start(LOG_LEVEL_INFO);
	dup2(pair[0], STDERR_FILENO);
	log_info("web", "caf\xc3\xa9\n");
	dup2(before, STDERR_FILENO);
	cr_assert_gt(recv(pair[1], line, sizeof line - 1, MSG_DONTWAIT), 0);
	cr_assert_str_eq(line, "<6>web: caf\xc3\xa9\\x0A\n");
	close(before);
	close(pair[0]);
	close(pair[1]);
}

static const struct {
	const char *text;
	const char *mailbox;
	const char *shortened;
} mailboxes[] = {
	{"ann@example.org", "ann@example.org", "a…@example.org"},
	{"a@example.org", "a@example.org", "a…@example.org"},
	{"\xc3\xa4nn@example.org", "\xc3\xa4nn@example.org", "\xc3\xa4…@example.org"},
	{"\xffnn@example.org", "\xffnn@example.org", "\xff…@example.org"},
	{"550 <Ann@Example.org>, ann@example.org: unknown", "ann@example.org",
		"550 <A…@Example.org>, a…@example.org: unknown"},
	{"550 unknown", "ann@example.org", "550 unknown"},
	{"postmaster", "postmaster", "postmaster"},
	{"", "", ""},
	{"\"a@b\"@example.org", "\"a@b\"@example.org", "\"…@example.org"},
};

Test(log, cuts_what_grew_too_long)
{
	char text[sizeof "a@b a@b"] = "a@b a@b";
	log_shorten_mailbox(text, sizeof text, "a@b");
	cr_assert_str_eq(text, "a…@b ");
}

Test(log, shortens_addresses_unless_asked)
{
	struct address peers[2];
	struct error error = {0};
	char text[ADDRESS_TEXT_SIZE];
	size_t count;
	cr_assert(address_parse("192.0.2.1:5", peers, &count, &error));
	log_address(&peers[0], text);
	cr_assert_str_eq(text, "192.0.2.0/24");
	for (size_t i = 0; i < sizeof mailboxes / sizeof mailboxes[0]; i++) {
		snprintf(text, sizeof text, "%s", mailboxes[i].text);
		log_shorten_mailbox(text, sizeof text, mailboxes[i].mailbox);
		cr_assert_str_eq(text, mailboxes[i].shortened);
	}
	log_start(&(struct log_options){.full_addresses = true});
	log_address(&peers[0], text);
	cr_assert_str_eq(text, "192.0.2.1:5");
	snprintf(text, sizeof text, "ann@example.org");
	log_shorten_mailbox(text, sizeof text, text);
	cr_assert_str_eq(text, "ann@example.org");
}
