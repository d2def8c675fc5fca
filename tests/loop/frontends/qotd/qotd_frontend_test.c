#include "frontends/qotd/qotd_frontend.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/net/binding.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"

#define QUOTE "An apple a day\nkeeps the doctor away."
#define ANSWER "An apple a day\r\nkeeps the doctor away.\r\n"

TestSuite(qotd_frontend, .init = cr_redirect_stderr);

enum { SPEECH = 65536, CROWD = 2000 };

struct scene {
	struct frontend_context context;
	struct quotes quotes;
	struct qotd_options options;
	struct frontend *frontend;
	int tcp_port;
	int udp_port;
	char name[16]; /* unique, to recognise its log lines */
	char log[8192];
};

static int scenes;

/* Serves \p quote with the default options, except for free ports. */
static void scene_init(struct scene *scene, const char *quote)
{
	char *spec = mem_format("static:%s", quote);
	*scene = (struct scene){.context = {.loop = loop_support_create(), .name = scene->name}};
	snprintf(scene->name, sizeof scene->name, "qotd.%d", ++scenes);
	scene->context.asker =
		askers_open(quotes_open_one(&scene->quotes, spec), NULL, scene->name);
	scene->context.rng = &scene->quotes.rng;
	setting_defaults(qotd_frontend_ops.settings, &scene->options);
	strings_finish(&scene->options.listen);
	strings_finish(&scene->options.udp);
	strings_add(&scene->options.listen, "127.0.0.1:0");
	strings_add(&scene->options.udp, "127.0.0.1:0");
	free(spec);
}

/* Waits for another line of the log. */
static void read_log(struct scene *scene)
{
	size_t length = strlen(scene->log);
	cr_assert_not_null(fgets(scene->log + length, (int)(sizeof scene->log - length),
		cr_get_redirected_stderr()));
}

static int port_in_log(struct scene *scene, const char *kind)
{
	char *pattern = mem_format("%s: listening on %s ", scene->name, kind);
	const char *found;
	while ((found = strstr(scene->log, pattern)) == NULL || strchr(found, '\n') == NULL)
		read_log(scene);
	const char *end = strchr(found, '\n');
	while (end[-1] != ':')
		end--;
	free(pattern);
	return atoi(end);
}

static void scene_start(struct scene *scene)
{
	struct error error;
	scene->frontend = qotd_frontend_ops.create(&scene->context, &scene->options, &error);
	cr_assert_not_null(scene->frontend, "%s", error.text);
	cr_assert(qotd_frontend_ops.start(scene->frontend, &error), "%s", error.text);
	binding_announce();
	if (scene->options.listen.count > 0)
		scene->tcp_port = port_in_log(scene, "tcp");
	if (scene->options.udp.count > 0)
		scene->udp_port = port_in_log(scene, "udp");
}

static void scene_finish(struct scene *scene)
{
	if (scene->frontend != NULL)
		qotd_frontend_ops.stop(scene->frontend);
	qotd_frontend_ops.destroy(scene->frontend);
	asker_destroy(scene->context.asker);
	setting_finish(qotd_frontend_ops.settings, &scene->options);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->context.loop);
}

/* What a client has read so far. */
struct client {
	int fd;
	char text[1024];
	size_t length;
	bool ended;
	int error;
};

static bool has_ended(void *data)
{
	struct client *client = data;
	while (!client->ended && client->error == 0) {
		ssize_t got = recv(client->fd, client->text + client->length,
			sizeof client->text - client->length, MSG_DONTWAIT);
		if (got > 0)
			client->length += (size_t)got;
		else if (got == 0)
			client->ended = true;
		else if (errno == EAGAIN || errno == ENOTCONN)
			return false;
		else
			client->error = errno;
	}
	return true;
}

static void expect_answer(struct scene *scene, struct client *client, const char *answer)
{
	cr_assert(loop_support_until(scene->context.loop, has_ended, client));
	cr_assert_eq(client->error, 0, "%s", strerror(client->error));
	cr_assert_eq(client->length, strlen(answer));
	cr_assert_eq(memcmp(client->text, answer, client->length), 0);
}

static bool nothing_in_flight(void *data)
{
	return qotd_frontend_ops.in_flight(data) == 0;
}

static void turn(struct scene *scene, int times)
{
	for (int i = 0; i < times; i++)
		ev_run(scene->context.loop, EVRUN_NOWAIT);
}

Test(qotd_frontend, sends_one_quote_and_closes)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene_start(&scene);
	struct client client = {.fd = loop_support_connect(scene.tcp_port)};
	expect_answer(&scene, &client, ANSWER);
	close(client.fd);
	cr_assert(loop_support_until(scene.context.loop, nothing_in_flight, scene.frontend));
	scene_finish(&scene);
}

Test(qotd_frontend, does_not_reset_a_client_that_speaks_first)
{
	static char speech[SPEECH];
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene_start(&scene);
	for (int i = 0; i < 20; i++) {
		struct client client = {.fd = loop_support_connect(scene.tcp_port)};
		for (size_t sent = 0; sent < sizeof speech;) {
			ssize_t now = send(client.fd, speech, sizeof speech - sent, MSG_NOSIGNAL);
			sent += now > 0 ? (size_t)now : 0;
			cr_assert(now > 0 || errno == EAGAIN, "%s", strerror(errno));
			if (now < 0)
				turn(&scene, 1);
		}
		expect_answer(&scene, &client, ANSWER);
		int error;
		socklen_t size = sizeof error;
		turn(&scene, 10);
		cr_assert_eq(getsockopt(client.fd, SOL_SOCKET, SO_ERROR, &error, &size), 0);
		cr_assert_eq(error, 0, "%s", strerror(error));
		close(client.fd);
	}
	cr_assert(loop_support_until(scene.context.loop, nothing_in_flight, scene.frontend));
	scene_finish(&scene);
}

static bool crowd_has_ended(void *data)
{
	struct client *clients = data;
	size_t ended = 0;
	for (int i = 0; i < CROWD; i++)
		ended += has_ended(&clients[i]);
	return ended == CROWD;
}

Test(qotd_frontend, answers_a_backlog_of_two_thousand)
{
	static struct client clients[CROWD];
	struct scene scene;
	scene_init(&scene, QUOTE);
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	scene_start(&scene);
	for (int i = 0; i < CROWD; i++) {
		clients[i].fd = loop_support_connect(scene.tcp_port);
		cr_assert_geq(clients[i].fd, 0, "%s", strerror(errno));
		send(clients[i].fd, "hello\r\n", 7, MSG_NOSIGNAL);
	}
	cr_assert(loop_support_until(scene.context.loop, crowd_has_ended, clients));
	for (int i = 0; i < CROWD; i++) {
		expect_answer(&scene, &clients[i], ANSWER);
		close(clients[i].fd);
	}
	cr_assert(loop_support_until(scene.context.loop, nothing_in_flight, scene.frontend));
	scene_finish(&scene);
}

Test(qotd_frontend, lingers_for_a_bounded_time)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene.options.linger_ms = 100;
	scene_start(&scene);
	struct client client = {.fd = loop_support_connect(scene.tcp_port)};
	expect_answer(&scene, &client, ANSWER);
	ev_tstamp answered = ev_time();
	cr_assert_eq(qotd_frontend_ops.in_flight(scene.frontend), 1);
	cr_assert(loop_support_until(scene.context.loop, nothing_in_flight, scene.frontend));
	cr_assert_geq(ev_time() - answered, 0.05, "it waited for the client");
	close(client.fd);
	scene_finish(&scene);
}

Test(qotd_frontend, lingers_for_a_bounded_number_of_octets)
{
	static char speech[SPEECH];
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene.options.linger_ms = 60000;
	scene.options.linger_bytes = 100000;
	scene_start(&scene);
	struct client client = {.fd = loop_support_connect(scene.tcp_port)};
	expect_answer(&scene, &client, ANSWER);
	size_t sent = 0;
	while (qotd_frontend_ops.in_flight(scene.frontend) > 0 && sent < 100 * SPEECH) {
		ssize_t now = send(client.fd, speech, sizeof speech, MSG_NOSIGNAL);
		sent += now > 0 ? (size_t)now : 0;
		turn(&scene, 1);
	}
	cr_assert_eq(qotd_frontend_ops.in_flight(scene.frontend), 0);
	cr_assert_geq(sent, 100000);
	close(client.fd);
	scene_finish(&scene);
}

Test(qotd_frontend, closes_the_oldest_of_too_many)
{
	struct client clients[5];
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene.options.linger_ms = 60000;
	scene.options.linger_max = 2;
	scene_start(&scene);
	for (int i = 0; i < 5; i++) {
		clients[i] = (struct client){.fd = loop_support_connect(scene.tcp_port)};
		expect_answer(&scene, &clients[i], ANSWER);
	}
	cr_assert_eq(qotd_frontend_ops.in_flight(scene.frontend), 2);
	for (int i = 0; i < 5; i++)
		close(clients[i].fd);
	scene_finish(&scene);
}

Test(qotd_frontend, makes_connections_over_the_limit_wait)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene.options.max_connections = 1;
	scene.options.linger_ms = 60000;
	scene_start(&scene);
	struct client first = {.fd = loop_support_connect(scene.tcp_port)};
	expect_answer(&scene, &first, ANSWER);
	struct client second = {.fd = loop_support_connect(scene.tcp_port)};
	turn(&scene, 50);
	cr_assert_not(has_ended(&second));
	cr_assert_eq(second.length, 0);
	close(first.fd);
	expect_answer(&scene, &second, ANSWER);
	close(second.fd);
	scene_finish(&scene);
}

Test(qotd_frontend, sends_nothing_if_no_quote_fits)
{
	struct scene scene;
	scene_init(&scene, "This quote has more than sixteen octets.");
	scene.options.max_bytes = 16;
	scene_start(&scene);
	for (int i = 0; i < 3; i++) {
		struct client client = {.fd = loop_support_connect(scene.tcp_port)};
		expect_answer(&scene, &client, "");
		close(client.fd);
	}
	scene_finish(&scene);
}

Test(qotd_frontend, drain_ends_listening_and_keeps_the_unread_answer)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene_start(&scene);
	struct client client = {.fd = loop_support_connect(scene.tcp_port)};
	while (qotd_frontend_ops.in_flight(scene.frontend) == 0)
		turn(&scene, 1);
	qotd_frontend_ops.drain(scene.frontend);
	int late = loop_support_connect(scene.tcp_port);
	char octet;
	cr_assert_eq(recv(late, &octet, 1, 0), -1, "refused");
	cr_assert_eq(qotd_frontend_ops.in_flight(scene.frontend), 1);
	expect_answer(&scene, &client, ANSWER);
	close(client.fd);
	close(late);
	cr_assert(loop_support_until(scene.context.loop, nothing_in_flight, scene.frontend));
	scene_finish(&scene);
}

Test(qotd_frontend, drain_answers_the_backlog)
{
	enum { CLIENTS = 200 };
	struct scene scene;
	struct client clients[CLIENTS];
	scene_init(&scene, QUOTE);
	scene_start(&scene);
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = (struct client){.fd = loop_support_connect(scene.tcp_port)};
	qotd_frontend_ops.drain(scene.frontend);
	for (int i = 0; i < CLIENTS; i++) {
		expect_answer(&scene, &clients[i], ANSWER);
		close(clients[i].fd);
	}
	cr_assert(loop_support_until(scene.context.loop, nothing_in_flight, scene.frontend));
	scene_finish(&scene);
}

Test(qotd_frontend, starts_again_after_a_stop)
{
	struct error error;
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene_start(&scene);
	qotd_frontend_ops.stop(scene.frontend);
	qotd_frontend_ops.stop(scene.frontend);
	cr_assert(qotd_frontend_ops.start(scene.frontend, &error), "%s", error.text);
	scene_finish(&scene);
}

Test(qotd_frontend, refuses_options_that_would_do_harm)
{
	static const struct {
		const char *listen;
		const char *udp;
		bool is_public;
		const char *error;
	} rows[] = {
		{NULL, "*:0", false,
			"udp: '*:0' is reachable from other machines, which can abuse UDP as an "
			"amplifier; listen on localhost or set udp_public = true"},
		{NULL, "192.0.2.1:0", false,
			"udp: '192.0.2.1:0' is reachable from other machines, which can abuse UDP "
			"as an amplifier; listen on localhost or set udp_public = true"},
		{NULL, "unix:/tmp/socket", true,
			"udp: 'unix:/tmp/socket': UDP cannot use a unix socket; write HOST:PORT"},
		{"nowhere", NULL, false,
			"listen: address 'nowhere': write 127.0.0.1:PORT, [::1]:PORT, "
			"localhost:PORT, "
			"*:PORT or unix:/PATH"},
		{NULL, NULL, false,
			"listen and udp are both empty; add an address or remove the section"},
		{NULL, "*:0", true, NULL},
		{"*:0", "[::1]:0", false, NULL},
	};
	struct scene scene;
	scene_init(&scene, QUOTE);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error;
		strings_finish(&scene.options.listen);
		strings_finish(&scene.options.udp);
		if (rows[i].listen != NULL)
			strings_add(&scene.options.listen, rows[i].listen);
		if (rows[i].udp != NULL)
			strings_add(&scene.options.udp, rows[i].udp);
		scene.options.udp_public = rows[i].is_public;
		struct frontend *frontend =
			qotd_frontend_ops.create(&scene.context, &scene.options, &error);
		cr_assert_eq(frontend != NULL, rows[i].error == NULL, "row %zu", i);
		if (rows[i].error != NULL)
			cr_assert_str_eq(error.text, rows[i].error);
		qotd_frontend_ops.destroy(frontend);
	}
	scene_finish(&scene);
}

static int udp_connect(struct scene *scene)
{
	struct sockaddr_in server = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)scene->udp_port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	cr_assert_eq(connect(fd, (struct sockaddr *)&server, sizeof server), 0);
	return fd;
}

static bool got_datagram(void *data)
{
	struct client *client = data;
	ssize_t got = recv(client->fd, client->text, sizeof client->text, MSG_DONTWAIT);
	if (got >= 0)
		client->length = (size_t)got;
	return got >= 0;
}

/* Sends \p length octets and expects an answer. */
static void ask(struct scene *scene, int fd, size_t length, const char *answer)
{
	static const char octets[1024];
	struct client client = {.fd = fd};
	cr_assert_eq(send(fd, octets, length, 0), (ssize_t)length);
	cr_assert(loop_support_until(scene->context.loop, got_datagram, &client),
		"port %d, %zu octets", scene->udp_port, length);
	cr_assert_eq(client.length, strlen(answer));
	cr_assert_eq(memcmp(client.text, answer, client.length), 0);
}

/* Sends \p length octets that must not be answered. */
static void ask_in_vain(struct scene *scene, int fd, size_t length)
{
	static const char octets[1024];
	struct client client = {.fd = fd};
	cr_assert_eq(send(fd, octets, length, 0), (ssize_t)length);
	turn(scene, 20);
	cr_assert_not(got_datagram(&client));
}

Test(qotd_frontend, answers_datagrams)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene_start(&scene);
	int fd = udp_connect(&scene);
	ask(&scene, fd, 0, ANSWER);
	ask(&scene, fd, 1024, ANSWER);
	close(fd);
	scene_finish(&scene);
}

Test(qotd_frontend, keeps_to_the_budget_of_a_prefix)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene.options.udp_limit_loopback = true;
	scene.options.udp_prefix_burst = 3;
	scene_start(&scene);
	int fd = udp_connect(&scene);
	for (int i = 0; i < 3; i++)
		ask(&scene, fd, 0, ANSWER);
	ask_in_vain(&scene, fd, 0);
	close(fd);
	scene_finish(&scene);
}

Test(qotd_frontend, can_refuse_to_amplify)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene.options.udp_no_amplification = true;
	scene_start(&scene);
	int fd = udp_connect(&scene);
	ask_in_vain(&scene, fd, 0);
	ask_in_vain(&scene, fd, strlen(ANSWER) - 1);
	ask(&scene, fd, 48, ANSWER);
	close(fd);
	scene_finish(&scene);
}

Test(qotd_frontend, says_what_it_refused)
{
	struct scene scene;
	scene_init(&scene, QUOTE);
	scene.options.udp_no_amplification = true;
	scene_start(&scene);
	int fd = udp_connect(&scene);
	ask_in_vain(&scene, fd, 0);
	close(fd);
	qotd_frontend_ops.stop(scene.frontend);
	while (strstr(scene.log, "1 datagram refused, too small") == NULL)
		read_log(&scene);
	scene_finish(&scene);
}
