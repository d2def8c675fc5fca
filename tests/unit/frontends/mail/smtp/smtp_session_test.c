#include "frontends/mail/smtp/smtp_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#define HELLO "EHLO me\r\n"
#define TO_US "MAIL FROM:<a@b.example>\r\nRCPT TO:<quote@q.example>\r\n"

static struct smtp_address address;
static const struct smtp_mailboxes mailboxes = {&address, 1, "+"};

static struct smtp_session_options make_options(bool lmtp)
{
	cr_assert(smtp_address_parse("quote@q.example", &address));
	return (struct smtp_session_options){
		.lmtp = lmtp,
		.hostname = "mx.q.example",
		.mailboxes = &mailboxes,
		.postmaster = true,
		.max_message_bytes = 100000,
		.max_recipients = 100,
		.max_errors = 5,
		.max_commands = 150,
	};
}

/* Feeds all of input in portions; answers each message with the verdicts and counts it. */
static char *run(const struct smtp_session_options *options, const char *input, size_t length,
	size_t portion, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT], int *ret_messages)
{
	struct buffer out = {0};
	struct smtp_session *session = smtp_session_create(options);
	enum smtp_session_event event = SMTP_SESSION_EVENT_NONE;
	*ret_messages = 0;
	for (size_t at = 0; at < length && event != SMTP_SESSION_EVENT_CLOSE;) {
		size_t used;
		size_t size = length - at < portion ? length - at : portion;
		event = smtp_session_feed(session, input + at, size, &used, &out);
		at += used;
		if (event == SMTP_SESSION_EVENT_MESSAGE) {
			++*ret_messages;
			smtp_session_answer(session, verdicts, &out);
		}
	}
	smtp_session_destroy(session);
	buffer_add(&out, "");
	return out.data ? out.data : calloc(1, 1);
}

/* Writes the codes of all replies into one string, as "250 354 ". */
static void write_codes(const char *replies, char *ret_codes, size_t size)
{
	ret_codes[0] = '\0';
	for (const char *line = replies; *line; line = strchr(line, '\n') + 1) {
		cr_assert_not_null(strstr(line, "\r\n"), "not ended by CRLF: %s", line);
		if (line[3] == ' ' && strlen(ret_codes) + 5 < size) {
			strncat(ret_codes, line, 4);
		}
	}
}

static void expect(bool lmtp, const char *input, size_t length, const char *codes, int messages)
{
	static const enum smtp_verdict taken[SMTP_RECIPIENT_COUNT] = {SMTP_VERDICT_TAKEN};
	struct smtp_session_options options = make_options(lmtp);
	char *first = NULL;
	char found[2048];
	static const size_t portions[] = {100000, 1, 2, 7};
	for (size_t i = 0; i < sizeof portions / sizeof *portions; i++) {
		int count;
		char *out = run(&options, input, length, portions[i], taken, &count);
		write_codes(out, found, sizeof found);
		cr_assert_str_eq(found, codes, "%s: got %s instead of %s", input, found, codes);
		cr_assert_eq(count, messages, "%s: %d messages", input, count);
		cr_assert(!first || strcmp(first, out) == 0, "%s: the portions matter", input);
		free(first);
		first = out;
	}
	free(first);
}

#define SMTP(text, codes, messages) expect(false, text, sizeof text - 1, codes, messages)
#define LMTP(text, codes, messages) expect(true, text, sizeof text - 1, codes, messages)

Test(smtp_session, commands)
{
	SMTP("HELO me\r\n", "250 ", 0);
	SMTP("ehlo me\r\nQUIT\r\nNOOP\r\n", "250 221 ", 0);
	SMTP("EHLO\r\nLHLO me\r\n", "501 500 ", 0);
	LMTP("EHLO me\r\nHELO me\r\nLHLO me\r\n", "500 500 250 ", 0);
	SMTP("NOOP x\r\nHELP\r\nVRFY a\r\nVRFY\r\nEXPN a\r\nRSET\r\nRSET x\r\n",
		"250 214 252 501 502 250 501 ", 0);
	SMTP("MAIL FROM:<a@b.example>\r\n", "503 ", 0);
	SMTP(HELLO "RCPT TO:<quote@q.example>\r\nDATA\r\n", "250 503 503 ", 0);
	SMTP(HELLO "MAIL FROM:<>\r\nMAIL FROM:<>\r\n", "250 250 503 ", 0);
	SMTP("BLAH\r\n\r\n", "500 500 ", 0);
	SMTP("GET / HTTP/1.1\r\nHost: x\r\n", "521 ", 0);
	SMTP("POST / HTTP/1.1\r\n", "521 ", 0);
}

Test(smtp_session, no_text_without_a_recipient)
{
	SMTP(HELLO "MAIL FROM:<a@b>\r\nRCPT TO:<x@q.example>\r\nDATA\r\n", "250 250 550 554 ", 0);
	LMTP("LHLO m\r\nMAIL FROM:<a@b>\r\nRCPT TO:<x@q.example>\r\nDATA\r\n", "250 250 550 503 ",
		0);
}

Test(smtp_session, messages)
{
	SMTP(HELLO TO_US "DATA\r\nSubject: x\r\n\r\nhi\r\n.\r\nQUIT\r\n",
		"250 250 250 354 250 221 ", 1);
	SMTP(HELLO TO_US "DATA\r\n.\r\n", "250 250 250 354 250 ", 1);
	SMTP(HELLO TO_US "RCPT TO:<postmaster>\r\nDATA\r\nx\r\n.\r\n", "250 250 250 250 354 250 ",
		1);
	LMTP("LHLO m\r\n" TO_US "RCPT TO:<postmaster>\r\nDATA\r\nx\r\n.\r\n",
		"250 250 250 250 354 250 250 ", 1);
	SMTP(HELLO TO_US "DATA\r\nx\r\n.\r\n" TO_US "DATA\r\ny\r\n.\r\n",
		"250 250 250 354 250 250 250 354 250 ", 2);
	/* A command in the text is text. */
	SMTP(HELLO TO_US "DATA\r\nQUIT\r\n..\r\n.x\r\n.\r\n", "250 250 250 354 250 ", 1);
}

Test(smtp_session, smuggling)
{
	/* If one of these ended the text, the MAIL after it would be a command. */
	static const char *const ends[] = {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r\n", "\r\n.\r\r\n",
		"\r.\r", "\r\n.\r", "\n.\r", "\r\r\n.\n", "\r\n\r.\r\n"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char input[512];
		snprintf(input, sizeof input,
			HELLO TO_US "DATA\r\nx%sMAIL FROM:<evil@x.example>\r\n.\r\nNOOP\r\n",
			ends[i]);
		expect(false, input, strlen(input), "250 250 250 354 554 250 ", 0);
	}
	SMTP(HELLO TO_US "DATA\r\na\0b\r\n.\r\nNOOP\r\n", "250 250 250 354 554 250 ", 0);
	LMTP("LHLO m\r\n" TO_US "RCPT TO:<postmaster>\r\nDATA\r\nx\n.\r\n.\r\n",
		"250 250 250 250 354 554 554 ", 0);
}

Test(smtp_session, octets_of_commands)
{
	SMTP("EHLO me\nNOOP\r\n", "521 ", 0);
	SMTP("NO\rOP\r\nNOOP\r\n", "500 250 ", 0);
	SMTP("NOOP\r\r\nNOOP\r\n", "500 250 ", 0);
	SMTP("NO\0OP\r\nNOOP\r\n", "500 250 ", 0);
	SMTP("NOOP \x01\r\nNOOP \x7f\r\nNOOP \t\r\n", "500 500 500 ", 0);
	SMTP("NOOP \xc3\xa4\r\n", "500 ", 0);
	SMTP(HELLO "MAIL FROM:<\xc3\xa4@b>\r\nMAIL FROM:<\xc3@b> SMTPUTF8\r\n", "250 553 500 ", 0);
	SMTP(HELLO "MAIL FROM:<\xc3\xa4@b> SMTPUTF8\r\n", "250 250 ", 0);
}

Test(smtp_session, limits)
{
	char input[200000];
	char codes[2048];
	memset(input, 'x', sizeof input);
	memcpy(input, "NOOP ", 5);
	memcpy(input + 510, "\r\n", 3);
	expect(false, input, 512, "250 ", 0);
	input[510] = 'x';
	memcpy(input + 511, "\r\nNOOP\r\n", 8);
	expect(false, input, 519, "500 250 ", 0);

	size_t start = strlen(strcpy(input, HELLO TO_US "DATA\r\n"));
	for (size_t at = start; at < sizeof input - 100; at++) {
		input[at] = (at - start) % 100 == 98 ? '\r' : (at - start) % 100 == 99 ? '\n' : 'x';
	}
	strcpy(input + start + 100000, ".\r\n");
	expect(false, input, start + 100003, "250 250 250 354 250 ", 1);
	strcpy(input + start + 100000, "x\r\n.\r\n");
	expect(false, input, start + 100006, "250 250 250 354 552 ", 0);

	memset(input + start, 'x', 1000);
	strcpy(input + start + 998, "\r\n.\r\n");
	expect(false, input, start + 1003, "250 250 250 354 250 ", 1);
	input[start + 998] = 'x';
	strcpy(input + start + 999, "\r\n.\r\n");
	expect(false, input, start + 1004, "250 250 250 354 554 ", 0);

	expect(false, "A\r\nA\r\nA\r\nA\r\nA\r\nA\r\nNOOP\r\n", 24, "500 500 500 500 500 500 421 ",
		0);

	input[0] = codes[0] = '\0';
	for (int i = 0; i < 151; i++) {
		strcat(input, "NOOP\r\n");
		strcat(codes, "250 ");
	}
	strcat(codes, "421 ");
	expect(false, input, strlen(input), codes, 0);
}

/* Feeds all of input; returns the event. */
static enum smtp_session_event feed(
	struct smtp_session *session, const char *input, size_t *ret_used, struct buffer *out)
{
	buffer_consume(out, out->length);
	enum smtp_session_event event =
		smtp_session_feed(session, input, strlen(input), ret_used, out);
	buffer_append(out, "", 1);
	out->length--;
	return event;
}

/* RFC 3207 4.2: of what was said before TLS, nothing counts. */
Test(smtp_session, begins_anew_with_tls)
{
	size_t used;
	struct buffer out = {0};
	struct smtp_session_options options = make_options(false);
	options.starttls = true;
	struct smtp_session *session = smtp_session_create(&options);
	feed(session, HELLO TO_US, &used, &out);
	cr_expect_not_null(strstr(out.data, "250-STARTTLS\r\n"), "%s", out.data);
	feed(session, "STARTTLS x\r\n", &used, &out);
	cr_expect_str_eq(out.data, "501 5.5.4 STARTTLS takes no argument\r\n");
	cr_expect_eq(
		feed(session, "STARTTLS\r\nNOOP\r\n", &used, &out), SMTP_SESSION_EVENT_STARTTLS);
	cr_expect_str_eq(out.data, "220 2.0.0 begin TLS\r\n");
	cr_expect_eq(used, strlen("STARTTLS\r\n"));
	smtp_session_secure(session);
	cr_expect_not(smtp_session_is_busy(session));
	feed(session, TO_US, &used, &out);
	cr_expect_eq(strncmp(out.data, "503 5.5.1 send EHLO", 19), 0, "%s", out.data);
	feed(session, HELLO "STARTTLS\r\n", &used, &out);
	cr_expect_null(strstr(out.data, "250-STARTTLS"), "%s", out.data);
	cr_expect_not_null(
		strstr(out.data, "\r\n503 5.5.1 TLS has begun already\r\n"), "%s", out.data);
	smtp_session_destroy(session);
	buffer_finish(&out);
	SMTP(HELLO "STARTTLS\r\n", "250 502 ", 0);
}

Test(smtp_session, text_of_a_message)
{
	size_t used;
	struct buffer out = {0};
	struct smtp_session_options options = make_options(false);
	struct smtp_session *session = smtp_session_create(&options);
	static const char input[] = HELLO TO_US "DATA\r\nA: b\r\n\r\n..x\r\n.y\r\n.\r\nNOOP\r\n";
	cr_assert_eq(smtp_session_feed(session, input, sizeof input - 1, &used, &out),
		SMTP_SESSION_EVENT_MESSAGE);
	const struct smtp_message *message = smtp_session_message(session);
	cr_assert_eq(used, sizeof input - 1 - 6);
	cr_assert_str_eq(message->text.data, "A: b\r\n\r\n.x\r\ny\r\n");
	cr_assert_str_eq(message->sender.text, "a@b.example");
	cr_assert(message->wanted[SMTP_RECIPIENT_ADDRESS]);
	cr_assert_not(message->wanted[SMTP_RECIPIENT_POSTMASTER]);
	cr_assert(smtp_session_is_busy(session));
	buffer_finish(&out);
	smtp_session_destroy(session);
}
