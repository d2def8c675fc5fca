#include "frontends/http/http_reply.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"

static const char *field(const struct http_reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->field_count; i++) {
		if (strcmp(reply->fields[i].name, name) == 0)
			return reply->fields[i].value;
	}
	return "";
}

static struct http_reply reply_of(size_t length)
{
	struct http_reply reply = {.status = 200, .validate = true, .compress = true};
	for (size_t i = 0; i < length; i++)
		buffer_append(&reply.content, "x", 1);
	return reply;
}

Test(http_reply, gives_304_to_a_client_that_has_the_content)
{
	struct http_reply first = reply_of(10);
	struct http_request request = {0};
	http_reply_complete(&first, &request, NULL);
	cr_assert_eq(first.status, 200);
	cr_assert_eq(strncmp(field(&first, "ETag"), "W/\"", 3), 0);
	request.if_none_match = field(&first, "ETag");
	struct http_reply same = reply_of(10);
	http_reply_complete(&same, &request, NULL);
	cr_assert_eq(same.status, 304);
	cr_assert_eq(same.length, 10, "the length that a 200 would give");
	cr_assert_str_eq(field(&same, "ETag"), field(&first, "ETag"));
	struct http_reply other = reply_of(11);
	http_reply_complete(&other, &request, NULL);
	cr_assert_eq(other.status, 200);
	struct http_reply error = reply_of(10);
	error.status = 404;
	request.if_none_match = "*";
	http_reply_complete(&error, &request, NULL);
	cr_assert_eq(error.status, 404);
	http_reply_finish(&first);
	http_reply_finish(&same);
	http_reply_finish(&other);
	http_reply_finish(&error);
}

Test(http_reply, needs_no_content_if_a_hash_stands_for_it)
{
	struct http_reply first = reply_of(10);
	struct http_request request = {0};
	cr_assert_not(http_reply_has(&first, &request, 0x1f));
	http_reply_complete(&first, &request, NULL);
	cr_assert_eq(first.status, 200);
	cr_assert_str_eq(field(&first, "ETag"), "W/\"000000000000001f-a\"");
	request.if_none_match = field(&first, "ETag");
	struct http_reply same = {.validate = true, .compress = true};
	cr_assert(http_reply_has(&same, &request, 0x1f));
	http_reply_complete(&same, &request, NULL);
	cr_assert_eq(same.status, 304);
	cr_assert_eq(same.length, 10);
	cr_assert_str_eq(field(&same, "ETag"), field(&first, "ETag"));
	cr_assert_not(http_reply_has(&same, &request, 0x20));
	request.if_none_match = "*";
	cr_assert_not(http_reply_has(&same, &request, 0x1f), "its length is not known yet");
	http_reply_finish(&first);
	http_reply_finish(&same);
}

Test(http_reply, is_compressed_if_that_pays_and_the_client_accepts_it)
{
	static const struct {
		const char *accepted;
		size_t length;
		bool compress;
		bool compressed;
	} cases[] = {
		{"gzip", HTTP_REPLY_GZIP_MIN, true, true},
		{"gzip", HTTP_REPLY_GZIP_MIN - 1, true, false},
		{"gzip", HTTP_REPLY_GZIP_MAX, true, true},
		{"gzip", HTTP_REPLY_GZIP_MAX + 1, true, false},
		{"gzip", HTTP_REPLY_GZIP_MIN, false, false},
		{"br", HTTP_REPLY_GZIP_MIN, true, false},
		{NULL, HTTP_REPLY_GZIP_MIN, true, false},
	};
	struct gzip *gzip = gzip_create();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_reply reply = reply_of(cases[i].length);
		struct http_request request = {.accept_encoding = cases[i].accepted};
		reply.compress = cases[i].compress;
		http_reply_complete(&reply, &request, gzip);
		cr_assert_eq(reply.content.length < cases[i].length, cases[i].compressed);
		cr_assert_str_eq(field(&reply, "Content-Encoding"),
			cases[i].compressed ? "gzip" : "", "case %zu", i);
		cr_assert_str_eq(field(&reply, "Vary"), cases[i].compress ? "Accept-Encoding" : "");
		http_reply_finish(&reply);
	}
	gzip_destroy(gzip);
}

Test(http_reply, has_one_vary)
{
	static const char *const expected[] = {
		"Accept, User-Agent", "Accept, User-Agent, Accept-Encoding"};
	for (int compress = 0; compress <= 1; compress++) {
		struct http_reply reply = reply_of(1);
		struct http_request request = {0};
		reply.varies = true;
		reply.compress = compress != 0;
		http_reply_complete(&reply, &request, NULL);
		cr_expect_str_eq(field(&reply, "Vary"), expected[compress]);
		http_reply_finish(&reply);
	}
}

Test(http_reply, can_be_written_without_a_library)
{
	struct http_reply reply = {.status = 431, .location = mem_strdup("./x")};
	struct http_request request = {0};
	struct buffer text = {0};
	http_reply_add(&reply, "Content-Type", "text/plain");
	buffer_add(&reply.content, "long\n");
	http_reply_complete(&reply, &request, NULL);
	http_reply_write(&reply, &text);
	static const char begin[] = "HTTP/1.1 431 Request Header Fields Too Large\r\nDate: ";
	cr_assert_eq(strncmp(text.data, begin, sizeof begin - 1), 0, "%s", text.data);
	cr_assert_not_null(strstr(text.data, " GMT\r\nContent-Type: text/plain\r\n"
					     "Location: ./x\r\nConnection: close\r\n"
					     "Content-Length: 5\r\n\r\nlong\n"));
	buffer_finish(&text);
	http_reply_finish(&reply);
}

Test(http_reply, drops_fields_over_the_limit)
{
	struct http_reply reply = {0};
	http_reply_add(&reply, "Allow", "GET");
	cr_expect_eq(reply.field_count, 1);
	cr_expect_str_eq(reply.fields[0].name, "Allow");
	cr_expect_str_eq(reply.fields[0].value, "GET");
	for (int i = 0; i < HTTP_REPLY_FIELDS_MAX; i++)
		http_reply_add(&reply, "Vary", "Accept");
	cr_expect_eq(reply.field_count, HTTP_REPLY_FIELDS_MAX);
}

Test(http_reply, says_when_to_try_again)
{
	struct http_reply reply = {.status = 503, .retry_after = 7};
	struct buffer out = {0};
	http_reply_complete(&reply, &(struct http_request){0}, NULL);
	http_reply_write(&reply, &out);
	cr_assert_not_null(strstr(out.data, "\r\nRetry-After: 7\r\n"));
	buffer_finish(&out);
	http_reply_finish(&reply);
}

Test(http_reply, says_for_how_long_it_may_be_kept)
{
	struct http_reply reply = {.status = 200, .max_age = 90};
	struct buffer out = {0};
	buffer_add(&reply.content, "x");
	http_reply_complete(&reply, &(struct http_request){0}, NULL);
	http_reply_write(&reply, &out);
	const char *field = strstr(out.data, "\r\nCache-Control: public, max-age=90\r\n");
	cr_assert_not_null(field);
	cr_assert_null(strstr(field + 4, "Cache-Control"), "twice");
	buffer_finish(&out);
	http_reply_finish(&reply);
}

/* By the checksum of the front, and by what follows it. */
Test(http_reply, tags_a_content_by_all_of_its_parts)
{
	static const struct {
		unsigned long crc;
		const char *content;
	} rows[] = {{1, "front-a"}, {2, "front-a"}, {1, "front-b"}};
	char tags[3][HTTP_TAG_SIZE];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gzip_part front = {.length = 5, .crc = rows[i].crc};
		struct http_reply reply = {.status = 200, .validate = true, .front = &front};
		buffer_add(&reply.content, rows[i].content);
		http_reply_complete(&reply, &(struct http_request){0}, NULL);
		memcpy(tags[i], reply.tag, sizeof tags[i]);
		http_reply_finish(&reply);
	}
	cr_expect_str_neq(tags[0], tags[1]);
	cr_expect_str_neq(tags[0], tags[2]);
}

Test(http_reply, says_where_it_is)
{
	static const struct {
		unsigned status;
		const char *field, *other;
	} rows[] = {{200, "Content-Location", "Location"}, {302, "Location", "Content-Location"}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct http_reply reply = {
			.status = rows[i].status, .location = mem_strdup("./q/870c")};
		http_reply_complete(&reply, &(struct http_request){0}, NULL);
		cr_expect_str_eq(field(&reply, rows[i].field), "./q/870c");
		cr_expect_str_eq(field(&reply, rows[i].other), "");
		http_reply_finish(&reply);
	}
}
