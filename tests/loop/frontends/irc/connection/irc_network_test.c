#include "frontends/irc/connection/irc_network.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/support/certificates.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/scratch.h"

struct scene {
	struct ev_loop *loop;
	struct irc_network *network;
	struct tls_context *tls;
	struct peer server;
	struct address address;
	struct buffer heard;
	int connected;
	int closed;
	char tls_used[64];
	char reason[512];
};

static void on_connected(void *data, const char *tls)
{
	struct scene *scene = data;
	scene->connected++;
	strncpy(scene->tls_used, tls != NULL ? tls : "", sizeof scene->tls_used - 1);
}

static void on_data(void *data, const char *octets, size_t length)
{
	struct scene *scene = data;
	buffer_append(&scene->heard, octets, length);
}

static void on_closed(void *data, const char *reason)
{
	struct scene *scene = data;
	scene->closed++;
	strncpy(scene->reason, reason, sizeof scene->reason - 1);
}

static const struct irc_network_events events = {on_connected, on_data, on_closed};

static bool is_decided(void *data)
{
	struct scene *scene = data;
	peer_listen_to(&scene->server);
	return scene->connected + scene->closed > 0;
}

static bool is_closed(void *data)
{
	return ((const struct scene *)data)->closed > 0;
}

static void prepare(struct scene *scene)
{
	signal(SIGPIPE, SIG_IGN);
	*scene = (struct scene){.loop = loop_support_create()};
	peer_init(&scene->server, scene->loop);
	struct sockaddr_in *in = (struct sockaddr_in *)&scene->address.storage;
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	in->sin_port = htons(peer_listen(&scene->server));
	scene->address.length = sizeof *in;
	scene->network = irc_network_create(scene->loop, &events, scene);
}

static void encrypt(struct scene *scene, const char *ca)
{
	char fingerprint[65];
	struct error error;
	certificates_write("DNS:irc.example.net", fingerprint);
	scene->tls =
		tls_context_create_client(&(struct tls_context_client){ca, "", "", ""}, &error);
	cr_assert_not_null(scene->tls, "%s", error.text);
	peer_encrypt(&scene->server, "server.pem", false);
}

static void connect_to(struct scene *scene, const char *host)
{
	irc_network_connect(scene->network, &scene->address, 1, scene->tls, host);
	cr_assert(loop_support_until(scene->loop, is_decided, scene));
}

static void finish(struct scene *scene)
{
	irc_network_destroy(scene->network);
	tls_context_destroy(scene->tls);
	peer_finish(&scene->server);
	buffer_finish(&scene->heard);
	ev_loop_destroy(scene->loop);
}

static bool has_heard_much(void *data)
{
	return ((const struct scene *)data)->heard.length >= 100000;
}

/* More than one record and one turn of the loop. */
static void talk(struct scene *scene)
{
	char *much = mem_alloc(100001);
	memset(much, 'x', 100000);
	irc_network_send(scene->network, "hello\r\n", 7);
	cr_assert(peer_hears(&scene->server, "hello\r\n", 1));
	cr_assert(peer_says(&scene->server, much, 100000));
	cr_assert(loop_support_until(scene->loop, has_heard_much, scene));
	cr_assert_eq(scene->heard.length, 100000);
	free(much);
	peer_hang_up(&scene->server);
	cr_assert(loop_support_until(scene->loop, is_closed, scene));
	cr_assert_eq(scene->closed, 1);
	cr_assert_str_eq(scene->reason, "the server closed the connection");
}

Test(irc_network, carries_octets_without_tls)
{
	struct scene scene;
	prepare(&scene);
	connect_to(&scene, "irc.example.net");
	cr_assert_eq(scene.connected, 1, "%s", scene.reason);
	cr_assert_str_eq(scene.tls_used, "");
	talk(&scene);
	finish(&scene);
}

Test(irc_network, carries_octets_by_tls, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene);
	encrypt(&scene, "ca.pem");
	connect_to(&scene, "irc.example.net");
	cr_assert_eq(scene.connected, 1, "%s", scene.reason);
	cr_assert_eq(strncmp(scene.tls_used, "TLSv1.3, ", 9), 0, "%s", scene.tls_used);
	talk(&scene);
	finish(&scene);
}

Test(irc_network, is_not_connected_without_trust, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const rows[][2] = {
		{"other.pem", "irc.example.net"}, {"ca.pem", "irc.example.org"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene scene;
		prepare(&scene);
		encrypt(&scene, rows[i][0]);
		connect_to(&scene, rows[i][1]);
		cr_assert_eq(scene.connected, 0);
		cr_assert_not_null(strstr(scene.reason, "is not accepted"), "%s", scene.reason);
		finish(&scene);
	}
}

Test(irc_network, leaves_a_server_that_does_not_read, .init = scratch_enter, .fini = scratch_leave)
{
	for (int i = 0; i < 2; i++) {
		struct scene scene;
		char line[1000];
		memset(line, 'x', sizeof line);
		prepare(&scene);
		if (i == 1)
			encrypt(&scene, "ca.pem");
		connect_to(&scene, "irc.example.net");
		for (int j = 0; j < 100000 && scene.closed == 0; j++) {
			irc_network_send(scene.network, line, sizeof line);
			ev_run(scene.loop, EVRUN_NOWAIT);
		}
		cr_assert_str_eq(scene.reason, "the server does not read what we send");
		finish(&scene);
	}
}

Test(irc_network, says_why_there_is_none)
{
	struct scene scene;
	prepare(&scene);
	irc_network_connect(scene.network, NULL, 0, NULL, "x");
	cr_assert(loop_support_until(scene.loop, is_decided, &scene));
	cr_assert_eq(scene.closed, 1);
	cr_assert_str_eq(scene.reason, "no address");
	finish(&scene);
}

Test(irc_network, closed_while_it_connects)
{
	struct scene scene;
	prepare(&scene);
	irc_network_connect(scene.network, &scene.address, 1, NULL, "x");
	irc_network_close(scene.network, "first");
	irc_network_close(scene.network, "second");
	cr_assert_eq(scene.closed, 0, "only from the loop");
	cr_assert(loop_support_until(scene.loop, is_closed, &scene));
	cr_assert_str_eq(scene.reason, "first");
	for (int i = 0; i < 5; i++)
		ev_run(scene.loop, EVRUN_NOWAIT);
	cr_assert_eq(scene.connected, 0);
	cr_assert_eq(scene.closed, 1);
	finish(&scene);
}
