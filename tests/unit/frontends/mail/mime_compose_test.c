#include "frontends/mail/mime_compose.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "frontends/mail/mime.h"

static char *compose(const char *subject, const char *text)
{
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
	return mime_compose(&answer);
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

Test(mime_compose, answer)
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

Test(mime_compose, subjects)
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

Test(mime_compose, says_auto_once)
{
	static const char *const subjects[][2] = {
		{"Re: Auto: quote", "Subject: Auto: quote\r\n"},
		{"AW: Auto: Re: Auto: search x", "Subject: Auto: search x\r\n"},
		{"=?utf-8?Q?Re:_Auto:_=C3=A4?=", "Subject: Auto:\r\n =?UTF-8?B?w6Q=?=\r\n"},
		{"Re: quote", "Subject: Auto: Re: quote\r\n"},
		{"Re: Auto: Mein Auto: today", "Subject: Auto: Mein Auto: today\r\n"},
	};
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		char *message = compose(subjects[i][0], "x\n");
		cr_expect_not_null(
			strstr(message, subjects[i][1]), "%s in\n%s", subjects[i][1], message);
		free(message);
	}
}

Test(mime_compose, bodies)
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

Test(mime_compose, an_answer_can_have_html_too)
{
	struct mime_answer answer = {
		.from_name = "q",
		.from_address = "quote@q.example",
		.to_address = "a@b.example",
		.message_id = "1@q.example",
		.text = "An \xc3\xa4pple\n",
		.html = "<p>An apple</p>\n",
	};
	char *message = mime_compose(&answer);
	const char *plain = strstr(message, "\r\nContent-Type: text/plain; charset=utf-8\r\n");
	const char *html = strstr(message, "\r\nContent-Type: text/html; charset=utf-8\r\n");
	cr_assert_not_null(strstr(message, "\r\nContent-Type: multipart/alternative; "));
	cr_assert(plain != NULL && html != NULL && plain < html, "%s", message);
	cr_expect_not_null(strstr(html, "\r\n\r\n<p>An apple</p>\r\n"), "%s", message);
	char *line = mime_first_line(message, strlen(message));
	cr_expect_str_eq(line, "An \xc3\xa4pple");
	free(line);
	check_lines(message, 76);
	free(message);
}
