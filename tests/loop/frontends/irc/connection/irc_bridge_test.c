#include "frontends/irc/connection/irc_bridge.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_client.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/quotes.h"

/* One connection to a scripted server. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct irc_options options;
	struct frontend_context context;
	struct irc_queue *queue;
	struct irc_bot *bot;
	struct irc_bridge *bridge;
	struct peer server;
	int reserved;
	int closed;
	char reason[128];
};

static void on_closed(void *data, const char *reason)
{
	struct scene *scene = data;
	scene->closed++;
	strncpy(scene->reason, reason, sizeof scene->reason - 1);
}

static void set_text(char **field, const char *text)
{
	free(*field);
	*field = mem_strdup(text);
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){.loop = loop_support_create(), .reserved = irc_client_reserve()};
	setting_defaults(irc_options_rows, &scene->options);
	set_text(&scene->options.server, "127.0.0.1");
	set_text(&scene->options.contact, "me");
	strings_add(&scene->options.channels, "#quotes");
	scene->options.commands_per_minute = 10000;
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "irc.test",
		.asker = askers_open(quoter, NULL, "irc.test"),
	};
	peer_init(&scene->server, scene->loop);
	scene->options.port = peer_listen(&scene->server);
	scene->queue = irc_queue_create(1000, 0, 1000);
}

static void open(struct scene *scene, const char *password)
{
	struct error error = {0};
	scene->bot = irc_bot_create(&scene->context, &scene->options, scene->queue);
	struct irc_bridge_parts parts = {
		.loop = scene->loop,
		.name = scene->context.name,
		.options = &scene->options,
		.password = password,
		.bot = scene->bot,
		.queue = scene->queue,
		.reserved = &scene->reserved,
		.on_closed = on_closed,
		.data = scene,
	};
	scene->bridge = irc_bridge_create(&parts, &error);
	cr_assert_not_null(scene->bridge, "%s", error.text);
	irc_bridge_connect(scene->bridge);
}

static void finish(struct scene *scene)
{
	irc_bridge_destroy(scene->bridge);
	irc_client_release(scene->reserved);
	irc_bot_destroy(scene->bot);
	irc_queue_destroy(scene->queue);
	peer_finish(&scene->server);
	asker_destroy(scene->context.asker);
	quotes_finish(&scene->quotes);
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
	cr_assert_eq(strncmp(scene.server.heard.data, "PASS :secret\r\nNICK quoted\r\n", 27), 0);
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

Test(irc_bridge, asks_a_silent_server_then_leaves_it)
{
	struct scene scene;
	prepare(&scene);
	scene.options.ping_timeout = 1;
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
	scene.options.connect_timeout = 1;
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	expect_closed(&scene, "the server did not complete the registration in time");
	finish(&scene);
}

Test(irc_bridge, keeps_to_new_time_limits)
{
	struct scene scene;
	prepare(&scene);
	open(&scene, NULL);
	expect(&scene, "USER quoted");
	struct irc_options options = scene.options;
	options.connect_timeout = 1;
	irc_bridge_change(scene.bridge, &options);
	expect_closed(&scene, "the server did not complete the registration in time");
	finish(&scene);
}

Test(irc_bridge, says_why_there_is_no_connection)
{
	struct scene scene;
	prepare(&scene);
	set_text(&scene.options.server, "a..b");
	open(&scene, NULL);
	cr_assert(loop_support_until(scene.loop, is_closed, &scene));
	cr_assert_eq(strncmp(scene.reason, "a..b: ", 6), 0, "%s", scene.reason);
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
