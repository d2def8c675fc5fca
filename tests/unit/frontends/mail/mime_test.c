#include "frontends/mail/mime.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

static char *compose(const char *subject, const char *text)
{
	size_t length;
	struct mime_answer answer = {
		.from_name = "Quote of the day",
		.from_address = "quote@q.example",
		.to_address = "a@b.example",
		.message_id = "1@q.example",
		.subject = subject,
		.in_reply_to = "<m1@b.example>",
		.references = "<r1@b.example> <r2@b.example>",
		.text = text,
		.date = 1000000000,
	};
	char *message = mime_compose(&answer, &length);
	cr_assert_eq(strlen(message), length);
	return message;
}

static int count(const char *text, const char *part)
{
	int found = 0;
	for (; (text = strstr(text, part)); text += strlen(part)) {
		found++;
	}
	return found;
}

static void check_lines(const char *message, size_t limit)
{
	size_t column = 0;
	for (const char *p = message; *p; p++) {
		cr_assert(!(*p & 0x80));
		cr_assert(*p != '\n' || p[-1] == '\r');
		column = *p == '\n' ? 0 : column + (*p != '\r');
		cr_assert_leq(column, limit, "%s", message);
	}
}

Test(mime, answer)
{
	char *message = compose("Hello", "An apple\n.a day\n");
	static const char *const parts[] = {"From: Quote of the day <quote@q.example>\r\n",
		"To: a@b.example\r\n", "Date: Sun, 09 Sep 2001 01:46:40 +0000\r\n",
		"Message-Id: <1@q.example>\r\n", "Subject: Auto: Hello\r\n",
		"In-Reply-To: <m1@b.example>\r\n",
		"References: <r1@b.example>\r\n <r2@b.example>\r\n <m1@b.example>\r\n",
		"Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n",
		"X-Auto-Response-Suppress: All\r\n", "Content-Type: text/plain; charset=utf-8\r\n",
		"Content-Transfer-Encoding: 7bit\r\n", "\r\n\r\nAn apple\r\n.a day\r\n"};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *found = strcasestr(message, parts[i]);
		cr_assert_not_null(found, "%s is not in\n%s", parts[i], message);
	}
	static const char *const fields[] = {"\nSubject:", "\nAuto-Submitted:", "\nIn-Reply-To:",
		"\nReferences:", "\nTo:", "\nFrom:", "\nMessage-Id:"};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		cr_assert_eq(count(message, fields[i]), 1, "%s in\n%s", fields[i], message);
	}
	check_lines(message, 76);
	free(message);
}

Test(mime, subjects)
{
	static const char *const subjects[] = {
		"=?utf-8?B?w6TDtsO8?= =?utf-8?Q?=C3=9F?= and plain words",
		"=?utf-8?Q?=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4"
		"=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4=C3=A4?= x",
		"one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
		"fifteen",
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxxxx"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxx",
		"raw \xff\xfe octets \xe4",
		"=?utf-8?Q?a=0D=0ABcc:_evil@x.example?=",
		"",
		NULL,
	};
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		char *message = compose(subjects[i], "x\n");
		struct mail_headers headers = {0};
		check_lines(message, 76);
		cr_assert_not(strstr(message, "\nBcc:"));
		cr_assert(mime_read_headers(message, strlen(message), &headers));
		const char *subject = mail_headers_find(&headers, "Subject");
		cr_assert_not_null(subject);
		cr_assert(strncmp(subject, "Auto:", 5) == 0 || strncmp(subject, "=?", 2) == 0, "%s",
			subject);
		mail_headers_finish(&headers);
		free(message);
	}
}

Test(mime, bodies)
{
	char line[1200];
	memset(line, 'x', 1000);
	strcpy(line + 1000, "\n");
	const char *const bodies[] = {"\xc3\xa4\n", line};
	for (size_t i = 0; i < 2; i++) {
		char *message = compose("x", bodies[i]);
		cr_assert_not_null(
			strstr(message, "Content-Transfer-Encoding: quoted-printable\r\n"));
		check_lines(message, 76);
		free(message);
	}
}

Test(mime, headers)
{
	struct mail_headers headers = {0};
	static const char text[] = "A: 1\r\nList-Id: a\r\n b\r\nA: 2\r\n\r\nA: 3\r\n";
	cr_assert(mime_read_headers(text, sizeof text - 1, &headers));
	cr_assert_eq(headers.count, 3);
	cr_assert_str_eq(mail_headers_find(&headers, "a"), "1");
	cr_assert_str_eq(mail_headers_find(&headers, "list-id"), "a b");
	mail_headers_finish(&headers);
	cr_assert_not(mime_read_headers("A: 1\r\n", 6, &headers));
	cr_assert(mime_read_headers("\r\n", 2, &headers));
	mail_headers_finish(&headers);
}

Test(mime, refuses_a_header_with_a_line_that_is_not_a_field)
{
	static const struct {
		const char *text;
		bool header;
	} rows[] = {
		{"A: 1\r\n\r\n", true},
		{"A : 1\r\n\tx\r\n\r\n", true},
		{"A:\r\n\r\n", true},
		{"garbage\r\nAuto-Submitted: auto-replied\r\n\r\n", false},
		{" A: 1\r\nAuto-Submitted: auto-replied\r\n\r\n", false},
		{"A: 1\r\nno field: 1\r\n\r\n", false},
		{": 1\r\n\r\n", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mail_headers headers = {0};
		cr_assert_eq(mime_read_headers(rows[i].text, strlen(rows[i].text), &headers),
			rows[i].header, "%s", rows[i].text);
		mail_headers_finish(&headers);
	}
}

Test(mime, message_ids)
{
	static const struct {
		const char *field;
		const char *id;
	} rows[] = {{"<a@b>", "<a@b>"}, {" <a@b> x", "<a@b>"}, {"", NULL}, {"<a\xff@b>", NULL}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *id = mime_message_id(rows[i].field);
		cr_assert(rows[i].id ? id && strcmp(id, rows[i].id) == 0 : !id, "%s: %s",
			rows[i].field, id);
		free(id);
	}
}

Test(mime, decodes_fields_in_any_charset)
{
	static const struct {
		const char *field;
		const char *text;
	} rows[] = {
		{"plain", "plain"},
		{"=?utf-8?B?c2VhcmNoIMOkcGZlbA==?=", "search \xc3\xa4pfel"},
		{"=?ISO-8859-1?Q?search_=E4pfel?=", "search \xc3\xa4pfel"},
		{"=?utf-8?Q?search_=C3?= =?utf-8?Q?=A4pfel?=", "search \xc3\xa4pfel"},
		{"=?utf-8?Q?sear?=\t=?utf-8?Q?ch_x?=", "search x"},
		{"=?koi8-r?B?8NLJ18XU?=", "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"},
		{"=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=",
			"\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"},
		{"=?iso-2022-jp?B?GyRCO0QbKEI=?=", "\xe6\xae\x8b"},
		{"=?gb2312?B?suLK1A==?=", "\xe6\xb5\x8b\xe8\xaf\x95"},
		{"search \xc3\xa4pfel", "search \xc3\xa4pfel"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *text = mime_decode(rows[i].field);
		cr_expect_str_eq(text, rows[i].text, "%s: %s", rows[i].field, text);
		free(text);
	}
}

#define PLAIN "Content-Type: text/plain; charset=utf-8\r\n"

Test(mime, finds_the_first_line_of_the_text)
{
	static const struct {
		const char *text;
		const char *line;
	} rows[] = {
		{"A: b\r\n\r\n\r\n \r\ntoday\r\nx\r\n", "today"},
		{"A: b\r\n\r\n", NULL},
		{"A: b\r\n", NULL},
		{"", NULL},
		{PLAIN "Content-Transfer-Encoding: base64\r\n\r\ndG9kYXk=\r\n", "today"},
		{"Content-Type: text/plain; charset=iso-8859-1\r\n"
		 "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n",
			"\xc3\xa4"},
		{"Content-Type: multipart/alternative; boundary=x\r\n\r\npreamble\r\n--x\r\n"
		 "Content-Type: text/html\r\n\r\n<p>no\r\n--x\r\n" PLAIN "\r\nyes\r\n--x--\r\n",
			"yes"},
		{"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
		 "Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n" PLAIN
		 "\r\ninner, of which the end is missing\r\n",
			"inner, of which the end is missing"},
		{"Content-Type: text/html\r\n\r\n<p>today</p>\r\n", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *line = mime_first_line(rows[i].text, strlen(rows[i].text));
		cr_expect_eq(line == NULL, rows[i].line == NULL, "row %zu: %s", i, line);
		cr_expect(line == NULL || rows[i].line == NULL || !strcmp(line, rows[i].line),
			"row %zu: %s", i, line);
		free(line);
	}
}

Test(mime, survives_parts_within_parts)
{
	static const char part[] = "Content-Type: multipart/x; boundary=a\r\n\r\n--a\r\n";
	struct buffer text = {0};
	while (text.length < 65536)
		buffer_add(&text, part);
	free(mime_first_line(text.data, text.length));
	buffer_finish(&text);
	while (text.length < 65536)
		buffer_add(&text, "Content-Type: message/rfc822\r\n\r\n");
	free(mime_first_line(text.data, text.length));
	buffer_finish(&text);
}

Test(mime, an_answer_can_have_html_too)
{
	size_t length;
	struct mime_answer answer = {
		.from_name = "q",
		.from_address = "quote@q.example",
		.to_address = "a@b.example",
		.message_id = "1@q.example",
		.text = "An \xc3\xa4pple\n",
		.html = "<p>An apple</p>\n",
	};
	char *message = mime_compose(&answer, &length);
	const char *plain = strstr(message, "\r\nContent-Type: text/plain; charset=utf-8\r\n");
	const char *html = strstr(message, "\r\nContent-Type: text/html; charset=utf-8\r\n");
	cr_assert_not_null(strstr(message, "\r\nContent-Type: multipart/alternative; "));
	cr_assert(plain != NULL && html != NULL && plain < html, "%s", message);
	cr_expect_not_null(strstr(html, "\r\n\r\n<p>An apple</p>\r\n"), "%s", message);
	char *line = mime_first_line(message, length);
	cr_expect_str_eq(line, "An \xc3\xa4pple");
	free(line);
	check_lines(message, 76);
	free(message);
}

Test(mime, escapes_markup)
{
	struct buffer out = {0};
	mime_escape("<a href=\"x\">'&\xc3\xa4", 18, &out);
	cr_expect_str_eq(out.data, "&lt;a href=&quot;x&quot;&gt;&apos;&amp;\xc3\xa4");
	buffer_finish(&out);
}
