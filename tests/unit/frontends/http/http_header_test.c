#include "frontends/http/http_header.h"

#include <string.h>

#include <criterion/criterion.h>

/* Parses as the library does: ends names and values in place, at the first NUL. */
static enum request_fault parse(char *text, size_t length, struct http_header *header)
{
	char *line = text;
	while (line < text + length && *line != '\r') {
		char *end = memchr(line, '\r', (size_t)(text + length - line));
		char *colon = memchr(line, ':', (size_t)(end - line));
		end[0] = end[1] = colon[0] = '\0';
		char *value = colon + 1 + strspn(colon + 1, " ");
		http_header_add(header, line, strlen(line), value, strlen(value));
		line = end + 2;
	}
	line[0] = line[1] = '\0';
	return http_header_end(header, line + 2);
}

#define HOST "Host: a\r\n"

Test(http_header, finds_what_stands_behind_a_nul)
{
	static const struct {
		const char *text;
		size_t length;
		enum request_fault fault;
	} rows[] = {
#define ROW(text, fault) {text, sizeof text - 1, fault}
		ROW(HOST "\r\n", REQUEST_FAULT_NONE),
		ROW(HOST "Content-Length: 0\r\n\r\n", REQUEST_FAULT_NONE),
		ROW(HOST "Content-Length: 0\0 40\r\n\r\n", REQUEST_FAULT_VALUE),
		ROW("Content-Length: 0\0 40\r\n" HOST "\r\n", REQUEST_FAULT_VALUE),
		ROW(HOST "X: \0\r\n\r\n", REQUEST_FAULT_VALUE),
		ROW(HOST "X\0Y: 1\r\n\r\n", REQUEST_FAULT_VALUE),
		ROW("Host: a\0b\r\n\r\n", REQUEST_FAULT_VALUE),
#undef ROW
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[100];
		struct http_request request = {.version = "HTTP/1.1"};
		struct http_header header = {.request = &request};
		memcpy(text, rows[i].text, rows[i].length);
		cr_assert_eq(parse(text, rows[i].length, &header), rows[i].fault, "row %zu", i);
	}
}

Test(http_header, keeps_the_fields_that_matter)
{
	char text[] = HOST "Accept: text/html\r\naccept-encoding: gzip\r\nIf-None-Match: *\r\n"
			   "User-Agent: x/1\r\nX-Forwarded-For: 192.0.2.1\r\n"
			   "X-Forwarded-Proto: https\r\nX-Forwarded-Host: b\r\n"
			   "X-Forwarded-Prefix: /c\r\nForwarded: for=d\r\n\r\n";
	struct http_request request = {.version = "HTTP/1.1"};
	struct http_header header = {.request = &request};
	cr_assert_eq(parse(text, sizeof text - 1, &header), REQUEST_FAULT_NONE);
	cr_assert_eq(header.count, 10);
	cr_assert_str_eq(request.accept, "text/html");
	cr_assert_str_eq(request.accept_encoding, "gzip");
	cr_assert_str_eq(request.if_none_match, "*");
	cr_assert_str_eq(request.user_agent, "x/1");
	cr_assert_str_eq(header.forwarded.for_, "192.0.2.1");
	cr_assert_str_eq(header.forwarded.proto, "https");
	cr_assert_str_eq(header.forwarded.host, "b");
	cr_assert_str_eq(header.forwarded.prefix, "/c");
	cr_assert_str_eq(header.forwarded.forwarded, "for=d");
}

Test(http_header, joins_what_several_proxies_added)
{
	char text[] = HOST "X-Forwarded-For: a\r\nForwarded: for=d\r\nx-forwarded-for: b, c\r\n"
			   "X-Forwarded-Host: e\r\nX-Forwarded-For:\r\nforwarded: for=f\r\n"
			   "X-Forwarded-Host: g\r\n\r\n";
	struct http_request request = {.version = "HTTP/1.1"};
	struct http_header header = {.request = &request};
	cr_assert_eq(parse(text, sizeof text - 1, &header), REQUEST_FAULT_NONE);
	cr_assert_str_eq(header.forwarded.for_, "a, b, c, ");
	cr_assert_str_eq(header.forwarded.forwarded, "for=d, for=f");
	cr_assert_str_eq(header.forwarded.host, "g");
	http_header_finish(&header);
}

Test(http_header, only_http_1_1_needs_a_host)
{
	struct http_request request = {.version = "HTTP/1.0"};
	struct http_header header = {.request = &request};
	cr_assert_eq(http_header_end(&header, NULL), REQUEST_FAULT_NONE);
	request.version = "HTTP/1.1";
	cr_assert_eq(http_header_end(&header, NULL), REQUEST_FAULT_HOST);
}
