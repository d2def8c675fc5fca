#include "frontends/mail/mail_deliver.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "frontends/mail/smtp/smtp_data.h"

Test(mail_deliver, finds_the_sender_of_the_envelope)
{
	static const struct {
		const char *message;
		const char *fallback;
		const char *sender; /* NULL: not known */
	} rows[] = {
		{"From a@b.example Thu Nov 26 21:00:00 2026\nReturn-Path: <x@y>\n", NULL,
			"a@b.example"},
		{"From MAILER-DAEMON Thu Nov 26 21:00:00 2026\n", NULL, ""},
		{"A: b\r\nreturn-path:\t<a@b.example>\r\n\r\n", "c@d", "a@b.example"},
		{"Return-Path: <>\n\n", "c@d", ""},
		{"From: x@y\n\nReturn-Path: <a@b.example>\n", "c@d", "c@d"},
		{"From: x@y\n\nx\n", "root", ""},
		{"From: x@y\n\nx\n", NULL, NULL},
		{"", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *sender = mail_deliver_sender(rows[i].message, rows[i].fallback);
		cr_expect_eq(sender == NULL, rows[i].sender == NULL, "row %zu", i);
		cr_expect(sender == NULL || rows[i].sender == NULL ||
				  strcmp(sender, rows[i].sender) == 0,
			"row %zu: %s", i, sender);
		free(sender);
	}
}

Test(mail_deliver, encodes_any_line_end)
{
	static const struct {
		const char *message;
		const char *encoded;
	} rows[] = {
		{"a\nb\n", "a\r\nb\r\n.\r\n"},
		{"a\r\nb", "a\r\nb\r\n.\r\n"},
		{".\n..x\n", "..\r\n...x\r\n.\r\n"},
		{"\n", "\r\n.\r\n"},
		{"", ".\r\n"},
		{"a\rb\n", "a\rb\r\n.\r\n"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer out = {0};
		mail_deliver_encode(rows[i].message, strlen(rows[i].message), &out);
		cr_expect_str_eq(out.data, rows[i].encoded, "row %zu", i);
		buffer_finish(&out);
	}
}

Test(mail_deliver, breaks_long_lines)
{
	static char line[3000];
	struct buffer out = {0};
	struct buffer text = {0};
	struct smtp_data reader = {0};
	memset(line, 'x', 2500);
	memcpy(line + 2500, "\ny\n", 4);
	line[0] = '.';
	mail_deliver_encode(line, strlen(line), &out);
	cr_expect_eq(smtp_data_feed(&reader, out.data, out.length, 9999, &text), out.length);
	cr_expect(reader.done);
	cr_expect_eq(reader.fault, SMTP_DATA_FAULT_NONE);
	cr_expect_eq(text.length, 2500 + 2 * strlen("\r\n ") + strlen("\r\ny\r\n"));
	cr_expect_eq(strncmp(text.data + 998, "\r\n xx", 5), 0);
	cr_expect_eq(text.data[0], '.');
	buffer_finish(&out);
	buffer_finish(&text);
}

Test(mail_deliver, says_what_keeps_it_from_handing_over)
{
	static const struct {
		const char *message;
		const char *sender;
		size_t max_bytes;
		int status;
		const char *reason;
	} rows[] = {
		{"A: b\n", NULL, 9, EX_USAGE, "nothing says who sent the message; "},
		{"A: b\n", "a@b@c", 9, EX_DATAERR, "'a@b@c' or 'q@q.example' is not an address"},
		{"A: b\n", "a@b", 4, EX_DATAERR, "the message has more than 4 octets; "},
		{"A: b\n", "a@b", 9, EX_TEMPFAIL,
			"cannot connect to unix:/nonexistent/lmtp: No such file or directory; "},
	};
	unsetenv("SENDER");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[16];
		struct error error;
		snprintf(text, sizeof text, "%s", rows[i].message);
		FILE *in = fmemopen(text, strlen(text), "r");
		struct mail_delivery delivery = {"unix:/nonexistent/lmtp", true, rows[i].sender,
			"q@q.example", rows[i].max_bytes};
		cr_expect_eq(mail_deliver(&delivery, in, &error), rows[i].status, "row %zu", i);
		cr_expect_eq(strncmp(error.text, rows[i].reason, strlen(rows[i].reason)), 0, "%s",
			error.text);
		fclose(in);
	}
}
