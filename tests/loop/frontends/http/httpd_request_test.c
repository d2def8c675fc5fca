#include "frontends/http/httpd_request.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <criterion/criterion.h>

#include "tests/support/http_scene.h"

Test(httpd_request, a_very_long_query_is_answered_at_once)
{
	struct http_scene server;
	struct http_scene_client client;
	struct buffer request = {0};
	http_scene_open(&server, http_scene_patient);
	buffer_add(&request, "GET /?");
	for (int i = 0; i < 1000; i++)
		buffer_add(&request, "a&");
	buffer_add(&request, " HTTP/1.1\r\nHost: a\r\n\r\n" HTTP_SCENE_GET);
	http_scene_connect(&client, &server, request.data);
	http_scene_await(&client, 2);
	cr_assert_eq(http_scene_count(&client, "HTTP/1.1 200"), 2, "%s", client.input.data);
	buffer_finish(&request);
	http_scene_disconnect(&client);
	http_scene_close(&server);
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

Test(httpd_request, a_refusal_ends_the_connection)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		struct http_scene server;
		struct http_scene_client client;
		struct buffer request = {0};
		http_scene_open(&server, http_scene_patient);
		buffer_format(&request, "%s" HTTP_SCENE_GET, refusals[i].text);
		http_scene_connect(&client, &server, request.data);
		http_scene_await_close(&client);
		cr_assert_eq(http_scene_count(&client, "HTTP/1.1 "), 1, "%s: %s", refusals[i].what,
			client.input.data);
		cr_assert_eq(http_scene_count(&client, refusals[i].status), 1, "%s: %s",
			refusals[i].what, client.input.data);
		buffer_finish(&request);
		http_scene_disconnect(&client);
		http_scene_close(&server);
	}
}

Test(httpd_request, a_long_target_is_refused)
{
	struct http_scene server;
	struct http_scene_client client;
	char target[2100];
	memset(target, 'a', sizeof target - 1);
	target[0] = '/';
	target[sizeof target - 1] = '\0';
	struct buffer request = {0};
	buffer_format(&request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
	http_scene_open(&server, http_scene_patient);
	http_scene_connect(&client, &server, request.data);
	http_scene_await_close(&client);
	cr_assert_eq(http_scene_count(&client, "HTTP/1.1 414"), 1, "%s", client.input.data);
	buffer_finish(&request);
	http_scene_disconnect(&client);
	http_scene_close(&server);
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
static unsigned status_for(struct http_scene *server, const struct buffer *request)
{
	struct http_scene_client client;
	http_scene_connect(&client, server, request->data);
	http_scene_await(&client, 1);
	unsigned status = (unsigned)strtoul(client.input.data + 9, NULL, 10);
	if (status != 200)
		http_scene_await_close(&client);
	cr_assert_eq(http_scene_count(&client, "HTTP/1.1 "), 1, "%s", client.input.data);
	cr_assert_not_null(
		strstr(client.input.data, "\r\n\r\n<"), "not our words: %s", client.input.data);
	cr_assert_null(strstr(client.input.data, "<html>"), "not our words: %s", client.input.data);
	http_scene_disconnect(&client);
	return status;
}

Test(httpd_request, a_header_is_answered_at_every_size)
{
	enum { LIMIT = 8192, STEP = 331 };
	struct http_scene server;
	http_scene_open(&server, http_scene_patient);
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
	http_scene_close(&server);
}

Test(httpd_request, a_header_is_answered_with_any_number_of_fields)
{
	struct http_scene server;
	struct buffer fields = {0};
	http_scene_open(&server, http_scene_patient);
	for (size_t count = 1; count < 200; count++) {
		struct buffer request = {0};
		buffer_add(&fields, "X: 1\r\n");
		buffer_format(&request, "GET / HTTP/1.1\r\nHost: a\r\n%s\r\n", fields.data);
		unsigned status = status_for(&server, &request);
		cr_assert(
			status == 431 || (status == 200 && count < 180), "%zu: %u", count, status);
		buffer_finish(&request);
	}
	buffer_finish(&fields);
	http_scene_close(&server);
}

Test(httpd_request, a_header_of_many_fields_is_answered_at_every_size)
{
	struct http_scene server;
	http_scene_open(&server, http_scene_patient);
	for (size_t length = 1000; length < 25000; length += 499) {
		struct buffer request = {0};
		write_header(&request, "Cookie", length, true);
		unsigned status = status_for(&server, &request);
		if (length <= 2500 || length > 8192)
			cr_assert_eq(status, length <= 2500 ? 200 : 431, "%zu", length);
		buffer_finish(&request);
	}
	http_scene_close(&server);
}

Test(httpd_request, a_target_is_answered_at_every_size)
{
	struct http_scene server;
	http_scene_open(&server, http_scene_patient);
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
	http_scene_close(&server);
}

Test(httpd_request, a_nul_in_a_field_is_refused)
{
	static const char *const headers[] = {
		"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0@ 40\r\n\r\n",
		"GET / HTTP/1.1\r\nContent-Length: 0@ 40\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX@Y: 1\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
	};
	struct http_scene server;
	http_scene_open(&server, http_scene_patient);
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		struct http_scene_client client;
		char request[100] = "";
		size_t length = strlen(headers[i]);
		memcpy(request, headers[i], length);
		char *nul = strchr(request, '@');
		if (nul != NULL)
			*nul = '\0';
		http_scene_connect(&client, &server, "");
		cr_assert_eq(send(client.fd, request, length, MSG_NOSIGNAL), (ssize_t)length);
		http_scene_await_close(&client);
		cr_assert_eq(http_scene_count(&client, "HTTP/1.1 400"), 1, "%s", headers[i]);
		cr_assert_eq(http_scene_count(&client, "HTTP/1.1 "), 1);
		http_scene_disconnect(&client);
	}
	http_scene_close(&server);
}
