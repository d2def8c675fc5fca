#include "frontends/net/listener.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/loop_support.h"

struct scene {
	struct ev_loop *loop;
	struct limits *limits;
	struct listener listener;
	struct strings addresses;
	int accepted[64];
	struct address peers[64];
	size_t count;
	size_t wanted;
};

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct scene *scene = data;
	cr_assert_lt(scene->count, 64);
	scene->peers[scene->count] = *peer;
	scene->accepted[scene->count++] = fd;
}

static void scene_begin(
	struct scene *scene, const char *address, struct limits_options limits, mode_t socket_mode)
{
	*scene = (struct scene){.loop = loop_support_create()};
	limits.loop = scene->loop;
	limits.name = "test";
	scene->limits = limits_create(&limits);
	strings_add(&scene->addresses, address);
	scene->listener = (struct listener){
		.loop = scene->loop,
		.name = "test",
		.addresses = &scene->addresses,
		.socket_mode = socket_mode,
		.limits = scene->limits,
		.on_connection = on_connection,
		.data = scene,
	};
	struct error error;
	listener_init(&scene->listener);
	cr_assert(listener_start(&scene->listener, &error), "%s", error.text);
}

static void scene_start(struct scene *scene, const char *address, long most, long most_per_prefix)
{
	scene_begin(scene, address,
		(struct limits_options){
			.max_connections = most,
			.max_per_prefix = most_per_prefix,
		},
		0);
}

static void scene_finish(struct scene *scene)
{
	listener_stop(&scene->listener);
	limits_destroy(scene->limits);
	for (size_t i = 0; i < scene->count; i++)
		close(scene->accepted[i]);
	strings_finish(&scene->addresses);
	ev_loop_destroy(scene->loop);
}

static int port_of(struct scene *scene, size_t index)
{
	return address_port(listener_address(&scene->listener, index));
}

static bool has_wanted(void *data)
{
	struct scene *scene = data;
	return scene->count >= scene->wanted;
}

static bool wait_count(struct scene *scene, size_t wanted)
{
	scene->wanted = wanted;
	return loop_support_until(scene->loop, has_wanted, scene);
}

/* Whether the other end closed. */
static bool is_closed(void *data)
{
	char octet;
	ssize_t got = recv(*(int *)data, &octet, 1, MSG_DONTWAIT);
	return got == 0 || (got < 0 && errno == ECONNRESET);
}

Test(listener, hands_over_non_blocking_sockets_with_their_peer)
{
	struct scene scene;
	scene_start(&scene, "127.0.0.1:0", 10, 10);
	int client = loop_support_connect(port_of(&scene, 0));
	cr_assert(wait_count(&scene, 1));
	char octet;
	cr_assert_eq(read(scene.accepted[0], &octet, 1), -1);
	cr_assert_eq(errno, EAGAIN);
	cr_assert(address_is_loopback(&scene.peers[0]));
	cr_assert_eq(limits_connections(scene.limits), 1);
	listener_release(&scene.listener, &scene.peers[0]);
	cr_assert_eq(limits_connections(scene.limits), 0);
	close(client);
	scene_finish(&scene);
}

Test(listener, serves_both_families_on_one_port)
{
	struct scene scene;
	scene_start(&scene, "localhost:0", 10, 10);
	cr_assert_not_null(
		listener_address(&scene.listener, 1), "this test needs IPv6 on loopback");
	cr_assert_null(listener_address(&scene.listener, 2));
	cr_assert_eq(port_of(&scene, 0), port_of(&scene, 1));
	char url[LISTENER_URL_SIZE];
	char expected[LISTENER_URL_SIZE];
	snprintf(expected, sizeof expected, "qotd://127.0.0.1:%d", port_of(&scene, 0));
	listener_url(&scene.listener, "qotd", url);
	cr_expect_str_eq(url, expected);
	listener_stop(&scene.listener);
	listener_url(&scene.listener, "qotd", url);
	cr_expect_str_eq(url, "", "it is not bound now");
	cr_assert(listener_start(&scene.listener, &(struct error){0}));
	struct sockaddr_in6 address = {
		.sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)port_of(&scene, 1)),
		.sin6_addr = in6addr_loopback,
	};
	int client = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
	connect(client, (struct sockaddr *)&address, sizeof address);
	cr_assert(wait_count(&scene, 1));
	cr_assert_eq(scene.peers[0].storage.ss_family, AF_INET6);
	close(client);
	scene_finish(&scene);
}

Test(listener, makes_connections_over_the_limit_wait)
{
	struct scene scene;
	scene_start(&scene, "127.0.0.1:0", 2, 10);
	int clients[3];
	for (int i = 0; i < 3; i++)
		clients[i] = loop_support_connect(port_of(&scene, 0));
	cr_assert(wait_count(&scene, 2));
	for (int i = 0; i < 20; i++)
		ev_run(scene.loop, EVRUN_NOWAIT);
	cr_assert_eq(scene.count, 2);
	listener_release(&scene.listener, &scene.peers[0]);
	cr_assert(wait_count(&scene, 3), "the third was waiting, not refused");
	for (int i = 0; i < 3; i++)
		close(clients[i]);
	scene_finish(&scene);
}

Test(listener, closes_what_one_prefix_has_too_much)
{
	struct scene scene;
	scene_start(&scene, "127.0.0.1:0", 10, 1);
	int first = loop_support_connect(port_of(&scene, 0));
	cr_assert(wait_count(&scene, 1));
	int second = loop_support_connect(port_of(&scene, 0));
	cr_assert(loop_support_until(scene.loop, is_closed, &second));
	cr_assert_eq(scene.count, 1);
	cr_assert_eq(limits_refused(scene.limits, LIMITS_REASON_CONNECTIONS), 1);
	listener_release(&scene.listener, &scene.peers[0]);
	int third = loop_support_connect(port_of(&scene, 0));
	cr_assert(wait_count(&scene, 2), "its place was given back");
	close(first);
	close(second);
	close(third);
	scene_finish(&scene);
}

Test(listener, survives_the_end_of_file_descriptors)
{
	struct scene scene;
	scene_start(&scene, "127.0.0.1:0", 10, 10);
	int client = loop_support_connect(port_of(&scene, 0));
	int hoard[1024];
	size_t hoarded = 0;
	struct rlimit limit = {.rlim_cur = 64, .rlim_max = 64};
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	while ((hoard[hoarded] = dup(client)) >= 0)
		hoarded++;
	cr_assert(loop_support_until(scene.loop, is_closed, &client), "refused, not left hanging");
	cr_assert_eq(scene.count, 0);
	cr_assert_eq(limits_refused(scene.limits, LIMITS_REASON_DESCRIPTORS), 1);
	close(client);
	for (size_t i = 0; i < hoarded; i++)
		close(hoard[i]);
	client = loop_support_connect(port_of(&scene, 0));
	cr_assert(wait_count(&scene, 1), "it accepts again once there are descriptors");
	close(client);
	scene_finish(&scene);
}

static void expect_refusal(
	struct scene *scene, const char *text, const char *reason, bool temporary)
{
	struct strings addresses = {0};
	strings_add(&addresses, "127.0.0.1:0");
	strings_add(&addresses, text);
	struct listener listener = {
		.loop = scene->loop, .name = "x", .addresses = &addresses, .limits = scene->limits};
	listener_init(&listener);
	struct error error;
	cr_assert_not(listener_start(&listener, &error));
	char *expected = mem_format("cannot listen on %s", reason);
	cr_assert_str_eq(error.text, expected);
	cr_assert_eq(error.temporary, temporary, "%s", expected);
	cr_assert_null(listener_address(&listener, 0), "nothing is left bound");
	listener_stop(&listener);
	free(expected);
	strings_finish(&addresses);
}

Test(listener, says_which_address_it_cannot_have)
{
	struct scene scene;
	scene_start(&scene, "127.0.0.1:0", 10, 10);
	char *taken = mem_format("127.0.0.1:%d", port_of(&scene, 0));
	char *reason = mem_format("tcp %s: Address already in use; quoted has this port at an "
				  "address that includes it: restart quoted",
		taken);
	expect_refusal(&scene, taken, reason, false);
	expect_refusal(
		&scene, "192.0.2.1:0", "tcp 192.0.2.1:0: Cannot assign requested address", true);
	expect_refusal(&scene, "unix:/nowhere/x",
		"unix:/nowhere/x: No such file or directory; make its directory first", false);
	free(reason);
	free(taken);
	scene_finish(&scene);
}

static int connect_unix(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, path);
	int client = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	cr_assert_eq(connect(client, (struct sockaddr *)&address, sizeof address), 0);
	return client;
}

Test(listener, replaces_a_stale_unix_socket_and_removes_its_own)
{
	char directory[] = "/tmp/listener_test.XXXXXX";
	cr_assert_not_null(mkdtemp(directory));
	char *path = mem_format("%s/socket", directory);
	char *text = mem_format("unix:%s", path);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, path);
	int stale = socket(AF_UNIX, SOCK_STREAM, 0);
	cr_assert_eq(bind(stale, (struct sockaddr *)&address, sizeof address), 0);
	close(stale);
	struct scene scene;
	scene_start(&scene, text, 10, 10);
	int client = connect_unix(path);
	cr_assert(wait_count(&scene, 1));
	close(client);
	scene_finish(&scene);
	cr_assert_neq(access(path, F_OK), 0);
	rmdir(directory);
	free(text);
	free(path);
}

Test(listener, gives_a_unix_socket_its_mode)
{
	static const mode_t modes[] = {0600, 0660, 0666};
	char directory[] = "/tmp/listener_test.XXXXXX";
	cr_assert_not_null(mkdtemp(directory));
	char *path = mem_format("%s/socket", directory);
	char *text = mem_format("unix:%s", path);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		struct scene scene;
		struct stat status;
		umask(027);
		scene_begin(&scene, text, (struct limits_options){0}, modes[i]);
		cr_assert_eq(stat(path, &status), 0);
		cr_assert_eq(status.st_mode & 07777, modes[i], "%o", status.st_mode);
		scene_finish(&scene);
	}
	rmdir(directory);
	free(text);
	free(path);
}

Test(listener, reads_the_mode_of_a_socket)
{
	static const struct {
		const char *text;
		mode_t mode; /* 0: refused */
	} cases[] = {
		{"0660", 0660},
		{"660", 0660},
		{"0600", 0600},
		{"00777", 0777},
		{"", 0},
		{"0", 0},
		{"0060", 0},
		{"01777", 0},
		{"0680", 0},
		{"-660", 0},
		{" 660", 0},
		{"0660 ", 0},
		{"rw", 0},
		{"7777777777777777777777777777", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		mode_t mode = 0;
		struct error error;
		bool read = listener_read_mode(cases[i].text, &mode, &error);
		cr_assert_eq(read, cases[i].mode != 0, "%s", cases[i].text);
		cr_assert_eq(mode, cases[i].mode, "%s", cases[i].text);
	}
}

Test(listener, stops_listening_and_keeps_what_it_handed_over)
{
	struct scene scene;
	scene_start(&scene, "127.0.0.1:0", 10, 10);
	int port = port_of(&scene, 0);
	int client = loop_support_connect(port);
	cr_assert(wait_count(&scene, 1));
	listener_stop(&scene.listener);
	int late = loop_support_connect(port);
	struct pollfd ready = {.fd = late, .events = POLLOUT};
	cr_assert_eq(poll(&ready, 1, 30000), 1);
	cr_assert(ready.revents & (POLLERR | POLLHUP), "refused");
	cr_assert_not(is_closed(&client));
	listener_release(&scene.listener, &scene.peers[0]);
	cr_assert_eq(limits_connections(scene.limits), 0);
	close(client);
	close(late);
	scene_finish(&scene);
}
