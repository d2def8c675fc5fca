#include "frontends/irc/connection/irc_bridge.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_client.h"
#include "frontends/tls/digest.h"
#include "frontends/tls/tls_context.h"
#include "tests/support/certificates.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/scratch.h"

/* One connection to a scripted server, of a bot that joins #quotes and answers there. */
struct scene {
	struct ev_loop *loop;
	struct irc_options options;
	struct host_port server_name;
	struct irc_credentials credentials;
	struct irc_queue *queue;
	struct irc_bridge *bridge;
	struct peer server;
	char account_of_asker[32];
	int reserved;
	int closed;
	enum irc_bridge_end end;
	char reason[512];
};

static void on_numeric(void *data, int code, const char *const *params, size_t count, double now)
{
	struct scene *scene = data;
	(void)params;
	(void)count;
	(void)now;
	if (code == 1)
		irc_queue_push(scene->queue, "JOIN #quotes");
}

static void on_nick(void *data, const char *origin, const char *nick)
{
	(void)data;
	(void)origin;
	(void)nick;
}

static void on_leave(
	void *data, const char *nick, const char *channel, const char *kicker, double now)
{
	on_nick(data, nick, channel);
	(void)kicker;
	(void)now;
}

static void on_line(void *data, const struct irc_line *line, double now)
{
	struct scene *scene = data;
	(void)now;
	if (strcmp(line->command, "PRIVMSG") != 0 || strcmp(line->params[1], "!quote") != 0)
		return;
	irc_line_tag(line, "account", scene->account_of_asker, sizeof scene->account_of_asker);
	irc_queue_push(scene->queue, "PRIVMSG #quotes :An apple a day");
}

static void on_tick(void *data, double now)
{
	(void)data;
	(void)now;
}

static void on_closed(void *data, enum irc_bridge_end end, const char *reason)
{
	struct scene *scene = data;
	scene->closed++;
	scene->end = end;
	strncpy(scene->reason, reason, sizeof scene->reason - 1);
}

static const struct irc_bridge_events events = {
	{on_numeric, on_nick, on_nick, on_leave}, on_line, on_tick, on_closed};

static void set_text(char **field, const char *text)
{
	free(*field);
	*field = mem_strdup(text);
}

static void prepare(struct scene *scene)
{
	signal(SIGPIPE, SIG_IGN);
	*scene = (struct scene){.loop = loop_support_create(), .reserved = irc_client_reserve()};
	setting_defaults(irc_options_rows, &scene->options);
	set_text(&scene->options.contact, "me");
	peer_init(&scene->server, scene->loop);
	strncpy(scene->server_name.host, "127.0.0.1", sizeof scene->server_name.host - 1);
	scene->server_name.port = peer_listen(&scene->server);
	scene->credentials.account = (struct irc_login_account){IRC_LOGIN_METHOD_NONE, "", NULL};
	scene->queue = irc_queue_create(1000, 0, 1000);
}

static void open(struct scene *scene, const char *password)
{
	struct error error = {0};
	struct irc_bridge_parts parts = {
		.loop = scene->loop,
		.name = "irc.test",
		.options = &scene->options,
		.server = &scene->server_name,
		.credentials = &scene->credentials,
		.queue = scene->queue,
		.reserved = &scene->reserved,
		.events = &events,
		.data = scene,
	};
	scene->credentials.password = password;
	scene->bridge = irc_bridge_create(&parts, &error);
	cr_assert_not_null(scene->bridge, "%s", error.text);
	irc_bridge_connect(scene->bridge);
}

static void finish(struct scene *scene)
{
	irc_bridge_destroy(scene->bridge);
	tls_context_destroy(scene->credentials.tls);
	irc_client_release(scene->reserved);
	irc_queue_destroy(scene->queue);
	peer_finish(&scene->server);
	setting_finish(irc_options_rows, &scene->options);
	ev_loop_destroy(scene->loop);
}

static void expect_times(struct scene *scene, const char *wanted, size_t times)
{
	struct peer *server = &scene->server;
	cr_assert(peer_hears(server, wanted, times), "%s was not heard in:\n%s", wanted,
		server->heard.length > 0 ? server->heard.data : "");
}

/* Waits for wanted, and forgets what was heard so far. */
static void expect(struct scene *scene, const char *wanted)
{
	expect_times(scene, wanted, 1);
	buffer_clear(&scene->server.heard);
}

static void say_octets(struct scene *scene, const char *octets, size_t length)
{
	cr_assert(peer_says(&scene->server, octets, length));
}

static void say(struct scene *scene, const char *text)
{
	say_octets(scene, text, strlen(text));
}

static void register_bot(struct scene *scene)
{
	expect(scene, "USER quoted");
	say(scene, ":s 001 quoted :Welcome\r\n");
	expect(scene, "JOIN #quotes\r\n");
	say(scene, ":quoted!q@h JOIN :#quotes\r\n");
}

/* The connection is there, and everything said so far was handled. */
static void expect_alive(struct scene *scene)
{
	say(scene, "PING :alive?\r\n");
	expect_times(scene, "PONG :alive?\r\n", 1);
}

static bool is_closed(void *data)
{
	return ((const struct scene *)data)->closed > 0;
}

static void expect_closed(struct scene *scene, const char *reason)
{
	cr_assert(loop_support_until(scene->loop, is_closed, scene));
	cr_assert_eq(scene->closed, 1);
	cr_assert_str_eq(scene->reason, reason);
}

Test(irc_bridge, says_the_password_first)
{
	struct scene scene;
	prepare(&scene);
	open(&scene, "secret");
	expect_times(&scene, "USER quoted", 1);
	cr_assert_eq(strncmp(scene.server.heard.data,
			     "CAP LS 302\r\nPASS :secret\r\nNICK quoted\r\n", 39),
		0);
	finish(&scene);
}

Test(irc_bridge, keeps_from_the_library_what_crashes_it)
{
	static const char *const lines[] = {
		"NICK x\r\n",
		"NICK\r\n",
		":quoted!q@h NICK\r\n",
		":x!y@z NOTICE\r\n",
		":x!y@z NOTICE me\r\n",
		":s 000\r\n",
		":s 000 a\r\n",
		":s 001\r\n",
		"001\r\n",
		":s\r\n",
		":\r\n",
		": \r\n",
		"PING\r\n",
		"PING :a\rb\r\n",
		":a PRIVMSG\r\n",
		":a PRIVMSG #quotes\r\n",
		":a PRIVMSG #quotes :\1\r\n",
		":a PRIVMSG #quotes :\r\n",
		":a KICK\r\n",
		":a JOIN\r\n",
		":a MODE\r\n",
		":a MODE quoted\r\n",
		"@a=b\r\n",
		"@a=b :a!b@c PRIVMSG #other :x\r\n",
		":s 005 a b c d e f g h i j k l m n o p q\r\n",
		":s 433\r\n",
		":s 474 quoted\r\n",
		"\xff\xfe\r\n",
		"\r\n",
		"\n",
	};
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	register_bot(&scene);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		say(&scene, lines[i]);
		expect_alive(&scene);
		buffer_clear(&scene.server.heard);
	}
	say_octets(&scene, "PING :a\0b\r\n", 11);
	expect_alive(&scene);
	finish(&scene);
}

Test(irc_bridge, keeps_from_the_library_lines_that_are_too_long)
{
	static const size_t lengths[] = {
		510, 1000, 1019, 1020, 1021, 1022, 1023, 1024, 1100, 8192, 8704, 20000};
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	register_bot(&scene);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		char *text = mem_alloc(lengths[i] + 3);
		memset(text, 'x', lengths[i]);
		memcpy(text, ":a!b@c PRIVMSG #quotes :", 24);
		memcpy(text + lengths[i], "\r\n", 2);
		say(&scene, text);
		free(text);
		say(&scene, ":a!b@c PRIVMSG #quotes :!quote\r\n");
		expect(&scene, "PRIVMSG #quotes :An apple a day\r\n");
	}
	finish(&scene);
}

Test(irc_bridge, survives_four_megabytes_without_a_line_end)
{
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	register_bot(&scene);
	char *data = mem_alloc(4 << 20);
	memset(data, 'x', 4 << 20);
	say_octets(&scene, data, 4 << 20);
	free(data);
	say(&scene, "\r\n:a!b@c PRIVMSG #quotes :!quote\r\n");
	expect(&scene, "PRIVMSG #quotes :An apple a day\r\n");
	finish(&scene);
}

Test(irc_bridge, answers_three_hundred_commands_in_a_burst)
{
	struct scene scene;
	struct buffer burst = {0};
	prepare(&scene);
	open(&scene, NULL);
	register_bot(&scene);
	for (int i = 0; i < 300; i++)
		buffer_format(&burst, ":u%d!b@c PRIVMSG #quotes :!quote\r\n", i);
	say_octets(&scene, burst.data, burst.length);
	expect_times(&scene, "PRIVMSG #quotes :An apple a day\r\n", 300);
	buffer_finish(&burst);
	finish(&scene);
}

Test(irc_bridge, answers_a_ping_while_the_queue_is_full)
{
	struct scene scene;
	prepare(&scene);
	irc_queue_set(scene.queue, 4, 60, 8);
	open(&scene, NULL);
	register_bot(&scene);
	for (int i = 0; i < 50; i++)
		say(&scene, ":a!b@c PRIVMSG #quotes :!quote\r\n");
	expect_times(&scene, "PRIVMSG #quotes :An apple a day\r\n", 3);
	expect_alive(&scene);
	size_t waiting = irc_queue_count(scene.queue);
	cr_assert(waiting >= 5 && waiting <= 8, "%zu lines wait", waiting);
	finish(&scene);
}

Test(irc_bridge, gives_the_tags_of_a_message)
{
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	register_bot(&scene);
	say(&scene, "@account=alice;time=x :a!b@c PRIVMSG #quotes :!quote\r\n");
	expect(&scene, "An apple a day");
	cr_assert_str_eq(scene.account_of_asker, "alice");
	finish(&scene);
}

Test(irc_bridge, does_not_answer_what_is_played_back)
{
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	say(&scene, "@time=2001-01-01T12:00:00.000Z :s 001 quoted :Welcome\r\n");
	expect(&scene, "JOIN #quotes\r\n");
	say(&scene, "@time=2001-01-01T11:58:59.999Z :a!b@c PRIVMSG #quotes :!quote\r\n");
	expect_alive(&scene);
	cr_assert_null(strstr(scene.server.heard.data, "An apple"));
	say(&scene, "@time=2001-01-01T11:59:00.000Z :a!b@c PRIVMSG #quotes :!quote\r\n"
		    ":a!b@c PRIVMSG #quotes :!quote\r\n");
	expect_times(&scene, "An apple a day", 2);
	finish(&scene);
}

Test(irc_bridge, judges_playback_by_its_own_clock_too)
{
	struct scene scene;
	char line[128];
	time_t now = time(NULL) - 300;
	prepare(&scene);
	open(&scene, NULL);
	register_bot(&scene);
	say(&scene, "@time=2001-01-01T12:00:00.000Z :a!b@c PRIVMSG #quotes :!quote\r\n");
	expect_alive(&scene);
	cr_assert_null(strstr(scene.server.heard.data, "An apple"));
	strftime(line, sizeof line, "@time=%FT%T.000Z :a!b@c PRIVMSG #quotes :!quote\r\n",
		gmtime(&now));
	say(&scene, line);
	expect(&scene, "An apple a day");
	finish(&scene);
}

static void encrypt(struct scene *scene, const char *ca)
{
	char fingerprint[65];
	struct error error;
	certificates_write("IP:127.0.0.1", fingerprint);
	struct tls_context_client client = {ca, "", "", ""};
	scene->credentials.tls = tls_context_create_client(&client, &error);
	cr_assert_not_null(scene->credentials.tls, "%s", error.text);
	peer_encrypt(&scene->server, "server.pem", false);
}

Test(irc_bridge, speaks_tls, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene);
	encrypt(&scene, "ca.pem");
	open(&scene, NULL);
	register_bot(&scene);
	say(&scene, ":a!b@c PRIVMSG #quotes :!quote\r\n");
	expect(&scene, "PRIVMSG #quotes :An apple a day\r\n");
	say(&scene, "ERROR :Closing Link: h (Ping timeout: 240 seconds)\r\n");
	expect_alive(&scene);
	peer_hang_up(&scene.server);
	expect_closed(&scene, "the server closed the connection: Closing Link: h (Ping timeout: "
			      "240 seconds)");
	cr_assert_eq(scene.end, IRC_BRIDGE_END_LOST);
	finish(&scene);
}

Test(irc_bridge, tells_no_secret_to_a_stranger, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene);
	encrypt(&scene, "other.pem");
	open(&scene, "secret");
	cr_assert(peer_is_called(&scene.server));
	cr_assert(peer_is_left(&scene.server));
	cr_assert_eq(scene.server.heard.length, 0);
	cr_assert(loop_support_until(scene.loop, is_closed, &scene));
	cr_assert_eq(scene.end, IRC_BRIDGE_END_UNREACHABLE);
	cr_assert_not_null(strstr(scene.reason, "is not accepted"), "%s", scene.reason);
	finish(&scene);
}

/* The whole of SCRAM needs the password on the other side: irc_login_test has that. */
Test(irc_bridge, logs_in_before_it_is_registered)
{
	struct scene scene;
	prepare(&scene);
	scene.credentials.account =
		(struct irc_login_account){IRC_LOGIN_METHOD_PLAIN, "bot", "hush"};
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	say(&scene, ":s CAP * LS :sasl=PLAIN message-tags\r\n");
	expect(&scene, "CAP REQ :message-tags\r\nCAP REQ :sasl\r\n");
	say(&scene, ":s CAP * ACK :message-tags\r\n:s CAP * ACK :sasl\r\nAUTHENTICATE +\r\n");
	expect(&scene, "AUTHENTICATE PLAIN\r\nAUTHENTICATE AGJvdABodXNo\r\n");
	say(&scene, ":s 903 quoted :ok\r\n");
	expect(&scene, "CAP END\r\n");
	say(&scene, ":s 001 quoted :Welcome\r\n");
	expect(&scene, "JOIN #quotes\r\n");
	finish(&scene);
}

Test(irc_bridge, stretches_the_password_for_many_turns)
{
	struct scene scene;
	prepare(&scene);
	scene.credentials.account =
		(struct irc_login_account){IRC_LOGIN_METHOD_SCRAM, "bot", "hush"};
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	say(&scene, ":s CAP * LS :sasl\r\n:s CAP * ACK :sasl\r\nAUTHENTICATE +\r\n");
	expect_times(&scene, "AUTHENTICATE SCRAM-SHA-256\r\nAUTHENTICATE ", 1);
	expect_alive(&scene);
	struct buffer first = {0};
	const char *text = strstr(scene.server.heard.data, "256\r\nAUTHENTICATE ") + 18;
	cr_assert(digest_unbase64(text, strcspn(text, "\r"), &first));
	char *challenge = mem_format("%sx,s=c2FsdA==,i=100000", strstr(first.data, "r="));
	char *encoded = digest_base64(challenge, strlen(challenge));
	char *line = mem_format("AUTHENTICATE %s\r\nPING :between\r\n", encoded);
	buffer_clear(&scene.server.heard);
	say(&scene, line);
	expect_times(&scene, "AUTHENTICATE Yz1iaXdz", 1);
	const char *pong = strstr(scene.server.heard.data, "PONG :between");
	cr_assert(pong != NULL && pong < strstr(scene.server.heard.data, "AUTHENTICATE"));
	free(line);
	free(encoded);
	free(challenge);
	buffer_finish(&first);
	finish(&scene);
}

Test(irc_bridge, knows_that_it_is_refused)
{
	static const struct {
		const char *words, *reason;
		enum irc_bridge_end end;
	} rows[] = {
		{"ERROR :Trying to reconnect too fast.\r\n",
			"the server closed the connection: Trying to reconnect too fast.",
			IRC_BRIDGE_END_REFUSED},
		{":s 465 quoted :You are banned\r\n", "the server closed the connection",
			IRC_BRIDGE_END_REFUSED},
		{"ERROR :Server is full\r\n", "the server closed the connection: Server is full",
			IRC_BRIDGE_END_LOST},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene scene;
		prepare(&scene);
		open(&scene, NULL);
		expect(&scene, "USER quoted");
		say(&scene, rows[i].words);
		expect_alive(&scene);
		peer_hang_up(&scene.server);
		expect_closed(&scene, rows[i].reason);
		cr_assert_eq(scene.end, rows[i].end, "row %zu", i);
		finish(&scene);
	}
}

Test(irc_bridge, leaves_if_it_cannot_log_in)
{
	struct scene scene;
	prepare(&scene);
	scene.credentials.account =
		(struct irc_login_account){IRC_LOGIN_METHOD_PLAIN, "bot", "hush"};
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	say(&scene, ":s CAP * LS :sasl\r\n:s CAP * ACK :sasl\r\n:s 904 * :Bad password\r\n");
	expect_closed(&scene, "cannot log in to 127.0.0.1: 904 Bad password");
	cr_assert_eq(scene.end, IRC_BRIDGE_END_REFUSED);
	finish(&scene);
}

Test(irc_bridge, asks_a_silent_server_then_leaves_it)
{
	struct scene scene;
	prepare(&scene);
	scene.options.ping_timeout = 2;
	open(&scene, NULL);
	register_bot(&scene);
	expect(&scene, "PING :quoted\r\n");
	say(&scene, "PONG :quoted\r\n");
	expect(&scene, "PING :quoted\r\n");
	expect_closed(&scene, "the server did not reply to a PING");
	cr_assert(peer_is_left(&scene.server));
	cr_assert_null(strstr(scene.server.heard.data, "PING"), "it asks once");
	finish(&scene);
}

Test(irc_bridge, leaves_a_server_that_never_registers_it)
{
	struct scene scene;
	prepare(&scene);
	scene.options.register_timeout = 1;
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	expect_closed(&scene, "127.0.0.1: the server did not complete the registration within 1 s");
	cr_assert_eq(scene.end, IRC_BRIDGE_END_LOST);
	finish(&scene);
}

Test(irc_bridge, keeps_to_new_time_limits)
{
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	struct irc_options options = scene.options;
	options.register_timeout = 1;
	irc_bridge_change(scene.bridge, &options);
	expect_closed(&scene, "127.0.0.1: the server did not complete the registration within 1 s");
	finish(&scene);
}

/* It accepts, and then says nothing: no TLS comes about. */
Test(irc_bridge, leaves_a_server_that_does_not_shake_hands, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene);
	encrypt(&scene, "ca.pem");
	struct ssl_ctx_st *context = scene.server.context;
	scene.server.context = NULL;
	scene.options.connect_timeout = 1;
	open(&scene, NULL);
	expect_closed(&scene, "127.0.0.1: no connection by TLS within 1 s");
	cr_assert_eq(scene.end, IRC_BRIDGE_END_UNREACHABLE);
	scene.server.context = context;
	finish(&scene);
}

Test(irc_bridge, says_why_there_is_no_connection)
{
	struct scene scene;
	prepare(&scene);
	memcpy(scene.server_name.host, "a..b", 5);
	open(&scene, NULL);
	cr_assert(loop_support_until(scene.loop, is_closed, &scene));
	cr_assert_eq(strncmp(scene.reason, "a..b: ", 6), 0, "%s", scene.reason);
	cr_assert_eq(scene.end, IRC_BRIDGE_END_UNREACHABLE);
	finish(&scene);
}

Test(irc_bridge, quits_once_the_queue_is_sent)
{
	struct scene scene;
	prepare(&scene);
	irc_queue_set(scene.queue, 1, 0.05, 1000);
	open(&scene, NULL);
	register_bot(&scene);
	for (int i = 0; i < 3; i++)
		cr_assert(irc_queue_push(scene.queue, "PRIVMSG #quotes :wait"));
	irc_bridge_quit(scene.bridge);
	expect_closed(&scene, "quit");
	cr_assert_eq(scene.end, IRC_BRIDGE_END_QUIT);
	cr_assert(peer_is_left(&scene.server));
	const char *quit = strstr(scene.server.heard.data, "QUIT :");
	cr_assert_not_null(quit);
	expect_times(&scene, "PRIVMSG #quotes :wait\r\n", 3);
	cr_assert_null(strstr(quit, "PRIVMSG"));
	finish(&scene);
}

Test(irc_bridge, quits_at_once_if_not_registered)
{
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	irc_bridge_quit(scene.bridge);
	cr_assert_eq(scene.closed, 0, "not within the call");
	expect_closed(&scene, "quit");
	finish(&scene);
}

/* The pace is the queue's for as long as the process lives, so a new connection keeps it. */
Test(irc_bridge, sends_less_after_a_flood)
{
	struct scene scene;
	prepare(&scene);
	irc_queue_set(scene.queue, 4, 1000, 100);
	open(&scene, NULL);
	register_bot(&scene);
	say(&scene, "ERROR :Closing link (Excess Flood)\r\n");
	expect_alive(&scene);
	double wait;
	int sent = 0;
	for (int i = 0; i < 4; i++)
		irc_queue_push(scene.queue, "x");
	for (char *line; (line = irc_queue_pop(scene.queue, 1e9, &wait)) != NULL; sent++)
		free(line);
	cr_assert_eq(sent, 2);
	finish(&scene);
}
