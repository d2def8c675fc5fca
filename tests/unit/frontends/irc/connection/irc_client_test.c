#include "frontends/irc/connection/irc_client.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

static void on_numeric(void *data, int code, const char *const *params, size_t count, double now)
{
	cr_expect_eq(now, 7);
	buffer_format(data, "%03d %s/%zu", code, count > 1 ? params[1] : "", count);
}

static void on_nick(void *data, const char *origin, const char *nick)
{
	buffer_format(data, "%s is %s", origin, nick);
}

static void on_join(void *data, const char *origin, const char *channel)
{
	buffer_format(data, "%s joins %s", origin, channel);
}

static void on_leave(
	void *data, const char *nick, const char *channel, const char *kicker, double now)
{
	cr_expect_eq(now, 7);
	buffer_format(data, "%s leaves %s", nick, channel);
	if (kicker != NULL)
		buffer_format(data, " by %s", kicker);
}

static const struct irc_client_events events = {on_numeric, on_nick, on_join, on_leave};

static const struct irc_client_identity identity = {"quoted", "100%s", "%d bots"};

/* Moves what the library sends into \p out. */
static void read_all(struct irc_client *client, struct buffer *out)
{
	char octets[7];
	size_t length;
	buffer_clear(out);
	while ((length = irc_client_read(client, octets, sizeof octets)) > 0)
		buffer_append(out, octets, length);
}

Test(irc_client, registers_then_tells_what_happens)
{
	static const struct {
		const char *line;
		const char *event;
	} rows[] = {
		{":s 001 quoted :Welcome\r\n", "001 Welcome/2"},
		{":a!b@c NICK :x\r\n", "a!b@c is x"},
		{":a!b@c JOIN :#q\r\n", "a!b@c joins #q"},
		{":a!b@c PART #q\r\n", "a!b@c leaves #q"},
		{":a!b@c KICK #q quoted :out\r\n", "quoted leaves #q by a!b@c"},
	};
	int reserved = -1;
	struct error error = {0};
	struct buffer told = {0};
	struct buffer sent = {0};
	struct irc_client *client = irc_client_create(&identity, &events, &told, &reserved, &error);
	cr_assert_not_null(client, "%s", error.text);
	cr_assert_eq(reserved, -1, "the library has it");
	irc_client_register(client);
	read_all(client, &sent);
	cr_assert_eq(strncmp(sent.data, "NICK quoted\r\nUSER 100%s ", 24), 0, "%s", sent.data);
	cr_assert_not_null(strstr(sent.data, ":%d bots\r\n"), "%s", sent.data);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buffer_clear(&told);
		buffer_add(&told, "");
		cr_expect(irc_client_feed(client, rows[i].line, strlen(rows[i].line), 7));
		cr_expect_str_eq(told.data, rows[i].event, "%s", rows[i].line);
		read_all(client, &sent);
		cr_expect_eq(sent.length, 0, "%s is not answered by the library", rows[i].line);
	}
	irc_client_destroy(client);
	cr_expect_geq(reserved, 0, "it is free again");
	irc_client_release(reserved);
	buffer_finish(&told);
	buffer_finish(&sent);
}

Test(irc_client, needs_a_low_descriptor)
{
	static int idle[FD_SETSIZE];
	struct rlimit limit = {2 * FD_SETSIZE, 2 * FD_SETSIZE};
	struct error error = {0};
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	int reserved = irc_client_reserve();
	cr_assert(reserved >= 0 && reserved < FD_SETSIZE);
	size_t count = 0;
	do
		idle[count] = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	while (idle[count++] < FD_SETSIZE);
	struct irc_client *client = irc_client_create(&identity, &events, NULL, &reserved, &error);
	cr_assert_not_null(client, "the reserved one is low: %s", error.text);
	int other = -1;
	cr_expect_null(irc_client_create(&identity, &events, NULL, &other, &error));
	cr_expect_str_eq(error.text,
		"no descriptor below 1024 is free for libircclient; lower max_connections of other "
		"front ends, or raise the limit on open files");
	cr_expect_eq(other, -1);
	irc_client_destroy(client);
	cr_expect(reserved >= 0 && reserved < FD_SETSIZE);
	irc_client_release(reserved);
	while (count > 0)
		close(idle[--count]);
}
