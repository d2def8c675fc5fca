#include "frontends/http/request_check.h"

#include <string.h>

#include <criterion/criterion.h>

struct field {
	const char *name;
	const char *value;
};

struct header_case {
	const char *what;
	struct field fields[3];
	enum request_fault fault;
};

static const struct header_case header_cases[] = {
	{"plain", {{"Host", "example.org"}, {"Accept", "*/*"}}, REQUEST_FAULT_NONE},
	{"port", {{"host", "example.org:8017"}}, REQUEST_FAULT_NONE},
	{"IPv4", {{"Host", "127.0.0.1:8017"}}, REQUEST_FAULT_NONE},
	{"IPv6", {{"Host", "[::1]:8017"}}, REQUEST_FAULT_NONE},
	{"underscore", {{"Host", "my_host"}}, REQUEST_FAULT_NONE},
	{"blanks behind a host", {{"Host", "example.org \t"}}, REQUEST_FAULT_NONE},
	{"blanks as a host", {{"Host", " \t"}}, REQUEST_FAULT_HOST},
	{"blank behind a coding", {{"Host", "a"}, {"Transfer-Encoding", "chunked "}},
		REQUEST_FAULT_CODING},
	{"no host", {{"Accept", "*/*"}}, REQUEST_FAULT_HOST},
	{"two hosts", {{"Host", "a"}, {"Host", "b"}}, REQUEST_FAULT_HOST},
	{"the same host twice", {{"Host", "a"}, {"HOST", "a"}}, REQUEST_FAULT_HOST},
	{"empty host", {{"Host", ""}}, REQUEST_FAULT_HOST},
	{"path in host", {{"Host", "a/b"}}, REQUEST_FAULT_HOST},
	{"user in host", {{"Host", "a@b"}}, REQUEST_FAULT_HOST},
	{"space in host", {{"Host", "a b"}}, REQUEST_FAULT_HOST},
	{"markup in host", {{"Host", "<b>"}}, REQUEST_FAULT_HOST},
	{"quote in host", {{"Host", "a\"b"}}, REQUEST_FAULT_HOST},
	{"8-bit host", {{"Host", "b\xc3\xbc"}}, REQUEST_FAULT_HOST},
	{"letters as port", {{"Host", "a:http"}}, REQUEST_FAULT_HOST},
	{"long port", {{"Host", "a:123456"}}, REQUEST_FAULT_HOST},
	{"two ports", {{"Host", "a:1:2"}}, REQUEST_FAULT_HOST},
	{"port alone", {{"Host", ":80"}}, REQUEST_FAULT_HOST},
	{"open bracket", {{"Host", "[::1"}}, REQUEST_FAULT_HOST},
	{"empty brackets", {{"Host", "[]"}}, REQUEST_FAULT_HOST},
	{"text behind bracket", {{"Host", "[::1]x"}}, REQUEST_FAULT_HOST},
	{"blank before colon", {{"Host", "a"}, {"X-Y ", "1"}}, REQUEST_FAULT_NAME},
	{"blank in name", {{"Host", "a"}, {"X Y", "1"}}, REQUEST_FAULT_NAME},
	{"no name", {{"Host", "a"}, {"", "1"}}, REQUEST_FAULT_NAME},
	{"control in name", {{"Host", "a"}, {"X\x01", "1"}}, REQUEST_FAULT_NAME},
	{"8-bit name", {{"Host", "a"}, {"X\xe9", "1"}}, REQUEST_FAULT_NAME},
	{"bracket in name", {{"Host", "a"}, {"X(", "1"}}, REQUEST_FAULT_NAME},
	{"every mark of a token", {{"Host", "a"}, {"!#$%&'*+-.^_`|~", "1"}}, REQUEST_FAULT_NONE},
	{"tab and 8-bit value", {{"Host", "a"}, {"X", "a\tb\xc3\xbc"}}, REQUEST_FAULT_NONE},
	{"bare CR", {{"Host", "a"}, {"X", "a\rb"}}, REQUEST_FAULT_VALUE},
	{"escape", {{"Host", "a"}, {"X", "a\x1b"}}, REQUEST_FAULT_VALUE},
	{"DEL", {{"Host", "a"}, {"X", "a\x7f"}}, REQUEST_FAULT_VALUE},
	{"length 0", {{"Host", "a"}, {"Content-Length", "0"}}, REQUEST_FAULT_NONE},
	{"length 00", {{"Host", "a"}, {"Content-Length", "00"}}, REQUEST_FAULT_NONE},
	{"a body", {{"Host", "a"}, {"Content-Length", "5"}}, REQUEST_FAULT_BODY},
	{"two lengths", {{"Host", "a"}, {"Content-Length", "5"}, {"Content-Length", "6"}},
		REQUEST_FAULT_FRAMING},
	{"one length twice", {{"Host", "a"}, {"Content-Length", "0"}, {"content-length", "0"}},
		REQUEST_FAULT_FRAMING},
	{"list of lengths", {{"Host", "a"}, {"Content-Length", "5, 5"}}, REQUEST_FAULT_FRAMING},
	{"signed length", {{"Host", "a"}, {"Content-Length", "+5"}}, REQUEST_FAULT_FRAMING},
	{"negative length", {{"Host", "a"}, {"Content-Length", "-1"}}, REQUEST_FAULT_FRAMING},
	{"hexadecimal length", {{"Host", "a"}, {"Content-Length", "0x5"}}, REQUEST_FAULT_FRAMING},
	{"empty length", {{"Host", "a"}, {"Content-Length", ""}}, REQUEST_FAULT_FRAMING},
	{"huge length", {{"Host", "a"}, {"Content-Length", "99999999999999999999"}},
		REQUEST_FAULT_FRAMING},
	{"chunked", {{"Host", "a"}, {"Transfer-Encoding", "Chunked"}}, REQUEST_FAULT_BODY},
	{"length and chunked",
		{{"Host", "a"}, {"Content-Length", "0"}, {"Transfer-Encoding", "chunked"}},
		REQUEST_FAULT_FRAMING},
	{"chunked and length",
		{{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}},
		REQUEST_FAULT_FRAMING},
	{"unknown coding", {{"Host", "a"}, {"Transfer-Encoding", "gzip"}}, REQUEST_FAULT_CODING},
	{"two codings", {{"Host", "a"}, {"Transfer-Encoding", "gzip, chunked"}},
		REQUEST_FAULT_CODING},
	{"coding identity", {{"Host", "a"}, {"Transfer-Encoding", "identity"}},
		REQUEST_FAULT_CODING},
	{"coding with tail", {{"Host", "a"}, {"Transfer-Encoding", "chunkedx"}},
		REQUEST_FAULT_CODING},
	{"coding in quotes", {{"Host", "a"}, {"Transfer-Encoding", "\"chunked\""}},
		REQUEST_FAULT_CODING},
	{"coding twice",
		{{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
		REQUEST_FAULT_CODING},
};

Test(request_check, fields)
{
	for (size_t i = 0; i < sizeof header_cases / sizeof *header_cases; i++) {
		const struct header_case *row = &header_cases[i];
		struct request_check check = {0};
		for (size_t j = 0; j < 3 && row->fields[j].name != NULL; j++) {
			const struct field *field = &row->fields[j];
			request_check_field(&check, field->name, strlen(field->name), field->value,
				strlen(field->value));
		}
		enum request_fault fault = request_check_end(&check, true, 0);
		cr_assert_eq(fault, row->fault, "%s: %d", row->what, (int)fault);
	}
}

Test(request_check, content_up_to_a_length)
{
	static const struct {
		const char *name;
		const char *value;
		enum request_fault fault;
	} rows[] = {
		{"Content-Length", "0", REQUEST_FAULT_NONE},
		{"Content-Length", "9", REQUEST_FAULT_NONE},
		{"Content-Length", "10", REQUEST_FAULT_BODY},
		{"Content-Length", "999999999999999999", REQUEST_FAULT_BODY},
		{"Transfer-Encoding", "chunked", REQUEST_FAULT_NO_LENGTH},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct request_check check = {0};
		request_check_field(&check, "Host", 4, "a", 1);
		request_check_field(&check, rows[i].name, strlen(rows[i].name), rows[i].value,
			strlen(rows[i].value));
		cr_assert_eq(request_check_end(&check, true, 9), rows[i].fault, "row %zu", i);
	}
}

Test(request_check, nul_in_a_field)
{
	struct request_check check = {0};
	request_check_field(&check, "X", 1, "a\0b", 3);
	cr_assert_eq(request_check_end(&check, false, 0), REQUEST_FAULT_VALUE);
	check = (struct request_check){0};
	request_check_field(&check, "Host", 4, "a\0b", 3);
	cr_assert_eq(request_check_end(&check, false, 0), REQUEST_FAULT_VALUE);
	check = (struct request_check){0};
	request_check_field(&check, "X\0Y", 3, "a", 1);
	cr_assert_eq(request_check_end(&check, false, 0), REQUEST_FAULT_NAME);
}

Test(request_check, http_1_0_needs_no_host_and_allows_no_coding)
{
	struct request_check check = {0};
	cr_assert_eq(request_check_end(&check, false, 0), REQUEST_FAULT_NONE);
	request_check_field(&check, "Transfer-Encoding", 17, "chunked", 7);
	cr_assert_eq(request_check_end(&check, false, 0), REQUEST_FAULT_FRAMING);
}

struct target_case {
	const char *target;
	const char *path;
	enum request_fault fault;
};

static const struct target_case target_cases[] = {
	{"/", "/", REQUEST_FAULT_NONE},
	{"/random.txt", "/random.txt", REQUEST_FAULT_NONE},
	{"/?a=1&b", "/", REQUEST_FAULT_NONE},
	{"/a?b?c", "/a", REQUEST_FAULT_NONE},
	{"*", "*", REQUEST_FAULT_NONE},
	{"//", "/", REQUEST_FAULT_NONE},
	{"//a", "/a", REQUEST_FAULT_NONE},
	{"///a//b?//c", "/a//b", REQUEST_FAULT_NONE},
	{"http://example.org//random", "/random", REQUEST_FAULT_NONE},
	{"/%00", "", REQUEST_FAULT_NONE},
	{"/%7a?%00", "/z", REQUEST_FAULT_NONE},
	{"http://example.org/random", "/random", REQUEST_FAULT_NONE},
	{"HTTP://example.org:80/?x", "/", REQUEST_FAULT_NONE},
	{"https://[::1]:80/random", "/random", REQUEST_FAULT_NONE},
	{"http://example.org", "/", REQUEST_FAULT_NONE},
	{"http://example.org?/random", "/", REQUEST_FAULT_NONE},
	{"http:///random", "", REQUEST_FAULT_TARGET},
	{"http://a b/", "", REQUEST_FAULT_TARGET},
	{"http://user@host/", "", REQUEST_FAULT_TARGET},
	{"ftp://host/", "", REQUEST_FAULT_TARGET},
	{"", "", REQUEST_FAULT_TARGET},
	{"random", "", REQUEST_FAULT_TARGET},
	{"example.org:443", "", REQUEST_FAULT_TARGET},
	{"*x", "", REQUEST_FAULT_TARGET},
	{"/a b", "", REQUEST_FAULT_TARGET},
	{"/\t", "", REQUEST_FAULT_TARGET},
	{"/\x7f", "", REQUEST_FAULT_TARGET},
	{"/\xc3\xbc?\xc3\xbc", "/\xc3\xbc", REQUEST_FAULT_NONE},
	{"/\xfc", "", REQUEST_FAULT_TARGET},
	{"/?\xfc", "", REQUEST_FAULT_TARGET},
	{"http://b\xc3\xbc/", "", REQUEST_FAULT_TARGET},
	{"/#top", "", REQUEST_FAULT_TARGET},
};

Test(request_check, targets)
{
	for (size_t i = 0; i < sizeof target_cases / sizeof *target_cases; i++) {
		char path[REQUEST_PATH_SIZE];
		bool improper;
		const struct target_case *row = &target_cases[i];
		enum request_fault fault = request_check_target(row->target, 100, path, &improper);
		cr_assert_eq(fault, row->fault, "%s: %d", row->target, (int)fault);
		cr_assert_str_eq(path, row->path, "%s: %s", row->target, path);
	}
}

Test(request_check, target_length)
{
	char path[REQUEST_PATH_SIZE];
	bool improper;
	cr_assert_eq(request_check_target("/234567890", 10, path, &improper), REQUEST_FAULT_NONE);
	cr_assert_eq(request_check_target("/2345678901", 10, path, &improper),
		REQUEST_FAULT_TARGET_LENGTH);
	cr_assert_str_eq(path, "/2345678901", "it tells the form of the refusal");
	cr_assert_eq(
		request_check_target("/2345678901 ", 10, path, &improper), REQUEST_FAULT_TARGET);
	cr_assert_str_eq(path, "");
}

Test(request_check, gaps)
{
	static const struct {
		const char *what;
		const char *gap;
		size_t length;
		size_t ends;
		enum request_fault fault;
	} gaps[] = {
		{"line end", "\0\0", 2, 2, REQUEST_FAULT_NONE},
		{"bare line feed", "\0", 1, 2, REQUEST_FAULT_NONE},
		{"blanks before it", " \t \0\0", 5, 2, REQUEST_FAULT_NONE},
		{"colon and blanks", "\0 \t", 3, 1, REQUEST_FAULT_NONE},
		{"end of the header", "\0\0\0\0", 4, 4, REQUEST_FAULT_NONE},
		{"text behind a NUL", "\0 40\0\0", 6, 2, REQUEST_FAULT_VALUE},
		{"another NUL", "\0\0\0", 3, 2, REQUEST_FAULT_VALUE},
		{"NUL in a name", "\0x\0", 3, 1, REQUEST_FAULT_VALUE},
	};
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
		struct request_check check = {0};
		request_check_gap(&check, gaps[i].gap, gaps[i].gap + gaps[i].length, gaps[i].ends);
		cr_assert_eq(check.fault, gaps[i].fault, "%s", gaps[i].what);
	}
	struct request_check check = {0};
	request_check_gap(&check, gaps[0].gap + 1, gaps[0].gap, 2);
	cr_assert_eq(check.fault, REQUEST_FAULT_VALUE, "a field that the parser moved");
}

Test(request_check, statuses)
{
	const char *detail;
	cr_assert_eq(request_check_status(REQUEST_FAULT_NONE, &detail), 200);
	cr_assert_str_eq(detail, "");
	cr_assert_eq(request_check_status(REQUEST_FAULT_BODY, &detail), 413);
	cr_assert_eq(request_check_status(REQUEST_FAULT_TARGET_LENGTH, &detail), 414);
	cr_assert_eq(request_check_status(REQUEST_FAULT_HEADER_LENGTH, &detail), 431);
	for (int fault = REQUEST_FAULT_TARGET; fault <= REQUEST_FAULT_NO_LENGTH; fault++) {
		cr_assert_geq(request_check_status((enum request_fault)fault, &detail), 400);
		cr_assert_neq(detail[0], '\0');
	}
}
