#include "frontends/mail/smtp/smtp_line.h"

#include <criterion/criterion.h>
#include <string.h>

static enum smtp_line_event feed(struct smtp_line *line, const char *octets, size_t length)
{
	enum smtp_line_event event = SMTP_LINE_EVENT_MORE;
	for (size_t i = 0; i < length; i++) {
		cr_assert_eq(event, SMTP_LINE_EVENT_MORE, "octet %zu is after the end", i);
		event = smtp_line_take(line, octets[i]);
	}
	return event;
}

Test(smtp_line, ends)
{
	static const struct {
		const char *octets;
		size_t length;
		enum smtp_line_event event;
		const char *text;
	} cases[] = {
		{"NOOP\r\n", 6, SMTP_LINE_EVENT_WHOLE, "NOOP"},
		{"NOOP  \r\n", 8, SMTP_LINE_EVENT_WHOLE, "NOOP"},
		{"\r\n", 2, SMTP_LINE_EVENT_WHOLE, ""},
		{"NOOP", 4, SMTP_LINE_EVENT_MORE, NULL},
		{"NOOP\r", 5, SMTP_LINE_EVENT_MORE, NULL},
		{"NOOP\n", 5, SMTP_LINE_EVENT_BARE_LF, NULL},
		{"\n", 1, SMTP_LINE_EVENT_BARE_LF, NULL},
		{"NO\rOP\r\n", 7, SMTP_LINE_EVENT_CONTROL, NULL},
		{"NOOP\r\r\n", 7, SMTP_LINE_EVENT_CONTROL, NULL},
		{"NO\0OP\r\n", 7, SMTP_LINE_EVENT_CONTROL, NULL},
		{"NOOP\t\r\n", 7, SMTP_LINE_EVENT_CONTROL, NULL},
		{"NOOP\x7f\r\n", 7, SMTP_LINE_EVENT_CONTROL, NULL},
		{"NOOP \xc3\xa4~\r\n", 10, SMTP_LINE_EVENT_WHOLE, "NOOP \xc3\xa4~"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct smtp_line line = {0};
		cr_assert_eq(
			feed(&line, cases[i].octets, cases[i].length), cases[i].event, "%zu", i);
		if (cases[i].text)
			cr_assert_str_eq(line.text, cases[i].text);
	}
}

Test(smtp_line, the_longest_one_and_one_more)
{
	char octets[SMTP_LINE_MAX + 1];
	struct smtp_line line = {0};
	memset(octets, 'x', sizeof octets);
	memcpy(octets + SMTP_LINE_MAX - 2, "\r\n", 2);
	cr_assert_eq(feed(&line, octets, SMTP_LINE_MAX), SMTP_LINE_EVENT_WHOLE);
	cr_assert_eq(strlen(line.text), SMTP_LINE_MAX - 2);
	memcpy(octets + SMTP_LINE_MAX - 2, "x\r\n", 3);
	cr_assert_eq(feed(&line, octets, SMTP_LINE_MAX + 1), SMTP_LINE_EVENT_TOO_LONG);
	cr_assert_eq(feed(&line, "NOOP\r\n", 6), SMTP_LINE_EVENT_WHOLE);
	cr_assert_str_eq(line.text, "NOOP");
}
