#include "frontends/qotd/qotd_udp.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/qotd/qotd_frontend.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"

#define QUOTE "An apple a day\nkeeps the doctor away."
#define ANSWER "An apple a day\r\nkeeps the doctor away.\r\n"

struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct asker *asker;
	struct limits_options budgets;
	struct limits *limits;
	struct frontend_context context;
	struct qotd_options options;
	struct qotd_udp *udp;
};

static void prepare(struct scene *scene, const char *address)
{
	*scene = (struct scene){.loop = loop_support_create()};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:" QUOTE);
	scene->asker = askers_open(quoter, NULL, "qotd.test");
	scene->options.serve = mem_strdup("random");
	strings_add(&scene->options.udp, address);
	scene->budgets = (struct limits_options){
		.loop = scene->loop,
		.name = "qotd.test",
		.unit = "datagram",
		.one = {"udp_prefix_per_second", 1, 3, 1},
		.all = {"udp_global_per_second", 100, 100, 100},
		.keys = LIMITS_PREFIXES,
	};
	scene->context = (struct frontend_context){
		.loop = scene->loop, .asker = scene->asker, .name = "qotd.test"};
	scene->options.max_bytes = 512;
}

static void create(struct scene *scene)
{
	scene->limits = limits_create(&scene->budgets);
	scene->udp = qotd_udp_create(&scene->context, &scene->options, scene->limits);
}

static void start(struct scene *scene)
{
	struct error error;
	create(scene);
	cr_assert(qotd_udp_start(scene->udp, &error), "%s", error.text);
}

static void finish(struct scene *scene)
{
	qotd_udp_destroy(scene->udp);
	limits_destroy(scene->limits);
	asker_destroy(scene->asker);
	free(scene->options.serve);
	strings_finish(&scene->options.udp);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

/* Returns a client bound to a port of loopback (0: any) that asks at \p host. */
static int connect_to(struct scene *scene, const char *host, uint16_t from_port)
{
	struct address addresses[2];
	size_t count;
	struct error error;
	char *to = mem_format("%s:%d", host, address_port(qotd_udp_address(scene->udp, 0)));
	cr_assert(address_parse(to, addresses, &count, &error), "%s", error.text);
	int family = addresses[0].storage.ss_family;
	int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	struct sockaddr_in own = {.sin_family = AF_INET,
		.sin_port = htons(from_port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (from_port > 1023))};
	if (family == AF_INET)
		cr_assert_eq(bind(fd, (struct sockaddr *)&own, sizeof own), 0, "port %d: %s",
			from_port, strerror(errno));
	cr_assert_eq(connect(fd, (struct sockaddr *)&addresses[0].storage, addresses[0].length), 0);
	free(to);
	return fd;
}

struct client {
	int fd;
	char text[1024];
	size_t length;
};

static bool got_datagram(void *data)
{
	struct client *client = data;
	ssize_t got = recv(client->fd, client->text, sizeof client->text, MSG_DONTWAIT);
	if (got >= 0)
		client->length = (size_t)got;
	return got >= 0;
}

/* Sends \p length octets and expects an answer. The client is connected, so an answer from another
 * address than the one it asked would not reach it. */
static void ask(struct scene *scene, int fd, size_t length)
{
	static const char octets[65507];
	struct client client = {.fd = fd};
	cr_assert_eq(send(fd, octets, length, 0), (ssize_t)length);
	cr_assert(loop_support_until(scene->loop, got_datagram, &client), "%zu octets", length);
	cr_assert_eq(client.length, strlen(ANSWER));
	cr_assert_eq(memcmp(client.text, ANSWER, client.length), 0);
}

/* Sends \p length octets that must not be answered. */
static void ask_in_vain(struct scene *scene, int fd, size_t length)
{
	static const char octets[1024];
	struct client client = {.fd = fd};
	cr_assert_eq(send(fd, octets, length, 0), (ssize_t)length);
	for (int i = 0; i < 20; i++)
		ev_run(scene->loop, EVRUN_NOWAIT);
	cr_assert_not(got_datagram(&client));
}

Test(qotd_udp, answers_each_datagram_from_the_address_asked)
{
	static const size_t lengths[] = {0, 1, 511, 512, 1500, 65507};
	static const struct {
		const char *listen;
		const char *asked;
	} rows[] = {
		{"127.0.0.1:0", "127.0.0.1"},
		{"[::1]:0", "[::1]"},
		{"localhost:0", "[::1]"},
		{"*:0", "127.0.0.1"},
		{"*:0", "127.0.0.77"},
		{"*:0", "[::1]"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene scene;
		prepare(&scene, rows[i].listen);
		scene.options.udp_public = true;
		start(&scene);
		int fd = connect_to(&scene, rows[i].asked, 0);
		for (size_t j = 0; j < sizeof lengths / sizeof *lengths; j++)
			ask(&scene, fd, lengths[j]);
		close(fd);
		finish(&scene);
	}
}

/* Needs the right to bind ports 17 to 1023, which tests in a container have. */
Test(qotd_udp, never_answers_ports_that_could_loop)
{
	static const uint16_t ports[] = {17, 19, 1023};
	struct scene scene;
	prepare(&scene, "127.0.0.1:0");
	start(&scene);
	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
		int fd = connect_to(&scene, "127.0.0.1", ports[i]);
		ask_in_vain(&scene, fd, 1);
		close(fd);
	}
	int fd = connect_to(&scene, "127.0.0.1", 0);
	ask(&scene, fd, 1);
	close(fd);
	/* From another address, as its own is taken. */
	fd = connect_to(&scene, "127.0.0.1", address_port(qotd_udp_address(scene.udp, 0)));
	ask_in_vain(&scene, fd, 1);
	close(fd);
	finish(&scene);
}

Test(qotd_udp, keeps_to_the_budget_of_a_prefix)
{
	struct scene scene;
	prepare(&scene, "127.0.0.1:0");
	scene.budgets.limit_loopback = true;
	start(&scene);
	int fd = connect_to(&scene, "127.0.0.1", 0);
	for (int i = 0; i < 3; i++)
		ask(&scene, fd, 0);
	ask_in_vain(&scene, fd, 0);
	close(fd);
	finish(&scene);
}

Test(qotd_udp, can_refuse_to_amplify)
{
	struct scene scene;
	prepare(&scene, "127.0.0.1:0");
	scene.options.udp_no_amplification = true;
	start(&scene);
	int fd = connect_to(&scene, "127.0.0.1", 0);
	ask_in_vain(&scene, fd, 0);
	ask_in_vain(&scene, fd, strlen(ANSWER) - 1);
	ask(&scene, fd, 48);
	close(fd);
	finish(&scene);
}

Test(qotd_udp, binds_all_or_nothing)
{
	struct scene scene;
	struct error error = {0};
	prepare(&scene, "127.0.0.1:0");
	strings_add(&scene.options.udp, "192.0.2.1:0");
	create(&scene);
	cr_assert_not(qotd_udp_start(scene.udp, &error));
	cr_assert_not_null(strstr(error.text, "192.0.2.1:0"), "%s", error.text);
	cr_assert_null(qotd_udp_address(scene.udp, 0));
	finish(&scene);
}
