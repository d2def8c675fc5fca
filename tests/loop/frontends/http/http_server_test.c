#include "frontends/http/http_server.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/scratch.h"

struct front_options {
	struct http_server_options http;
};

static const struct setting rows[] = {
	HTTP_SERVER_ROWS(struct front_options, http, "{}"),
	{0},
};

static bool on_request(void *data, const struct http_request *request,
	struct httpd_connection *connection, struct http_reply *reply)
{
	(void)data, (void)request, (void)connection;
	reply->status = 200;
	buffer_add(&reply->content, "fine\n");
	return true;
}

static void on_failed(void *data)
{
	(void)data;
	cr_assert_fail("the library failed");
}

/* Makes a server that listens at the unix socket "http". */
static struct http_server *create(struct ev_loop *loop, struct front_options *options)
{
	struct error error = {0};
	struct httpd_options httpd = {
		.loop = loop, .name = "web.test", .on_request = on_request, .on_failed = on_failed};
	char *directory = getcwd(NULL, 0);
	char *address = mem_format("unix:%s/http", directory);
	strings_add(&options->http.listen, address);
	free(address);
	free(directory);
	struct http_server *server = http_server_create(&httpd, &options->http, 0, &error);
	cr_assert_not_null(server, "%s", error.text);
	return server;
}

Test(http_server, refuses_wrong_addresses)
{
	static const struct {
		const char *address; /* NULL: none */
		const char *error;
	} refused[] = {
		{NULL, "listen is empty; add an address such as \"localhost:8017\""},
		{"nowhere", "listen: address 'nowhere': write 127.0.0.1:PORT, [::1]:PORT, "
			    "localhost:PORT, *:PORT or unix:/PATH"},
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct front_options options = {0};
		struct httpd_options httpd = {.name = "web.test"};
		struct error error = {0};
		setting_defaults(rows, &options);
		if (refused[i].address != NULL)
			strings_add(&options.http.listen, refused[i].address);
		cr_expect_null(http_server_create(&httpd, &options.http, 0, &error));
		cr_expect_str_eq(error.text, refused[i].error);
		setting_finish(rows, &options);
	}
}

Test(http_server, lets_a_connection_wait_for_another, .init = scratch_enter, .fini = scratch_leave)
{
	static const char request[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
	struct front_options options = {0};
	struct error error = {0};
	struct ev_loop *loop = loop_support_create();
	struct peer clients[2];
	setting_defaults(rows, &options);
	options.http.max_connections = 1;
	struct http_server *server = create(loop, &options);
	cr_assert(http_server_start(server, &error), "%s", error.text);
	for (int i = 0; i < 2; i++) {
		peer_init(&clients[i], loop);
		cr_assert(peer_connect(&clients[i], "http"));
		cr_assert(peer_says(&clients[i], request, sizeof request - 1));
	}
	cr_assert(peer_hears(&clients[0], "\r\n\r\nfine\n", 1));
	peer_listen_to(&clients[1]);
	cr_assert_eq(clients[1].heard.length, 0);
	peer_hang_up(&clients[0]);
	cr_assert(peer_hears(&clients[1], "\r\n\r\nfine\n", 1), "the place is free again");
	cr_assert_eq(http_server_in_flight(server), 0);
	http_server_stop(server);
	cr_assert(peer_is_left(&clients[1]));
	for (int i = 0; i < 2; i++)
		peer_finish(&clients[i]);
	http_server_destroy(server);
	setting_finish(rows, &options);
	ev_loop_destroy(loop);
}
