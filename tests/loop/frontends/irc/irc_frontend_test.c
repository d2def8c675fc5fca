#include "frontends/irc/irc_frontend.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

/* A bot and its server. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct irc_options options;
	struct frontend_context context;
	struct searcher *searcher;
	struct frontend *bot;
	struct peer server;
};

static void set_text(char **field, const char *text)
{
	free(*field);
	*field = mem_strdup(text);
}

static void set_server(struct scene *scene, const char *text)
{
	strings_finish(&scene->options.server);
	strings_add(&scene->options.server, text);
}

static void close_quotes(struct scene *scene)
{
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	quotes_finish(&scene->quotes);
}

static void open_quotes(struct scene *scene, const char *spec)
{
	struct error error;
	struct quoter *quoter = quotes_open_one(&scene->quotes, spec);
	scene->searcher = searcher_create(scene->loop, quoter, &scene->quotes.rng, &error);
	cr_assert_not_null(scene->searcher);
	scene->context.asker = askers_open(quoter, scene->searcher, "irc.test");
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){.loop = loop_support_create()};
	peer_init(&scene->server, scene->loop);
	setting_defaults(irc_options_rows, &scene->options);
	set_server(scene, "127.0.0.1");
	scene->options.tls = false;
	set_text(&scene->options.contact, "100%s admin@example.org");
	strings_add(&scene->options.channels, "#quotes");
	scene->options.interval = 0;
	scene->options.queue_limit = 1000;
	scene->options.commands_per_minute = 10000;
	scene->options.channel_per_minute = 10000;
	scene->options.network_per_minute = 10000;
	scene->options.waiting_limit = 1000;
	scene->options.reconnect_first = scene->options.reconnect_last = 1;
	scene->options.rejoin_delay = 1;
	scene->options.regain_delay = 1;
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "irc.test",
	};
	open_quotes(scene, "static:An apple a day");
	scene->options.port = peer_listen(&scene->server);
}

static void create(struct scene *scene)
{
	struct error error;
	scene->bot = irc_frontend_ops.create(&scene->context, &scene->options, &error);
	cr_assert_not_null(scene->bot, "%s", error.text);
}

static void start(struct scene *scene)
{
	struct error error;
	if (scene->bot == NULL)
		create(scene);
	cr_assert(irc_frontend_ops.start(scene->bot, &error));
}

static void finish(struct scene *scene)
{
	irc_frontend_ops.stop(scene->bot);
	irc_frontend_ops.stop(scene->bot);
	irc_frontend_ops.destroy(scene->bot);
	close_quotes(scene);
	setting_finish(irc_options_rows, &scene->options);
	peer_finish(&scene->server);
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

static void say(struct scene *scene, const char *text)
{
	cr_assert(peer_says(&scene->server, text, strlen(text)));
}

static void register_bot(struct scene *scene)
{
	expect(scene, "USER quoted");
	say(scene, ":s 001 quoted :Welcome\r\n:s 376 quoted :End\r\n");
	expect(scene, "JOIN #quotes\r\n");
	say(scene, ":quoted!q@h JOIN :#quotes\r\n");
}

/* The bot is alive and has handled everything said so far. */
static void expect_alive(struct scene *scene)
{
	say(scene, "PING :alive?\r\n");
	expect_times(scene, "PONG :alive?\r\n", 1);
}

static void hang_up(struct scene *scene)
{
	peer_hang_up(&scene->server);
}

Test(irc_frontend, registers_and_answers, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene);
	scratch_write("password", "100%s :secret\n", 14);
	cr_assert_eq(chmod("password", 0600), 0);
	set_text(&scene.options.password_file, "./password");
	start(&scene);
	expect_times(&scene, "USER quoted", 1);
	expect_times(&scene, "contact: 100%s admin@example.org, quote bot\r\n", 1);
	cr_assert_eq(strncmp(scene.server.heard.data,
			     "CAP LS 302\r\nPASS :100%s :secret\r\nNICK quoted\r\n", 46),
		0);
	register_bot(&scene);
	say(&scene, ":a!b@c PRIVMSG #quotes :!quote\r\n");
	expect(&scene, "PRIVMSG #quotes :An apple a day [yqwe]\r\n");
	say(&scene, ":a!b@c PRIVMSG quoted :quote\r\n");
	expect(&scene, "PRIVMSG a :An apple a day [yqwe]\r\n");
	say(&scene, ":a!b@c PRIVMSG #quotes :!help\r\n");
	expect(&scene, "NOTICE a :");
	finish(&scene);
}

Test(irc_frontend, never_answers_these)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	register_bot(&scene);
	say(&scene, ":a!b@c NOTICE #quotes :!quote\r\n:a!b@c NOTICE quoted :quote\r\n"
		    ":quoted!q@h PRIVMSG #quotes :!quote\r\n"
		    ":a!b@c PRIVMSG quoted :\1VERSION\1\r\n:a!b@c PRIVMSG quoted :\1PING 1\1\r\n"
		    ":a!b@c PRIVMSG quoted :\1\r\n:a!b@c INVITE quoted :#other\r\n"
		    ":a!b@c PRIVMSG quoted2 :quote\r\n");
	expect_alive(&scene);
	cr_assert_str_eq(scene.server.heard.data, "PONG :alive?\r\n");
	finish(&scene);
}

Test(irc_frontend, nick_taken_then_regained_and_tracked)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	expect(&scene, "USER quoted");
	say(&scene, ":s 433 * quoted :in use\r\n");
	expect(&scene, "NICK quoted_\r\n");
	say(&scene, ":s 433 * quoted_ :in use\r\n");
	expect(&scene, "NICK quoted__\r\n");
	say(&scene, ":s 001 quoted__ :Welcome\r\n");
	expect(&scene, "ISON quoted\r\n");
	say(&scene, ":s 303 quoted__ :\r\n");
	expect(&scene, "NICK quoted\r\n");
	say(&scene, ":quoted__!q@h NICK :quoted\r\n:quoted!q@h NICK :Guest7\r\n");
	say(&scene, ":quotedX!q@h NICK :other\r\n:a!b@c PRIVMSG #quotes :guest7: quote\r\n");
	expect(&scene, "PRIVMSG #quotes :An apple a day [yqwe]\r\n");
	say(&scene, ":a!b@c PRIVMSG Guest7 :quote\r\n");
	expect(&scene, "PRIVMSG a :An apple a day [yqwe]\r\n");
	finish(&scene);
}

Test(irc_frontend, bot_mode_among_many_features)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	register_bot(&scene);
	say(&scene, ":s 005 quoted A B C D E F G H I J K L BOT=B :are supported\r\n");
	expect(&scene, "MODE quoted +B\r\n");
	finish(&scene);
}

Test(irc_frontend, joins_again_after_a_kick)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	register_bot(&scene);
	say(&scene, ":a!b@c KICK #quotes quoted :out\r\n");
	expect(&scene, "JOIN #quotes\r\n");
	say(&scene, ":s 474 quoted #quotes :banned\r\n:a!b@c PRIVMSG quoted :quote\r\n");
	expect(&scene, "PRIVMSG a :An apple a day [yqwe]\r\n");
	finish(&scene);
}

Test(irc_frontend, warns_once_then_ignores)
{
	struct scene scene;
	prepare(&scene);
	scene.options.commands_per_minute = 2;
	start(&scene);
	register_bot(&scene);
	for (int i = 0; i < 10; i++)
		say(&scene, ":a!b@c PRIVMSG #quotes :!quote\r\n");
	expect_alive(&scene);
	expect_times(&scene, "NOTICE a :", 1);
	expect_times(&scene, "An apple", 2);
	const char *warning = strstr(scene.server.heard.data, "NOTICE a :");
	cr_assert_null(strstr(warning + 1, "NOTICE a :"));
	finish(&scene);
}

Test(irc_frontend, server_hangs_up_and_comes_back)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	register_bot(&scene);
	hang_up(&scene);
	register_bot(&scene);
	say(&scene, "ERROR :Closing link\r\n:a!b@c PRIVMSG #quotes :!quote\r\n");
	hang_up(&scene);
	register_bot(&scene);
	finish(&scene);
}

static bool is_registered(void *data)
{
	struct scene *scene = data;
	return irc_frontend_ops.state(scene->bot) == NULL;
}

/* Nothing listens at the first, which is therefore passed over without a wait. */
Test(irc_frontend, tries_each_server_in_turn)
{
	struct scene scene;
	uint16_t port;
	prepare(&scene);
	close(loop_support_listen(&port));
	char *first = mem_format("127.0.0.1:%u", port);
	struct metrics_registry *registry = metrics_registry_create();
	struct buffer told = {0};
	scene.context.metrics =
		metrics_registry_open(registry, "irc.test", irc_frontend_ops.metrics);
	set_server(&scene, first);
	strings_add(&scene.options.server, "127.0.0.1");
	scene.options.reconnect_first = scene.options.reconnect_last = 1000;
	start(&scene);
	register_bot(&scene);
	metrics_registry_write(registry, &told);
	cr_assert_not_null(strstr(told.data, "quoted_irc_disconnects_total{frontend=\"irc.test\","
					     "reason=\"unreachable\"} 1\n"),
		"%s", told.data);
	free(first);
	finish(&scene);
	buffer_finish(&told);
	metrics_registry_destroy(registry);
}

Test(irc_frontend, waits_longer_if_it_is_refused)
{
	struct scene scene;
	prepare(&scene);
	scene.options.reconnect_first = scene.options.reconnect_last = 1;
	scene.options.reconnect_refused = 3;
	start(&scene);
	expect(&scene, "USER quoted");
	say(&scene, "ERROR :You are banned\r\n");
	expect_alive(&scene);
	ev_tstamp begun = ev_time();
	hang_up(&scene);
	register_bot(&scene);
	cr_assert_gt(ev_time() - begun, 2.5);
	finish(&scene);
}

/* A server that lets us in only to drop us is not asked each reconnect_first seconds. */
Test(irc_frontend, waits_longer_after_each_short_connection)
{
	struct scene scene;
	prepare(&scene);
	scene.options.reconnect_last = 1000;
	start(&scene);
	for (int i = 0; i < 2; i++) {
		register_bot(&scene);
		ev_tstamp begun = ev_time();
		hang_up(&scene);
		expect_times(&scene, "CAP LS", 1);
		cr_assert_gt(ev_time() - begun, i == 0 ? 0.8 : 1.7);
	}
	finish(&scene);
}

Test(irc_frontend, connects_once_the_loop_runs)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	cr_assert_lt(accept4(scene.server.listener, NULL, NULL, SOCK_NONBLOCK), 0);
	cr_assert_str_eq(irc_frontend_ops.state(scene.bot), "connecting");
	register_bot(&scene);
	cr_assert(loop_support_until(scene.loop, is_registered, &scene));
	hang_up(&scene);
	expect(&scene, "USER quoted");
	cr_assert_str_eq(irc_frontend_ops.state(scene.bot), "connecting");
	finish(&scene);
}

Test(irc_frontend, refused_then_there)
{
	struct scene scene;
	struct sockaddr_in address;
	socklen_t length = sizeof address;
	prepare(&scene);
	getsockname(scene.server.listener, (struct sockaddr *)&address, &length);
	close(scene.server.listener);
	start(&scene);
	for (int i = 0; i < 20; i++)
		ev_run(scene.loop, EVRUN_NOWAIT);
	cr_assert_eq(irc_frontend_ops.in_flight(scene.bot), 0);
	scene.server.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int on = 1;
	setsockopt(scene.server.listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	cr_assert_eq(bind(scene.server.listener, (struct sockaddr *)&address, length), 0);
	cr_assert_eq(listen(scene.server.listener, 8), 0);
	register_bot(&scene);
	finish(&scene);
}

Test(irc_frontend, reconnects_beside_1500_idle_descriptors)
{
	enum { IDLE = 1500 };
	static int idle[IDLE];
	struct rlimit limit = {4096, 4096};
	struct scene scene;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	prepare(&scene);
	create(&scene);
	for (int i = 0; i < IDLE; i++) {
		idle[i] = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
		cr_assert_geq(idle[i], 0);
	}
	start(&scene);
	for (int i = 0; i < 3; i++) {
		register_bot(&scene);
		hang_up(&scene);
	}
	register_bot(&scene);
	for (int i = 0; i < IDLE; i++)
		close(idle[i]);
	finish(&scene);
}

static bool is_drained(void *data)
{
	struct scene *scene = data;
	peer_listen_to(&scene->server);
	return irc_frontend_ops.in_flight(scene->bot) == 0;
}

Test(irc_frontend, drain_sends_what_waits_and_quits)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	register_bot(&scene);
	say(&scene, ":a!b@c PRIVMSG #quotes :!quote\r\n");
	expect_alive(&scene);
	irc_frontend_ops.drain(scene.bot);
	cr_assert(loop_support_until(scene.loop, is_drained, &scene));
	expect_times(&scene, "An apple a day [yqwe]\r\n", 1);
	expect_times(&scene, "QUIT :", 1);
	finish(&scene);
}

Test(irc_frontend, drain_without_a_server)
{
	struct scene scene;
	prepare(&scene);
	close(scene.server.listener);
	scene.server.listener = -1;
	start(&scene);
	irc_frontend_ops.drain(scene.bot);
	cr_assert(loop_support_until(scene.loop, is_drained, &scene));
	finish(&scene);
}

Test(irc_frontend, refuses_wrong_options)
{
	struct scene scene;
	struct error error;
	prepare(&scene);
	strings_add(&scene.options.channels, "quotes");
	cr_assert_null(irc_frontend_ops.create(&scene.context, &scene.options, &error));
	cr_assert_str_eq(error.text, "channels: 'quotes' is not a channel; write it as \"#name\", "
				     "or \"#name key\"");
	strings_finish(&scene.options.channels);
	set_text(&scene.options.password_file, "/nowhere");
	cr_assert_null(irc_frontend_ops.create(&scene.context, &scene.options, &error));
	cr_assert_eq(strncmp(error.text, "password_file: ", 15), 0, "%s", error.text);
	close_quotes(&scene);
	setting_finish(irc_options_rows, &scene.options);
	peer_finish(&scene.server);
	ev_loop_destroy(scene.loop);
}

Test(irc_frontend, no_quote_fits)
{
	struct scene scene;
	struct buffer text = {0};
	prepare(&scene);
	close_quotes(&scene);
	buffer_add(&text, "static:");
	for (int i = 0; i < 400; i++)
		buffer_add(&text, "word ");
	open_quotes(&scene, text.data);
	scene.options.max_lines = 1;
	start(&scene);
	register_bot(&scene);
	say(&scene, ":a!b@c PRIVMSG #quotes :!quote\r\n");
	expect(&scene, "NOTICE a :No quote short enough for a message here is available now.");
	buffer_finish(&text);
	finish(&scene);
}

/* Starts a bot with a search under way that takes half a second. */
static void start_search(struct scene *scene)
{
	prepare(scene);
	close_quotes(scene);
	askers_write_slow("file", true);
	open_quotes(scene, "fortune:file");
	searcher_index(scene->searcher);
	askers_search_until(scene->context.asker, scene->loop, ASK_OUTCOME_FOUND);
	start(scene);
	register_bot(scene);
	char *line = mem_format(":a!b@c PRIVMSG #quotes :!search %s\r\n", askers_slow);
	say(scene, line);
	expect_alive(scene);
	free(line);
}

/* The search has ended, and the bot is connected again but not registered. */
static void expect_nothing_said(struct scene *scene)
{
	expect_times(scene, "USER quoted", 1);
	expect_alive(scene);
	cr_assert_null(strstr(scene->server.heard.data, "NOTICE"), "%s", scene->server.heard.data);
	finish(scene);
}

Test(irc_frontend, answers_no_search_from_before_a_reconnect, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct scene scene;
	start_search(&scene);
	hang_up(&scene);
	askers_search(scene.context.asker, scene.loop);
	expect_nothing_said(&scene);
}

Test(irc_frontend, answers_no_search_after_a_stop, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	start_search(&scene);
	irc_frontend_ops.stop(scene.bot);
	hang_up(&scene);
	askers_search(scene.context.asker, scene.loop);
	start(&scene);
	expect_nothing_said(&scene);
}
