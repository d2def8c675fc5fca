#include "frontends/http/httpd_times.h"

#include <string.h>
#include <sys/socket.h>

#include <criterion/criterion.h>

#include "tests/support/http_scene.h"
#include "tests/support/loop_support.h"

static bool is_accepted(void *data)
{
	struct http_scene *server = data;
	return limits_connections(server->limits) > 0;
}

/* The server is already waiting, so the requests and the end of input wake it only once. */
static void check_half_close(const char *requests, unsigned replies)
{
	struct http_scene server;
	struct http_scene_client client;
	http_scene_open(&server, http_scene_patient);
	http_scene_connect(&client, &server, "");
	cr_assert(loop_support_until(server.loop, is_accepted, &server));
	for (int i = 0; i < 3; i++)
		ev_run(server.loop, EVRUN_NOWAIT);
	size_t length = strlen(requests);
	cr_assert_eq(send(client.fd, requests, length, MSG_NOSIGNAL), (ssize_t)length);
	cr_assert_eq(shutdown(client.fd, SHUT_WR), 0);
	http_scene_await_close(&client);
	cr_assert_eq(http_scene_count(&client, "HTTP/1.1 200"), replies, "%s", client.input.data);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

Test(httpd_times, a_client_that_closes_its_side_is_answered_and_let_go)
{
	check_half_close(HTTP_SCENE_GET, 1);
	check_half_close(
		HTTP_SCENE_GET HTTP_SCENE_GET HTTP_SCENE_GET HTTP_SCENE_GET HTTP_SCENE_GET, 5);
}

static bool drips_until_closed(void *data)
{
	struct http_scene_client *client = data;
	if (!ev_is_active(&client->pause)) {
		send(client->fd, *client->drip != '\0' ? client->drip++ : "x", 1, MSG_NOSIGNAL);
		ev_timer_set(&client->pause, 0.3, 0);
		ev_timer_start(client->server->loop, &client->pause);
	}
	return http_scene_is_closed(client);
}

static void on_pause(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)timer, (void)events;
}

Test(httpd_times, a_drip_is_cut)
{
	struct http_scene server;
	struct http_scene_client client;
	http_scene_open(&server,
		(struct httpd_options){.idle_timeout = 1, .request_timeout = 1, .max_age = 99});
	http_scene_connect(&client, &server, "");
	client.drip = "GET / HTTP/1.1\r\nHost: a\r\nX-Drip: ";
	ev_init(&client.pause, on_pause);
	ev_now_update(server.loop);
	ev_tstamp began = ev_now(server.loop);
	cr_assert(loop_support_until(server.loop, drips_until_closed, &client));
	cr_assert_geq(ev_now(server.loop) - began, 1.5, "not by the idle time-out");
	cr_assert_eq(client.input.length, 0);
	ev_timer_stop(server.loop, &client.pause);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

Test(httpd_times, content_that_stops_is_cut)
{
	struct http_scene server;
	struct http_scene_client client;
	http_scene_open(&server,
		(struct httpd_options){.idle_timeout = 1, .request_timeout = 1, .max_age = 99});
	http_scene_connect(
		&client, &server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
	http_scene_await_close(&client);
	cr_assert_eq(client.input.length, 0);
	cr_assert_eq(server.requests, 0);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

Test(httpd_times, drain_answers_what_has_arrived_and_closes_the_rest)
{
	struct http_scene server;
	struct http_scene_client idle;
	struct http_scene_client asking;
	http_scene_open(&server, http_scene_patient);
	http_scene_connect(&idle, &server, HTTP_SCENE_GET);
	http_scene_connect(&asking, &server, HTTP_SCENE_GET);
	http_scene_await(&idle, 1);
	http_scene_await(&asking, 1);
	cr_assert_eq(send(asking.fd, HTTP_SCENE_GET, strlen(HTTP_SCENE_GET), MSG_NOSIGNAL),
		(ssize_t)strlen(HTTP_SCENE_GET));
	listener_stop(&server.listener);
	httpd_drain(server.httpd);
	http_scene_await_close(&idle);
	http_scene_await_close(&asking);
	cr_assert_eq(http_scene_count(&idle, "HTTP/1.1 200"), 1);
	cr_assert_eq(http_scene_count(&asking, "HTTP/1.1 200"), 2);
	cr_assert_eq(httpd_in_flight(server.httpd), 0);
	http_scene_disconnect(&idle);
	http_scene_disconnect(&asking);
	http_scene_close(&server);
}

Test(httpd_times, drain_waits_for_answers_that_come_later)
{
	struct http_scene server;
	struct http_scene_client before, after;
	http_scene_open(&server, http_scene_patient);
	server.later = true;
	server.waiting_count = 0;
	http_scene_connect(&before, &server, HTTP_SCENE_GET);
	http_scene_connect(&after, &server, HTTP_SCENE_GET);
	http_scene_await_requests(&server);
	http_scene_answer(server.waiting[0], "<later>");
	listener_stop(&server.listener);
	httpd_drain(server.httpd);
	http_scene_answer(server.waiting[1], "<later>");
	http_scene_await_close(&before);
	http_scene_await_close(&after);
	cr_assert_eq(http_scene_count(&before, "<later>"), 1);
	cr_assert_eq(http_scene_count(&after, "<later>"), 1);
	http_scene_disconnect(&before);
	http_scene_disconnect(&after);
	http_scene_close(&server);
}
