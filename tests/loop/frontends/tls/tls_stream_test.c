#include "frontends/tls/tls_stream.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/certificates.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/scratch.h"

/* A client of ours and a TLS server. */
struct scene {
	struct ev_loop *loop;
	struct peer server;
	struct tls_context *context;
	struct tls_stream *stream;
	int fd;
	enum tls_stream_result result;
	struct error error;
	char fingerprint[65];
	char heard[64];
	size_t length;
};

static void prepare(struct scene *scene, const char *names)
{
	signal(SIGPIPE, SIG_IGN);
	*scene = (struct scene){.loop = loop_support_create(), .fd = -1};
	certificates_write(names, scene->fingerprint);
	peer_init(&scene->server, scene->loop);
}

static void connect_to(struct scene *scene, const struct tls_context_client *client,
	const char *certificate, const char *host)
{
	uint16_t port = peer_listen(&scene->server);
	if (certificate != NULL)
		peer_encrypt(&scene->server, certificate, *client->certificate != '\0');
	scene->context = tls_context_create_client(client, &scene->error);
	cr_assert_not_null(scene->context, "%s", scene->error.text);
	scene->fd = loop_support_connect(port);
	cr_assert(peer_is_called(&scene->server));
	scene->stream = tls_stream_connect(scene->context, scene->fd, host);
}

static void disconnect(struct scene *scene)
{
	tls_stream_destroy(scene->stream);
	tls_context_destroy(scene->context);
	close(scene->fd);
	peer_finish(&scene->server);
	peer_init(&scene->server, scene->loop);
	scene->stream = NULL;
	scene->context = NULL;
}

static bool is_decided(void *data)
{
	struct scene *scene = data;
	peer_listen_to(&scene->server);
	scene->result = tls_stream_handshake(scene->stream, &scene->error);
	return scene->result != TLS_STREAM_RESULT_READ && scene->result != TLS_STREAM_RESULT_WRITE;
}

static enum tls_stream_result shake_hands(struct scene *scene)
{
	cr_assert(loop_support_until(scene->loop, is_decided, scene));
	return scene->result;
}

static bool is_read(void *data)
{
	struct scene *scene = data;
	peer_listen_to(&scene->server);
	scene->result = tls_stream_read(scene->stream, -1, scene->heard, sizeof scene->heard - 1,
		&scene->length, &scene->error);
	return scene->result != TLS_STREAM_RESULT_READ;
}

#define REMEDY "; if it is the right one, write it as tls_fingerprint"
#define PINNED "the server's certificate (SHA-256 %s) is not accepted: %s" REMEDY

Test(tls_stream, accepts_only_the_right_certificate, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *names, *ca, *server, *host, *fault; /* NULL: none */
		bool pinned;
	} rows[] = {
		{"DNS:irc.example.net", "ca.pem", "server.pem", "irc.example.net", NULL, false},
		{"DNS:*.example.net", "ca.pem", "server.pem", "irc.example.net", NULL, false},
		{"IP:127.0.0.1", "ca.pem", "server.pem", "127.0.0.1", NULL, false},
		{"IP:::1", "ca.pem", "server.pem", "::1", NULL, false},
		{"DNS:irc.example.net", "ca.pem", "server.pem", "irc.example.org",
			"hostname mismatch", false},
		{"DNS:irc.example.net", "ca.pem", "server.pem", "127.0.0.1", "IP address mismatch",
			false},
		{"DNS:a", "other.pem", "server.pem", "a", "unable to get local issuer certificate",
			false},
		{"DNS:a", "", "server.pem", "a", "unable to get local issuer certificate", false},
		{"DNS:a", "ca.pem", "old.pem", "a", "certificate has expired", false},
		{"DNS:a", "", "server.pem", "another.name", NULL, true},
		{"DNS:a", "ca.pem", "old.pem", "a", "it is not the one of tls_fingerprint" REMEDY,
			true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene scene;
		prepare(&scene, rows[i].names);
		struct tls_context_client client = {
			rows[i].ca, "", "", rows[i].pinned ? scene.fingerprint : ""};
		connect_to(&scene, &client, rows[i].server, rows[i].host);
		enum tls_stream_result result = shake_hands(&scene);
		cr_expect_eq(result == TLS_STREAM_RESULT_DONE, rows[i].fault == NULL, "row %zu: %s",
			i, scene.error.text);
		if (rows[i].fault != NULL)
			cr_expect_not_null(strstr(scene.error.text, rows[i].fault), "row %zu: %s",
				i, scene.error.text);
		disconnect(&scene);
		ev_loop_destroy(scene.loop);
	}
}

Test(tls_stream, tells_the_fingerprint_that_was_refused, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct scene scene;
	char wanted[256];
	prepare(&scene, "DNS:a");
	connect_to(&scene, &(struct tls_context_client){"", "", "", ""}, "server.pem", "a");
	cr_assert_eq(shake_hands(&scene), TLS_STREAM_RESULT_FAILED);
	snprintf(wanted, sizeof wanted, PINNED, scene.fingerprint,
		"unable to get local issuer certificate");
	cr_assert_str_eq(scene.error.text, wanted);
	disconnect(&scene);
	ev_loop_destroy(scene.loop);
}

Test(tls_stream, presents_its_certificate, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene, "DNS:a");
	connect_to(&scene, &(struct tls_context_client){"ca.pem", "old.pem", "", ""}, "server.pem",
		"a");
	cr_assert_eq(shake_hands(&scene), TLS_STREAM_RESULT_DONE, "%s", scene.error.text);
	cr_assert(peer_says(&scene.server, "hi", 2));
	cr_assert(peer_has_certificate(&scene.server));
	disconnect(&scene);
	ev_loop_destroy(scene.loop);
}

enum { MUCH = 1 << 20 };

static bool has_heard_much(void *data)
{
	struct scene *scene = data;
	peer_listen_to(&scene->server);
	return scene->server.heard.length >= MUCH;
}

Test(tls_stream, carries_octets_both_ways, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	size_t sent = 0;
	char *much = mem_alloc(MUCH + 1);
	memset(much, 'x', MUCH);
	prepare(&scene, "DNS:a");
	connect_to(&scene, &(struct tls_context_client){"ca.pem", "", "", ""}, "server.pem", "a");
	cr_assert_eq(shake_hands(&scene), TLS_STREAM_RESULT_DONE, "%s", scene.error.text);
	cr_assert(peer_says(&scene.server, "hello", 5));
	cr_assert(loop_support_until(scene.loop, is_read, &scene));
	cr_assert_str_eq(scene.heard, "hello");
	while (sent < MUCH) {
		size_t length = 0;
		scene.result = tls_stream_write(
			scene.stream, -1, much + sent, MUCH - sent, &length, &scene.error);
		cr_assert(scene.result == TLS_STREAM_RESULT_DONE ||
			  scene.result == TLS_STREAM_RESULT_WRITE);
		sent += scene.result == TLS_STREAM_RESULT_DONE ? length : 0;
		peer_listen_to(&scene.server);
	}
	cr_assert(loop_support_until(scene.loop, has_heard_much, &scene));
	cr_assert_eq(memcmp(scene.server.heard.data, much, MUCH), 0);
	free(much);
	disconnect(&scene);
	ev_loop_destroy(scene.loop);
}

Test(tls_stream, keeps_what_was_not_read, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	char text[100];
	memset(text, 'y', sizeof text);
	prepare(&scene, "DNS:a");
	connect_to(&scene, &(struct tls_context_client){"ca.pem", "", "", ""}, "server.pem", "a");
	cr_assert_eq(shake_hands(&scene), TLS_STREAM_RESULT_DONE, "%s", scene.error.text);
	cr_assert(peer_says(&scene.server, text, sizeof text));
	cr_assert(loop_support_until(scene.loop, is_read, &scene));
	cr_assert_eq(scene.length, 63);
	cr_assert(tls_stream_is_pending(scene.stream));
	cr_assert(is_read(&scene));
	cr_assert_eq(scene.length, 37);
	cr_assert_not(tls_stream_is_pending(scene.stream));
	disconnect(&scene);
	ev_loop_destroy(scene.loop);
}

Test(tls_stream, closes_cleanly_on_either_side, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene, "DNS:a");
	for (int i = 0; i < 2; i++) {
		connect_to(&scene, &(struct tls_context_client){"ca.pem", "", "", ""}, "server.pem",
			"a");
		cr_assert_eq(shake_hands(&scene), TLS_STREAM_RESULT_DONE);
		cr_assert(peer_says(&scene.server, "x", 1));
		cr_assert(loop_support_until(scene.loop, is_read, &scene));
		if (i == 0) {
			peer_hang_up(&scene.server);
			cr_assert(loop_support_until(scene.loop, is_read, &scene));
			cr_assert_eq(scene.result, TLS_STREAM_RESULT_CLOSED);
		} else {
			tls_stream_destroy(scene.stream);
			scene.stream = NULL;
			cr_assert(peer_is_left(&scene.server), "close_notify without a FIN");
		}
		disconnect(&scene);
	}
	ev_loop_destroy(scene.loop);
}

Test(tls_stream, says_that_the_server_speaks_no_tls, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene, "DNS:a");
	connect_to(&scene, &(struct tls_context_client){"ca.pem", "", "", ""}, NULL, "a");
	cr_assert(peer_says(&scene.server, ":irc.example.net NOTICE * :Hello\r\n", 34));
	cr_assert_eq(shake_hands(&scene), TLS_STREAM_RESULT_FAILED);
	cr_assert_str_eq(scene.error.text, "the server does not speak TLS on this port");
	disconnect(&scene);
	ev_loop_destroy(scene.loop);
}
