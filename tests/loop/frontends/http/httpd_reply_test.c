#include "frontends/http/httpd_reply.h"

#include <criterion/criterion.h>

#include "tests/support/http_scene.h"

#define GET(target, fields) "GET " target " HTTP/1.1\r\nHost: a\r\n" fields "\r\n"

Test(httpd_reply, what_is_made_of_the_same_is_written_once)
{
	static const struct {
		const char *request;
		uint64_t hash;
		const char *expected;
	} rows[] = {
		{GET("/a", ""), 1, "\r\n\r\n<0>"},
		{GET("/a", ""), 1, "\r\n\r\n<0>"},
		{GET("/a", ""), 2, "\r\n\r\n<1>"},
		{GET("/a?b", ""), 2, "\r\n\r\n<2>"},
		{GET("/a?b", "If-None-Match: \"0000000000000003-3\"\r\n"), 2, "\r\n\r\n<2>"},
		{GET("/a?b", "Accept-Encoding: gzip\r\n"), 2, "\r\n\r\n<3>"},
		{GET("/a?b", "Accept-Encoding: gzip\r\n"), 2, "\r\n\r\n<3>"},
		{GET("/a?b", ""), 2, "\r\n\r\n<4>"},
		{GET("/a?b", "Connection: close\r\n"), 2, "Connection: close\r\n"},
		{GET("/a?b", "Connection: close\r\n"), 2, "\r\n\r\n<4>"},
		{GET("/a?b", ""), 0, "\r\n\r\n<5>"},
		{GET("/a?b", ""), 0, "\r\n\r\n<6>"},
		{GET("/a?b", ""), 2, "\r\n\r\n<4>"},
	};
	struct http_scene server;
	http_scene_open(&server, http_scene_patient);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct http_scene_client client;
		server.hash = rows[i].hash;
		http_scene_connect(&client, &server, rows[i].request);
		http_scene_await(&client, 1);
		cr_assert_eq(http_scene_count(&client, rows[i].expected), 1, "row %zu: %s", i,
			client.input.data);
		cr_assert_eq(http_scene_count(&client, "ETag: "), rows[i].hash != 0, "row %zu", i);
		http_scene_disconnect(&client);
	}
	http_scene_close(&server);
}

Test(httpd_reply, the_last_one_of_a_connection_says_so)
{
	struct http_scene server;
	struct http_scene_client client;
	http_scene_open(&server,
		(struct httpd_options){.idle_timeout = 60, .request_timeout = 60, .max_age = 0});
	server.hash = 1;
	for (int i = 0; i < 2; i++) {
		http_scene_connect(&client, &server, HTTP_SCENE_GET);
		http_scene_await_close(&client);
		cr_assert_eq(http_scene_count(&client, "Connection: close"), 1);
		http_scene_disconnect(&client);
	}
	cr_assert_eq(server.requests, 2);
	http_scene_close(&server);
}
