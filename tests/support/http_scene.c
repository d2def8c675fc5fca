#include "tests/support/http_scene.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"

static bool on_request(void *data, const struct http_request *request,
	struct httpd_connection *connection, struct http_reply *reply)
{
	struct http_scene *server = data;
	const char *detail;
	if (server->later) {
		server->waiting[server->waiting_count++] = connection;
		return false;
	}
	reply->status = request_check_status(request->fault, &detail);
	reply->close = request->fault != REQUEST_FAULT_NONE;
	reply->validate = server->hash != 0;
	if (server->hash != 0 && http_reply_has(reply, request, server->hash))
		return true;
	if (request->content != NULL)
		buffer_format(&reply->content, "(%s)", request->content);
	buffer_format(&reply->content, "<%u>", server->requests++);
	return true;
}

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct http_scene *server = data;
	httpd_add(server->httpd, fd, peer);
}

void http_scene_open(struct http_scene *server, struct httpd_options options)
{
	*server = (struct http_scene){.loop = loop_support_create()};
	options.loop = server->loop;
	options.name = "web.test";
	options.max_connections = 100;
	options.connection_memory = 8192;
	options.max_target = 2048;
	options.max_content = 2000;
	options.on_request = on_request;
	options.data = server;
	signal(SIGPIPE, SIG_IGN);
	strings_add(&server->addresses, "127.0.0.1:0");
	server->limits = limits_create(&(struct limits_options){
		.loop = server->loop,
		.name = "web.test",
		.max_connections = 100,
		.max_per_prefix = 100,
	});
	server->listener = (struct listener){
		.loop = server->loop,
		.name = "web.test",
		.addresses = &server->addresses,
		.limits = server->limits,
		.on_connection = on_connection,
		.data = server,
	};
	listener_init(&server->listener);
	options.listener = &server->listener;
	options.limits = server->limits;
	server->httpd = httpd_create(&options);
	struct error error;
	cr_assert(httpd_start(server->httpd, &error), "%s", error.text);
	cr_assert(listener_start(&server->listener, &error), "%s", error.text);
	server->port = address_port(listener_address(&server->listener, 0));
}

void http_scene_close(struct http_scene *server)
{
	listener_stop(&server->listener);
	httpd_stop(server->httpd);
	httpd_stop(server->httpd);
	cr_assert_eq(limits_connections(server->limits), 0, "every place was given back");
	cr_assert_eq(httpd_in_flight(server->httpd), 0);
	httpd_destroy(server->httpd);
	limits_destroy(server->limits);
	strings_finish(&server->addresses);
	ev_loop_destroy(server->loop);
}

const struct httpd_options http_scene_patient = {
	.idle_timeout = 60, .request_timeout = 60, .max_age = 3600};

static bool is_connected(void *data)
{
	struct http_scene_client *client = data;
	return send(client->fd, "", 0, MSG_NOSIGNAL) == 0;
}

void http_scene_connect(
	struct http_scene_client *client, struct http_scene *server, const char *text)
{
	*client = (struct http_scene_client){
		.server = server, .fd = loop_support_connect(server->port)};
	cr_assert(loop_support_until(server->loop, is_connected, client));
	size_t length = strlen(text);
	cr_assert_eq(send(client->fd, text, length, MSG_NOSIGNAL), (ssize_t)length);
}

void http_scene_disconnect(struct http_scene_client *client)
{
	close(client->fd);
	buffer_finish(&client->input);
}

static void receive(struct http_scene_client *client)
{
	char octets[4096];
	ssize_t length;
	while ((length = recv(client->fd, octets, sizeof octets, 0)) > 0)
		buffer_append(&client->input, octets, (size_t)length);
	client->closed = length == 0 || (length < 0 && errno != EAGAIN);
}

unsigned http_scene_count(const struct http_scene_client *client, const char *word)
{
	unsigned found = 0;
	const char *at = client->input.data != NULL ? client->input.data : "";
	while ((at = strstr(at, word)) != NULL) {
		found++;
		at++;
	}
	return found;
}

static bool has_replies(void *data)
{
	struct http_scene_client *client = data;
	receive(client);
	return http_scene_count(client, "HTTP/1.1 ") >= client->wanted &&
	       http_scene_count(client, ">") >= client->wanted;
}

bool http_scene_is_closed(void *data)
{
	struct http_scene_client *client = data;
	receive(client);
	return client->closed;
}

void http_scene_await(struct http_scene_client *client, unsigned wanted)
{
	client->wanted = wanted;
	cr_assert(loop_support_until(client->server->loop, has_replies, client), "%s",
		client->input.data);
}

void http_scene_await_close(struct http_scene_client *client)
{
	cr_assert(loop_support_until(client->server->loop, http_scene_is_closed, client));
}

static bool has_waiting(void *data)
{
	return ((struct http_scene *)data)->waiting_count == 2;
}

void http_scene_await_requests(struct http_scene *server)
{
	cr_assert(loop_support_until(server->loop, has_waiting, server));
}

void http_scene_answer(struct httpd_connection *connection, const char *text)
{
	struct http_reply reply = {.status = 200};
	buffer_add(&reply.content, text);
	httpd_answer(connection, &reply);
}
