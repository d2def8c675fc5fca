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
