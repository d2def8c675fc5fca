#include "frontends/mail/mime.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"

#define FLOWED "Content-Type: text/plain; format=Flowed"
#define ARMOR "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n"
#define PLAIN "Content-Type: text/plain; charset=utf-8\r\n"

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
		{"To: a@[192.0.2.1](c\r\n\r\n", false},
		{"reply-to: a@[192.0.2.1]\r\n\t(c\\)\r\n\r\n", false},
		{"To: a@[192.0.2.1] (c)\r\n\r\n", true},
		{"To: a@b.example (c\r\n\r\n", true},
		{"Subject: [list] (c\r\n\r\n", true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mail_headers headers = {0};
		cr_assert_eq(mime_read_headers(rows[i].text, strlen(rows[i].text), &headers),
			rows[i].header, "%s", rows[i].text);
		mail_headers_finish(&headers);
	}
}

Test(mime, has_the_fields_of_the_body_too)
{
	static const char text[] = "Content-Type: Multipart/Report;\r\n boundary=x\r\nA: 1\r\n"
				   "Content-Disposition: inline\r\n\r\n";
	struct mail_headers headers = {0};
	cr_assert(mime_read_headers(text, sizeof text - 1, &headers));
	cr_assert_str_eq(
		mail_headers_find(&headers, "content-type"), "Multipart/Report; boundary=x");
	cr_assert_str_eq(mail_headers_find(&headers, "Content-Disposition"), "inline");
	cr_assert_str_eq(mail_headers_find(&headers, "A"), "1");
	mail_headers_finish(&headers);
}

Test(mime, leaves_out_results_that_a_filter_may_not_see)
{
	static const char text[] = "Authentication-Results : a\r\nAuthentication-Results: b\r\n"
				   "Precedence : bulk\r\n\r\n";
	struct mail_headers headers = {0};
	cr_assert(mime_read_headers(text, sizeof text - 1, &headers));
	cr_assert_eq(headers.count, 2);
	cr_assert_str_eq(mail_headers_find(&headers, "Authentication-Results"), "b");
	cr_assert_str_eq(mail_headers_find(&headers, "Precedence"), "bulk");
	mail_headers_finish(&headers);
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
		{"=?utf-8?B?c2VhcmNoIMM=?=\r\n =?UTF-8?b?pHBmZWw=?= today",
			"search \xc3\xa4pfel today"},
		{"=?utf-8?B?YcM=?= =?utf-8?B?pGI=?= =?utf-8?B?w6Q=?=", "a\xc3\xa4"
								       "b\xc3\xa4"},
		{"=?utf-8?B?c2VhcmNo?= =?iso-8859-1?B?5HBmZWw=?=", "search\xc3\xa4pfel"},
		{"=?utf-8?B?c2V?= =?utf-8?B?hcmNo?=", "search"},
		{"=?utf-8?B?", "=?utf-8?B?"},
		{"=?windows-31j?B?+/w=?=", "\u9AD9"},
		{"=?x-sjis?Q?=93=FA=96=7B?=", "\u65E5\u672C"},
		{"=?x-gbk*zh?Q?=D6=D0?=", "\u4E2D"},
		{"=?us-ascii?Q?=C3=A4?=", "\u00E4"},
		{"=?us-ascii?Q?=E4?=", "\u00E4"},
		{"=?utf-8?B?w6Q?=", "\u00E4"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *text = mime_decode(rows[i].field);
		cr_expect_str_eq(text, rows[i].text, "%s: %s", rows[i].field, text);
		free(text);
	}
}

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
		{"Content-Type: text/plain; charset=windows-31j\r\n\r\n\xfb\xfc\r\n", "\u9AD9"},
		{"Content-Type: text/plain; charset=us-ascii\r\n\r\n\xc3\xa4\r\n", "\u00E4"},
		{"Content-Type: text/plain\r\n\r\n\xe4\r\n", "\u00E4"},
		{"Content-Type: text/plain\r\n\r\n\xe4", "\u00E4"},
		{"Content-Type: text/plain\r\n\r\n\u00E4\r\n\r\ncut \xf0\x9f\x98", "\u00E4"},
		{"Content-Type: multipart/alternative; boundary=x\r\n\r\npreamble\r\n--x\r\n"
		 "Content-Type: text/html\r\n\r\n<p>no\r\n--x\r\n" PLAIN "\r\nyes\r\n--x--\r\n",
			"yes"},
		{"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
		 "Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n" PLAIN
		 "\r\ninner, of which the end is missing\r\n",
			"inner, of which the end is missing"},
		{"Content-Type: text/html\r\n\r\n<p>today</p>\r\n", "today"},
		{"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n" PLAIN
		 "\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>today\r\n--x--\r\n",
			"today"},
		{"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" PLAIN
		 "Content-Disposition: attachment\r\n\r\nno\r\n--x\r\n" PLAIN
		 "\r\nyes\r\n--x--\r\n",
			"yes"},
		{"A: b\r\n\r\n> no\r\n> no\r\n\r\ntoday\r\n", "today"},
		{"A: b\r\n\r\nOn Monday, Ann <a@b.example>\r\nwrote: \r\n\r\n> no\r\ntoday\r\n",
			"today"},
		{PLAIN "\r\nAnn \xe5\x86\x99\xe9\x81\x93\xef\xbc\x9a\r\n>no\r\ntoday\r\n", "today"},
		{"A: b\r\n\r\ntoday\r\n> no\r\n", "today"},
		{"A: b\r\n\r\ntoday\r\n\r\nAnn wrote:\r\n> no\r\n", "today"},
		{"A: b\r\n\r\nsearch:\r\nx\r\n", "search:"},
		{"A: b\r\n\r\nsearch apple \r\npie\r\n", "search apple "},
		{FLOWED "\r\n\r\n search apple \r\n pie \r\ncake\r\nx\r\n",
			"search apple pie cake"},
		{FLOWED "; delsp=yes\r\n\r\nsearch ap \r\nple\r\n", "search apple"},
		{FLOWED "\r\n\r\ntoday \r\n> no\r\n", "today "},
		{FLOWED "\r\n\r\ntoday \r\n\r\nx\r\n", "today "},
		{FLOWED "\r\n\r\ntoday ", "today "},
		{"A: b\r\n\r\nAnn wrote:\r\n> no\r\n", NULL},
		{PLAIN "\r\n\u00A0 \r\n\u200B\uFEFF\r\n\u3000\r\n\f\r\ntoday\r\n", "today"},
		{PLAIN "\r\nAnn wrote:\r\n\u00A0\r\n> no\r\n\r\ntoday\r\n", "today"},
		{PLAIN "\r\n___\r\nFrom: quote\r\n", "___"},
		{PLAIN "\r\n\r\n" ARMOR "\r\ntoday\r\n-----BEGIN PGP SIGNATURE-----\r\n", "today"},
		{PLAIN "\r\n" ARMOR "\r\n", NULL},
		{PLAIN "\r\n" ARMOR, NULL},
		{PLAIN "\r\nx\r\n" ARMOR "\r\ntoday\r\n", "x"},
		{"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n" PLAIN
		 "\r\n\u00A0\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>today\r\n--x--\r\n",
			"today"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *line = mime_first_line(rows[i].text, strlen(rows[i].text));
		cr_expect_eq(line == NULL, rows[i].line == NULL, "row %zu: %s", i, line);
		cr_expect(line == NULL || rows[i].line == NULL || !strcmp(line, rows[i].line),
			"row %zu: %s", i, line);
		free(line);
	}
}

Test(mime, keeps_what_loses_memory_from_gmime)
{
	static const char text[] = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" PLAIN
				   "\r\ntoday\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
				   "Cc: a@[192.0.2.1](c\r\n\r\n--x--\r\n";
	static const char cut[] = "To: a@[192.0.2.1](\0 b)\r\n\r\n"; /* by the NUL */
	struct strings addresses = {0};
	struct mail_headers headers = {0};
	cr_expect_not(mime_read_headers(cut, sizeof cut - 1, &headers));
	cr_expect_null(mime_first_line(text, sizeof text - 1));
	mime_read_addresses("a@[192.0.2.1](c", &addresses);
	cr_expect_eq(addresses.count, 0);
	mime_read_addresses("a@[192.0.2.1] (c)", &addresses);
	cr_expect_eq(addresses.count, 1);
	strings_finish(&addresses);
}

/* Of the sanitizer, if there is one. */
__attribute__((weak)) size_t __sanitizer_get_current_allocated_bytes(void);

static size_t allocated(void)
{
	return __sanitizer_get_current_allocated_bytes != NULL
		       ? __sanitizer_get_current_allocated_bytes()
		       : mallinfo2().uordblks;
}

static void read_charsets(int first, int count)
{
	struct buffer text = {0};
	struct mail_headers headers = {0};
	buffer_add(&text, "From: ");
	for (int i = first; i < first + count; i++)
		buffer_format(&text, "=?made-up-%05d?q?a?= <a@b.example>,\r\n ", i);
	buffer_add(&text, "a@b.example\r\n\r\n");
	cr_assert(mime_read_headers(text.data, text.length, &headers));
	free(mime_decode(mail_headers_find(&headers, "From")));
	mail_headers_finish(&headers);
	buffer_finish(&text);
}

Test(mime, does_not_keep_the_charsets_of_all_messages)
{
	read_charsets(0, 1000);
	size_t before = allocated();
	for (int i = 1; i < 20; i++)
		read_charsets(1000 * i, 1000);
	cr_assert_leq(allocated(), before + 300000, "%zu, %zu", allocated(), before);
}

Test(mime, reads_no_body_with_more_than_20_multiparts)
{
	static const char outer[] = "Content-Type: Multipart/x; boundary=a\r\n\r\n--a\r\n";
	struct buffer text = {0};
	for (int i = 0; i < 20; i++)
		buffer_add(&text, outer);
	buffer_add(&text, PLAIN "\r\nhello\r\n");
	char *line = mime_first_line(text.data, text.length);
	cr_expect_str_eq(line, "hello");
	free(line);
	char *more = mem_format("%s%s", outer, text.data);
	cr_expect_null(mime_first_line(more, strlen(more)));
	free(more);
	buffer_finish(&text);
	while (text.length < 65536)
		buffer_add(&text, "Content-Type: message/rfc822\r\n\r\n");
	free(mime_first_line(text.data, text.length));
	buffer_finish(&text);
}

Test(mime, escapes_markup)
{
	struct buffer out = {0};
	mime_escape("<a href=\"x\">'&\xc3\xa4", 16, &out);
	cr_expect_str_eq(out.data, "&lt;a href=&quot;x&quot;&gt;&apos;&amp;\xc3\xa4");
	buffer_finish(&out);
}

Test(mime, reads_addresses)
{
	struct strings addresses = {0};
	mime_read_addresses("Ann \"x, y\" <a@b.example>, us: c@d.example, <e@f.example>;"
			    " (c) g@h.example",
		&addresses);
	cr_assert_eq(addresses.count, 4);
	cr_expect_str_eq(addresses.items[0], "a@b.example");
	cr_expect_str_eq(addresses.items[1], "c@d.example");
	cr_expect_str_eq(addresses.items[2], "e@f.example");
	cr_expect_str_eq(addresses.items[3], "g@h.example");
	strings_finish(&addresses);
	mime_read_addresses("a@xn--bcher-kva.example, b@b\xc3\xbc"
			    "cher.example",
		&addresses);
	cr_assert_eq(addresses.count, 2);
	cr_expect_str_eq(addresses.items[0], "a@xn--bcher-kva.example");
	cr_expect_str_eq(addresses.items[1], "b@xn--bcher-kva.example");
	strings_finish(&addresses);
	mime_read_addresses("Ann \"x; y\" <a@b.example>; c@d.example;e@f.example;", &addresses);
	cr_assert_eq(addresses.count, 3);
	cr_expect_str_eq(addresses.items[1], "c@d.example");
	cr_expect_str_eq(addresses.items[2], "e@f.example");
	strings_finish(&addresses);
	mime_read_addresses("undisclosed-recipients:;", &addresses);
	mime_read_addresses("", &addresses);
	cr_expect_eq(addresses.count, 0);
	strings_finish(&addresses);
}
