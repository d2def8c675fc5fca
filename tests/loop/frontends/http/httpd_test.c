#include "frontends/http/httpd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "frontends/net/listener.h"
#include "tests/support/loop_support.h"

enum { CLIENT_COUNT = 40 };

/* A server, put together as the front end does it. */
struct server {
	struct ev_loop *loop;
	struct limits *limits;
	struct listener *listener;
	struct httpd *httpd;
	struct strings addresses;
	int port;
	unsigned requests;
	bool later; /* keep requests to answer them later */
	struct httpd_ticket *tickets[8];
	size_t ticket_count;
};

/* A connection and all that it received. */
struct client {
	struct server *server;
	int fd;
	struct buffer input;
	bool closed;
	unsigned wanted; /* replies */
	const char *drip;
	struct ev_timer pause;
};

static bool on_request(void *data, const struct http_request *request, struct httpd_ticket *ticket,
	struct http_reply *reply)
{
	struct server *server = data;
	const char *detail;
	if (server->later) {
		server->tickets[server->ticket_count++] = ticket;
		return false;
	}
	reply->status = request_check_status(request->fault, &detail);
	reply->close = request->fault != REQUEST_FAULT_NONE;
	if (request->content != NULL)
		buffer_format(&reply->content, "(%s)", request->content);
	buffer_format(&reply->content, "<%u>", server->requests++);
	return true;
}

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct server *server = data;
	httpd_add(server->httpd, fd, peer);
}

static void on_closed(void *data, const struct address *peer)
{
	struct server *server = data;
	listener_release(server->listener, peer);
}

static void set_up(struct server *server, struct httpd_options options)
{
	*server = (struct server){.loop = loop_support_create()};
	options.loop = server->loop;
	options.name = "web.test";
	options.max_connections = 100;
	options.connection_memory = 8192;
	options.max_target = 2048;
	options.max_content = 2000;
	options.on_request = on_request;
	options.on_closed = on_closed;
	options.data = server;
	signal(SIGPIPE, SIG_IGN);
	strings_add(&server->addresses, "127.0.0.1:0");
	server->limits = limits_create(&(struct limits_options){
		.loop = server->loop,
		.name = "web.test",
		.max_connections = 100,
		.max_per_prefix = 100,
	});
	struct listener_options listener_options = {
		.loop = server->loop,
		.name = "web.test",
		.addresses = &server->addresses,
		.limits = server->limits,
		.on_connection = on_connection,
		.data = server,
	};
	server->httpd = httpd_create(&options);
	server->listener = listener_create(&listener_options);
	struct error error;
	cr_assert(httpd_start(server->httpd, &error), "%s", error.text);
	cr_assert(listener_start(server->listener, &error), "%s", error.text);
	server->port = address_port(listener_address(server->listener, 0));
}

static void tear_down(struct server *server)
{
	listener_stop(server->listener);
	httpd_stop(server->httpd);
	httpd_stop(server->httpd);
	cr_assert_eq(limits_connections(server->limits), 0, "every place was given back");
	cr_assert_eq(httpd_in_flight(server->httpd), 0);
	httpd_destroy(server->httpd);
	listener_destroy(server->listener);
	limits_destroy(server->limits);
	strings_finish(&server->addresses);
	ev_loop_destroy(server->loop);
}

static const struct httpd_options patient = {
	.idle_timeout = 60, .request_timeout = 60, .max_age = 3600};

static bool is_connected(void *data)
{
	struct client *client = data;
	return send(client->fd, "", 0, MSG_NOSIGNAL) == 0;
}

static void open_client(struct client *client, struct server *server, const char *text)
{
	*client = (struct client){.server = server, .fd = loop_support_connect(server->port)};
	cr_assert(loop_support_until(server->loop, is_connected, client));
	size_t length = strlen(text);
	cr_assert_eq(send(client->fd, text, length, MSG_NOSIGNAL), (ssize_t)length);
}

static void close_client(struct client *client)
{
	close(client->fd);
	buffer_finish(&client->input);
}

static void receive(struct client *client)
{
	char octets[4096];
	ssize_t length;
	while ((length = recv(client->fd, octets, sizeof octets, 0)) > 0)
		buffer_append(&client->input, octets, (size_t)length);
	client->closed = length == 0 || (length < 0 && errno != EAGAIN);
}

static unsigned count(const struct client *client, const char *word)
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
	struct client *client = data;
	receive(client);
	return count(client, "HTTP/1.1 ") >= client->wanted && count(client, ">") >= client->wanted;
}

static bool is_closed(void *data)
{
	struct client *client = data;
	receive(client);
	return client->closed;
}

static void await_replies(struct client *client, unsigned wanted)
{
	client->wanted = wanted;
	cr_assert(loop_support_until(client->server->loop, has_replies, client), "%s",
		client->input.data);
}

static void await_close(struct client *client)
{
	cr_assert(loop_support_until(client->server->loop, is_closed, client));
}

#define GET "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

static bool is_accepted(void *data)
{
	struct server *server = data;
	return limits_connections(server->limits) > 0;
}

/* The server is already waiting, so the requests and the end of input wake it only once. */
static void check_half_close(const char *requests, unsigned replies)
{
	struct server server;
	struct client client;
	set_up(&server, patient);
	open_client(&client, &server, "");
	cr_assert(loop_support_until(server.loop, is_accepted, &server));
	for (int i = 0; i < 3; i++)
		ev_run(server.loop, EVRUN_NOWAIT);
	size_t length = strlen(requests);
	cr_assert_eq(send(client.fd, requests, length, MSG_NOSIGNAL), (ssize_t)length);
	cr_assert_eq(shutdown(client.fd, SHUT_WR), 0);
	await_close(&client);
	cr_assert_eq(count(&client, "HTTP/1.1 200"), replies, "%s", client.input.data);
	close_client(&client);
	tear_down(&server);
}

Test(httpd, a_client_that_closes_its_side_is_answered_and_let_go)
{
	check_half_close(GET, 1);
	check_half_close(GET GET GET GET GET, 5);
}

Test(httpd, an_idle_connection_times_out)
{
	struct server server;
	struct client fresh;
	struct client used;
	set_up(&server,
		(struct httpd_options){.idle_timeout = 1, .request_timeout = 60, .max_age = 9});
	open_client(&fresh, &server, "");
	open_client(&used, &server, GET);
	await_replies(&used, 1);
	await_close(&fresh);
	await_close(&used);
	close_client(&fresh);
	close_client(&used);
	tear_down(&server);
}

Test(httpd, pipelined_requests_are_answered_in_order)
{
	enum { REQUESTS = 50 };
	struct server server;
	struct client client;
	struct buffer requests = {0};
	set_up(&server, patient);
	for (int i = 0; i < REQUESTS; i++)
		buffer_add(&requests, GET);
	open_client(&client, &server, requests.data);
	await_replies(&client, REQUESTS);
	const char *at = client.input.data;
	for (int i = 0; i < REQUESTS; i++) {
		char body[16];
		snprintf(body, sizeof body, "<%d>", i);
		at = strstr(at, body);
		cr_assert_not_null(at, "reply %d is missing or out of order", i);
	}
	cr_assert_eq(count(&client, "Connection: close"), 0, "queueing keeps the connection");
	buffer_finish(&requests);
	close_client(&client);
	tear_down(&server);
}

static bool drips_until_closed(void *data)
{
	struct client *client = data;
	if (!ev_is_active(&client->pause)) {
		send(client->fd, *client->drip != '\0' ? client->drip++ : "x", 1, MSG_NOSIGNAL);
		ev_timer_set(&client->pause, 0.3, 0);
		ev_timer_start(client->server->loop, &client->pause);
	}
	return is_closed(client);
}

static void on_pause(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)timer, (void)events;
}

Test(httpd, a_drip_is_cut)
{
	struct server server;
	struct client client;
	set_up(&server,
		(struct httpd_options){.idle_timeout = 1, .request_timeout = 1, .max_age = 99});
	open_client(&client, &server, "");
	client.drip = "GET / HTTP/1.1\r\nHost: a\r\nX-Drip: ";
	ev_init(&client.pause, on_pause);
	ev_now_update(server.loop);
	ev_tstamp began = ev_now(server.loop);
	cr_assert(loop_support_until(server.loop, drips_until_closed, &client));
	cr_assert_geq(ev_now(server.loop) - began, 1.5, "not by the idle time-out");
	cr_assert_eq(client.input.length, 0);
	ev_timer_stop(server.loop, &client.pause);
	close_client(&client);
	tear_down(&server);
}

Test(httpd, an_old_connection_ends_with_its_next_reply)
{
	struct server server;
	struct client client;
	set_up(&server,
		(struct httpd_options){.idle_timeout = 60, .request_timeout = 60, .max_age = 0});
	open_client(&client, &server, GET GET);
	await_close(&client);
	cr_assert_eq(count(&client, "HTTP/1.1 200"), 1);
	cr_assert_eq(count(&client, "Connection: close"), 1);
	close_client(&client);
	tear_down(&server);
}

#define POST "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "

Test(httpd, content_is_read_before_the_answer)
{
	struct server server;
	struct client client;
	struct buffer request = {0};
	set_up(&server, patient);
	buffer_add(&request, POST "2000\r\n\r\n");
	for (int i = 0; i < 2000; i++)
		buffer_add(&request, "b");
	buffer_add(&request, POST "0\r\n\r\n" POST "3\r\n\r\na=b" GET POST "4\r\n\r\nc=");
	open_client(&client, &server, request.data);
	await_replies(&client, 4);
	for (int i = 0; i < 9; i++)
		ev_run(server.loop, EVRUN_NOWAIT);
	cr_assert_eq(count(&client, "HTTP/1.1 200"), 4, "the last one is not complete");
	cr_assert_eq(send(client.fd, "d&", 2, MSG_NOSIGNAL), 2);
	await_replies(&client, 5);
	cr_assert_eq(count(&client, "bbb)<0>"), 1, "%s", client.input.data);
	cr_assert_eq(count(&client, "\r\n<1>"), 1);
	cr_assert_eq(count(&client, "(a=b)<2>"), 1);
	cr_assert_eq(count(&client, "\r\n<3>"), 1);
	cr_assert_eq(count(&client, "(c=d&)<4>"), 1);
	buffer_finish(&request);
	close_client(&client);
	tear_down(&server);
}

Test(httpd, content_that_stops_is_cut)
{
	struct server server;
	struct client client;
	set_up(&server,
		(struct httpd_options){.idle_timeout = 1, .request_timeout = 1, .max_age = 99});
	open_client(&client, &server, POST "9\r\n\r\nabc");
	await_close(&client);
	cr_assert_eq(client.input.length, 0);
	cr_assert_eq(server.requests, 0);
	close_client(&client);
	tear_down(&server);
}

Test(httpd, a_very_long_query_is_answered_at_once)
{
	struct server server;
	struct client client;
	struct buffer request = {0};
	set_up(&server, patient);
	buffer_add(&request, "GET /?");
	for (int i = 0; i < 1000; i++)
		buffer_add(&request, "a&");
	buffer_add(&request, " HTTP/1.1\r\nHost: a\r\n\r\n" GET);
	open_client(&client, &server, request.data);
	await_replies(&client, 2);
	cr_assert_eq(count(&client, "HTTP/1.1 200"), 2, "%s", client.input.data);
	buffer_finish(&request);
	close_client(&client);
	tear_down(&server);
}

struct refusal {
	const char *what;
	const char *text; /* a second request follows it */
	const char *status;
};

static const struct refusal refusals[] = {
	{"two lengths",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 28\r\n\r\n",
		"HTTP/1.1 400"},
	{"length and chunks",
		"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"HTTP/1.1 400"},
	{"unknown coding", "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: zip\r\n\r\n",
		"HTTP/1.1 400"},
	{"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400"},
	{"bad host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "HTTP/1.1 400"},
	{"blank before colon", "GET / HTTP/1.1\r\nHost: a\r\nX-Y : 1\r\n\r\n", "HTTP/1.1 400"},
	{"blank in name", "GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n", "HTTP/1.1 400"},
	{"control octet", "GET / HTTP/1.1\r\nHost: a\r\nX: a\001b\r\n\r\n", "HTTP/1.1 400"},
	{"a body", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 413"},
	{"a long posted body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2001\r\n\r\nx",
		"HTTP/1.1 413"},
	{"a posted body of unknown length",
		"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
		"1\r\nx\r\n0\r\n\r\n",
		"HTTP/1.1 411"},
	{"no host", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
	{"no path", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
};

Test(httpd, a_refusal_ends_the_connection)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		struct server server;
		struct client client;
		struct buffer request = {0};
		set_up(&server, patient);
		buffer_format(&request, "%s" GET, refusals[i].text);
		open_client(&client, &server, request.data);
		await_close(&client);
		cr_assert_eq(count(&client, "HTTP/1.1 "), 1, "%s: %s", refusals[i].what,
			client.input.data);
		cr_assert_eq(count(&client, refusals[i].status), 1, "%s: %s", refusals[i].what,
			client.input.data);
		buffer_finish(&request);
		close_client(&client);
		tear_down(&server);
	}
}

Test(httpd, a_long_target_is_refused)
{
	struct server server;
	struct client client;
	char target[2100];
	memset(target, 'a', sizeof target - 1);
	target[0] = '/';
	target[sizeof target - 1] = '\0';
	struct buffer request = {0};
	buffer_format(&request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
	set_up(&server, patient);
	open_client(&client, &server, request.data);
	await_close(&client);
	cr_assert_eq(count(&client, "HTTP/1.1 414"), 1, "%s", client.input.data);
	buffer_finish(&request);
	close_client(&client);
	tear_down(&server);
}

/* Writes a header of exactly so many octets: one field, or many of 40 octets. */
static void write_header(struct buffer *out, const char *field, size_t length, bool many)
{
	buffer_add(out, "GET / HTTP/1.1\r\nHost: a\r\n");
	while (many && out->length + 90 < length)
		buffer_add(out, "X-Field: 0123456789012345678901234567\r\n");
	buffer_format(out, "%s: ", field);
	while (out->length + 4 < length)
		buffer_add(out, "c");
	buffer_add(out, "\r\n\r\n");
}

/* Returns the status of the only reply; the connection is closed after a refusal. */
static unsigned status_for(struct server *server, const struct buffer *request)
{
	struct client client;
	open_client(&client, server, request->data);
	await_replies(&client, 1);
	unsigned status = (unsigned)strtoul(client.input.data + 9, NULL, 10);
	if (status != 200)
		await_close(&client);
	cr_assert_eq(count(&client, "HTTP/1.1 "), 1, "%s", client.input.data);
	cr_assert_not_null(
		strstr(client.input.data, "\r\n\r\n<"), "not our words: %s", client.input.data);
	cr_assert_null(strstr(client.input.data, "<html>"), "not our words: %s", client.input.data);
	close_client(&client);
	return status;
}

Test(httpd, a_header_is_answered_at_every_size)
{
	enum { LIMIT = 8192, STEP = 331 };
	struct server server;
	set_up(&server, patient);
	for (size_t length = 1000; length < 3 * LIMIT; length += STEP) {
		static const char *const fields[] = {"Cookie", "X-One"};
		for (size_t i = 0; i < 2; i++) {
			struct buffer request = {0};
			write_header(&request, fields[i], length, false);
			cr_assert_eq(request.length, length);
			cr_assert_eq(status_for(&server, &request), length <= LIMIT ? 200 : 431,
				"%s of %zu", fields[i], length);
			buffer_finish(&request);
		}
	}
	for (size_t length = LIMIT - 1; length <= LIMIT + 1; length++) {
		struct buffer request = {0};
		write_header(&request, "Cookie", length, false);
		cr_assert_eq(status_for(&server, &request), length <= LIMIT ? 200 : 431);
		buffer_finish(&request);
	}
	tear_down(&server);
}

Test(httpd, a_header_of_many_fields_is_answered_at_every_size)
{
	struct server server;
	set_up(&server, patient);
	for (size_t length = 1000; length < 25000; length += 499) {
		struct buffer request = {0};
		write_header(&request, "Cookie", length, true);
		unsigned status = status_for(&server, &request);
		if (length <= 2500 || length > 8192)
			cr_assert_eq(status, length <= 2500 ? 200 : 431, "%zu", length);
		buffer_finish(&request);
	}
	tear_down(&server);
}

Test(httpd, a_target_is_answered_at_every_size)
{
	struct server server;
	set_up(&server, patient);
	for (size_t length = 100; length < 25000; length += 499) {
		struct buffer request = {0};
		buffer_add(&request, "GET /");
		while (request.length < length + 4)
			buffer_add(&request, "a");
		buffer_add(&request, " HTTP/1.1\r\nHost: a\r\n\r\n");
		cr_assert_eq(
			status_for(&server, &request), length <= 2048 ? 200 : 414, "%zu", length);
		buffer_finish(&request);
	}
	tear_down(&server);
}

Test(httpd, a_nul_in_a_field_is_refused)
{
	static const char *const headers[] = {
		"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0@ 40\r\n\r\n",
		"GET / HTTP/1.1\r\nContent-Length: 0@ 40\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX@Y: 1\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
	};
	struct server server;
	set_up(&server, patient);
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		struct client client;
		char request[100] = "";
		size_t length = strlen(headers[i]);
		memcpy(request, headers[i], length);
		char *nul = strchr(request, '@');
		if (nul != NULL)
			*nul = '\0';
		open_client(&client, &server, "");
		cr_assert_eq(send(client.fd, request, length, MSG_NOSIGNAL), (ssize_t)length);
		await_close(&client);
		cr_assert_eq(count(&client, "HTTP/1.1 400"), 1, "%s", headers[i]);
		cr_assert_eq(count(&client, "HTTP/1.1 "), 1);
		close_client(&client);
	}
	tear_down(&server);
}

Test(httpd, an_absolute_target_is_answered)
{
	struct server server;
	struct client client;
	set_up(&server, patient);
	open_client(&client, &server, "GET http://a/random.txt HTTP/1.1\r\nHost: a\r\n\r\n");
	await_replies(&client, 1);
	cr_assert_eq(count(&client, "HTTP/1.1 200"), 1, "%s", client.input.data);
	close_client(&client);
	tear_down(&server);
}

Test(httpd, drain_answers_what_has_arrived_and_closes_the_rest)
{
	struct server server;
	struct client idle;
	struct client asking;
	set_up(&server, patient);
	open_client(&idle, &server, GET);
	open_client(&asking, &server, GET);
	await_replies(&idle, 1);
	await_replies(&asking, 1);
	cr_assert_eq(send(asking.fd, GET, strlen(GET), MSG_NOSIGNAL), (ssize_t)strlen(GET));
	listener_stop(server.listener);
	httpd_drain(server.httpd);
	await_close(&idle);
	await_close(&asking);
	cr_assert_eq(count(&idle, "HTTP/1.1 200"), 1);
	cr_assert_eq(count(&asking, "HTTP/1.1 200"), 2);
	cr_assert_eq(httpd_in_flight(server.httpd), 0);
	close_client(&idle);
	close_client(&asking);
	tear_down(&server);
}

Test(httpd, it_survives_running_out_of_descriptors)
{
	struct server server;
	struct client clients[CLIENT_COUNT];
	set_up(&server, patient);
	for (int i = 0; i < CLIENT_COUNT; i++)
		clients[i] =
			(struct client){.server = &server, .fd = loop_support_connect(server.port)};
	/* Enough descriptors for half of the server's ends. */
	int next = fcntl(0, F_DUPFD, 0);
	close(next);
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	struct rlimit low = {(rlim_t)next + CLIENT_COUNT / 2, limit.rlim_max};
	setrlimit(RLIMIT_NOFILE, &low);
	for (int i = 0; i < CLIENT_COUNT; i++)
		send(clients[i].fd, GET, strlen(GET), MSG_NOSIGNAL);
	await_replies(&clients[0], 1);
	for (int i = 0; i < CLIENT_COUNT; i++)
		close_client(&clients[i]);
	struct client late;
	open_client(&late, &server, GET);
	await_replies(&late, 1);
	setrlimit(RLIMIT_NOFILE, &limit);
	close_client(&late);
	tear_down(&server);
}

Test(httpd, it_can_start_again)
{
	struct server server;
	struct client client;
	struct error error;
	set_up(&server, patient);
	httpd_stop(server.httpd);
	cr_assert(httpd_start(server.httpd, &error));
	open_client(&client, &server, GET);
	await_replies(&client, 1);
	close_client(&client);
	tear_down(&server);
}

static bool has_tickets(void *data)
{
	return ((struct server *)data)->ticket_count == 2;
}

static void answer(struct httpd_ticket *ticket, const char *text)
{
	struct http_reply reply = {.status = 200};
	buffer_add(&reply.content, text);
	httpd_answer(ticket, &reply);
}

Test(httpd, answers_later)
{
	struct server server;
	struct client patient_client, gone, other;
	set_up(&server, patient);
	server.later = true;
	server.ticket_count = 0;
	open_client(&patient_client, &server, GET GET);
	open_client(&gone, &server, GET);
	cr_assert(loop_support_until(server.loop, has_tickets, &server));
	cr_assert_eq(httpd_in_flight(server.httpd), 2);
	server.later = false;
	open_client(&other, &server, GET);
	await_replies(&other, 1);
	close_client(&gone);
	answer(server.tickets[0], "<later>");
	answer(server.tickets[1], "<later>");
	await_replies(&patient_client, 2);
	cr_assert_eq(count(&patient_client, "<later>"), 1);
	close_client(&patient_client);
	close_client(&other);
	tear_down(&server);
}

Test(httpd, drain_waits_for_answers_that_come_later)
{
	struct server server;
	struct client before, after;
	set_up(&server, patient);
	server.later = true;
	server.ticket_count = 0;
	open_client(&before, &server, GET);
	open_client(&after, &server, GET);
	cr_assert(loop_support_until(server.loop, has_tickets, &server));
	answer(server.tickets[0], "<later>");
	listener_stop(server.listener);
	httpd_drain(server.httpd);
	answer(server.tickets[1], "<later>");
	await_close(&before);
	await_close(&after);
	cr_assert_eq(count(&before, "<later>"), 1);
	cr_assert_eq(count(&after, "<later>"), 1);
	close_client(&before);
	close_client(&after);
	tear_down(&server);
}

Test(httpd, stops_with_answers_that_were_not_fetched)
{
	struct server server;
	struct client first, second;
	set_up(&server, patient);
	server.later = true;
	server.ticket_count = 0;
	open_client(&first, &server, GET);
	open_client(&second, &server, GET);
	cr_assert(loop_support_until(server.loop, has_tickets, &server));
	answer(server.tickets[0], "<late>");
	answer(server.tickets[1], "<late>");
	tear_down(&server);
	close_client(&first);
	close_client(&second);
}
