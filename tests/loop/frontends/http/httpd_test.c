#include "frontends/http/httpd.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/http_scene.h"
#include "tests/support/loop_support.h"

enum { CLIENT_COUNT = 40 };

Test(httpd, an_idle_connection_times_out)
{
	struct http_scene server;
	struct http_scene_client fresh;
	struct http_scene_client used;
	http_scene_open(&server,
		(struct httpd_options){.idle_timeout = 1, .request_timeout = 60, .max_age = 9});
	http_scene_connect(&fresh, &server, "");
	http_scene_connect(&used, &server, HTTP_SCENE_GET);
	http_scene_await(&used, 1);
	http_scene_await_close(&fresh);
	http_scene_await_close(&used);
	http_scene_disconnect(&fresh);
	http_scene_disconnect(&used);
	http_scene_close(&server);
}

Test(httpd, pipelined_requests_are_answered_in_order)
{
	enum { REQUESTS = 50 };
	struct http_scene server;
	struct http_scene_client client;
	struct buffer requests = {0};
	http_scene_open(&server, http_scene_patient);
	for (int i = 0; i < REQUESTS; i++)
		buffer_add(&requests, HTTP_SCENE_GET);
	http_scene_connect(&client, &server, requests.data);
	http_scene_await(&client, REQUESTS);
	const char *at = client.input.data;
	for (int i = 0; i < REQUESTS; i++) {
		char body[16];
		snprintf(body, sizeof body, "<%d>", i);
		at = strstr(at, body);
		cr_assert_not_null(at, "reply %d is missing or out of order", i);
	}
	cr_assert_eq(
		http_scene_count(&client, "Connection: close"), 0, "queueing keeps the connection");
	buffer_finish(&requests);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

Test(httpd, an_old_connection_ends_with_its_next_reply)
{
	struct http_scene server;
	struct http_scene_client client;
	http_scene_open(&server,
		(struct httpd_options){.idle_timeout = 60, .request_timeout = 60, .max_age = 0});
	http_scene_connect(&client, &server, HTTP_SCENE_GET HTTP_SCENE_GET);
	http_scene_await_close(&client);
	cr_assert_eq(http_scene_count(&client, "HTTP/1.1 200"), 1);
	cr_assert_eq(http_scene_count(&client, "Connection: close"), 1);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

#define POST "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "

Test(httpd, content_is_read_before_the_answer)
{
	struct http_scene server;
	struct http_scene_client client;
	struct buffer request = {0};
	http_scene_open(&server, http_scene_patient);
	buffer_add(&request, POST "2000\r\n\r\n");
	for (int i = 0; i < 2000; i++)
		buffer_add(&request, "b");
	buffer_add(
		&request, POST "0\r\n\r\n" POST "3\r\n\r\na=b" HTTP_SCENE_GET POST "4\r\n\r\nc=");
	http_scene_connect(&client, &server, request.data);
	http_scene_await(&client, 4);
	for (int i = 0; i < 9; i++)
		ev_run(server.loop, EVRUN_NOWAIT);
	cr_assert_eq(http_scene_count(&client, "HTTP/1.1 200"), 4, "the last one is not complete");
	cr_assert_eq(send(client.fd, "d&", 2, MSG_NOSIGNAL), 2);
	http_scene_await(&client, 5);
	cr_assert_eq(http_scene_count(&client, "bbb)<0>"), 1, "%s", client.input.data);
	cr_assert_eq(http_scene_count(&client, "\r\n<1>"), 1);
	cr_assert_eq(http_scene_count(&client, "(a=b)<2>"), 1);
	cr_assert_eq(http_scene_count(&client, "\r\n<3>"), 1);
	cr_assert_eq(http_scene_count(&client, "(c=d&)<4>"), 1);
	buffer_finish(&request);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

Test(httpd, an_absolute_target_is_answered)
{
	struct http_scene server;
	struct http_scene_client client;
	http_scene_open(&server, http_scene_patient);
	http_scene_connect(&client, &server, "GET http://a/random.txt HTTP/1.1\r\nHost: a\r\n\r\n");
	http_scene_await(&client, 1);
	cr_assert_eq(http_scene_count(&client, "HTTP/1.1 200"), 1, "%s", client.input.data);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

Test(httpd, it_survives_running_out_of_descriptors)
{
	struct http_scene server;
	struct http_scene_client clients[CLIENT_COUNT];
	http_scene_open(&server, http_scene_patient);
	for (int i = 0; i < CLIENT_COUNT; i++)
		clients[i] = (struct http_scene_client){
			.server = &server, .fd = loop_support_connect(server.port)};
	/* Enough descriptors for half of the server's ends. */
	int next = fcntl(0, F_DUPFD, 0);
	close(next);
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	struct rlimit low = {(rlim_t)next + CLIENT_COUNT / 2, limit.rlim_max};
	setrlimit(RLIMIT_NOFILE, &low);
	for (int i = 0; i < CLIENT_COUNT; i++)
		send(clients[i].fd, HTTP_SCENE_GET, strlen(HTTP_SCENE_GET), MSG_NOSIGNAL);
	http_scene_await(&clients[0], 1);
	for (int i = 0; i < CLIENT_COUNT; i++)
		http_scene_disconnect(&clients[i]);
	struct http_scene_client late;
	http_scene_connect(&late, &server, HTTP_SCENE_GET);
	http_scene_await(&late, 1);
	setrlimit(RLIMIT_NOFILE, &limit);
	http_scene_disconnect(&late);
	http_scene_close(&server);
}

Test(httpd, it_can_start_again)
{
	struct http_scene server;
	struct http_scene_client client;
	struct error error;
	http_scene_open(&server, http_scene_patient);
	httpd_stop(server.httpd);
	cr_assert(httpd_start(server.httpd, &error));
	http_scene_connect(&client, &server, HTTP_SCENE_GET);
	http_scene_await(&client, 1);
	http_scene_disconnect(&client);
	http_scene_close(&server);
}

Test(httpd, answers_later)
{
	struct http_scene server;
	struct http_scene_client patient_client, gone, other;
	http_scene_open(&server, http_scene_patient);
	server.later = true;
	server.waiting_count = 0;
	http_scene_connect(&patient_client, &server, HTTP_SCENE_GET HTTP_SCENE_GET);
	http_scene_connect(&gone, &server, HTTP_SCENE_GET);
	http_scene_await_requests(&server);
	cr_assert_eq(httpd_in_flight(server.httpd), 2);
	server.later = false;
	http_scene_connect(&other, &server, HTTP_SCENE_GET);
	http_scene_await(&other, 1);
	http_scene_disconnect(&gone);
	http_scene_answer(server.waiting[0], "<later>");
	http_scene_answer(server.waiting[1], "<later>");
	http_scene_await(&patient_client, 2);
	cr_assert_eq(http_scene_count(&patient_client, "<later>"), 1);
	http_scene_disconnect(&patient_client);
	http_scene_disconnect(&other);
	http_scene_close(&server);
}

Test(httpd, stops_with_answers_that_were_not_fetched)
{
	struct http_scene server;
	struct http_scene_client first, second;
	http_scene_open(&server, http_scene_patient);
	server.later = true;
	server.waiting_count = 0;
	http_scene_connect(&first, &server, HTTP_SCENE_GET);
	http_scene_connect(&second, &server, HTTP_SCENE_GET);
	http_scene_await_requests(&server);
	http_scene_answer(server.waiting[0], "<late>");
	http_scene_answer(server.waiting[1], "<late>");
	http_scene_close(&server);
	http_scene_disconnect(&first);
	http_scene_disconnect(&second);
}
