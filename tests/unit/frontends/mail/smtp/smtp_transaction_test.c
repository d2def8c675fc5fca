#include "frontends/mail/smtp/smtp_transaction.h"

#include <string.h>

#include <criterion/criterion.h>

#include "frontends/mail/smtp/smtp_session.h"

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
	};
}

/* A reply is NULL if the command was accepted. */
static void expect_code(const char *reply, const char *code, const char *argument)
{
	if (code == NULL)
		cr_expect_null(reply, "%s: %s", argument, reply);
	else
		cr_expect(reply != NULL && strncmp(reply, code, 3) == 0, "%s: %s", argument,
			reply != NULL ? reply : "accepted");
}

/* Begins a message with these recipients; NULL: no second one. */
static struct smtp_transaction begin(
	const struct smtp_session_options *options, const char *first, const char *second)
{
	struct smtp_transaction transaction = {0};
	cr_assert_null(smtp_transaction_mail(&transaction, options, "FROM:<a@b.example>"));
	cr_assert_null(smtp_transaction_rcpt(&transaction, options, first));
	if (second != NULL)
		cr_assert_null(smtp_transaction_rcpt(&transaction, options, second));
	return transaction;
}

Test(smtp_transaction, takes_one_sender)
{
	static const struct {
		const char *argument;
		const char *code; /* NULL: accepted */
	} rows[] = {
		{"FROM:<a@b> SIZE=100000", NULL},
		{"FROM:<>", NULL},
		{"FROM:<\xc3\xa4@b> SMTPUTF8", NULL},
		{"FROM:<\xc3\xa4@b>", "553"},
		{"FROM:<a@b> SIZE=100001", "552"},
		{"FROM:<a@b> X=1", "555"},
		{"FROM: <a@b>", NULL},
		{"FROM:b", "501"},
	};
	struct smtp_session_options options = make_options(false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct smtp_transaction transaction = {0};
		const char *reply = smtp_transaction_mail(&transaction, &options, rows[i].argument);
		expect_code(reply, rows[i].code, rows[i].argument);
		cr_expect_eq(transaction.busy, rows[i].code == NULL);
		reply = smtp_transaction_mail(&transaction, &options, "FROM:<>");
		expect_code(reply, rows[i].code == NULL ? "503" : NULL, "a second sender");
		smtp_transaction_end(&transaction);
		cr_expect_not(transaction.busy);
	}
}

Test(smtp_transaction, passes_over_the_line_of_a_mailbox_file)
{
	static const struct {
		const char *text;
		const char *kept;
	} rows[] = {
		{"From a@b.example Thu Jan  1 00:00:00 2026\r\nA: b\r\n\r\nx\r\n",
			"A: b\r\n\r\nx\r\n"},
		{">From a\r\nA: b\r\n", "A: b\r\n"},
		{"From: a\r\n\r\nFrom x\r\n", "From: a\r\n\r\nFrom x\r\n"},
		{"From \r\n", ""},
		{"", ""},
	};
	struct smtp_session_options options = make_options(false);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *refusal;
		struct smtp_transaction transaction = begin(&options, "TO:<quote@q.example>", NULL);
		smtp_transaction_feed(
			&transaction, &options, rows[i].text, strlen(rows[i].text), &refusal);
		smtp_transaction_feed(&transaction, &options, ".\r\n", 3, &refusal);
		cr_assert_null(refusal);
		const struct smtp_message *message = &transaction.message;
		cr_expect_eq(message->size, strlen(rows[i].kept), "row %zu", i);
		cr_expect_eq(message->text.length, message->size, "row %zu", i);
		cr_expect(message->size == 0 || !strcmp(message->text.data, rows[i].kept));
		smtp_transaction_end(&transaction);
	}
}

Test(smtp_transaction, takes_mail_for_us_alone)
{
	static const struct {
		const char *argument;
		const char *code; /* NULL: accepted */
		enum smtp_recipient kind;
	} rows[] = {
		{"TO:<QUOTE@Q.Example>", NULL, SMTP_RECIPIENT_ADDRESS},
		{"TO:<\"quote\"@q.example>", NULL, SMTP_RECIPIENT_ADDRESS},
		{"TO:<@r.example:quote@q.example>", NULL, SMTP_RECIPIENT_ADDRESS},
		{"TO:<Postmaster>", NULL, SMTP_RECIPIENT_POSTMASTER},
		{"TO:<POSTMASTER@q.example>", NULL, SMTP_RECIPIENT_POSTMASTER},
		{"TO:<postmaster@mx.q.example>", NULL, SMTP_RECIPIENT_POSTMASTER},
		{"TO:<postmaster@other.example>", "550", 0},
		{"TO:<x@q.example>", "550", 0},
		{"TO:<quote@other.example>", "550", 0},
		{"TO:<\xc3\xa4@q.example>", "553", 0},
		{"TO:<quote@q.example> X=1", "555", 0},
		{"TO:<>", "501", 0},
	};
	struct smtp_session_options options = make_options(false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct smtp_transaction transaction = {0};
		const char *argument = rows[i].argument;
		expect_code(
			smtp_transaction_rcpt(&transaction, &options, argument), "503", argument);
		cr_assert_null(smtp_transaction_mail(&transaction, &options, "FROM:<>"));
		expect_code(smtp_transaction_rcpt(&transaction, &options, argument), rows[i].code,
			argument);
		for (int kind = 0; kind < SMTP_RECIPIENT_COUNT; kind++)
			cr_expect_eq(transaction.message.wanted[kind],
				rows[i].code == NULL && kind == (int)rows[i].kind, "%s", argument);
		smtp_transaction_end(&transaction);
	}
}

Test(smtp_transaction, limits_recipients)
{
	struct smtp_session_options options = make_options(false);
	options.max_recipients = 2;
	struct smtp_transaction transaction =
		begin(&options, "TO:<postmaster>", "TO:<quote@q.example>");
	expect_code(smtp_transaction_rcpt(&transaction, &options, "TO:<postmaster>"), "452", "");
	options.postmaster = false;
	cr_expect_str_eq(smtp_transaction_rcpt(&transaction, &options, "TO:<postmaster>"),
		"550 5.1.1 postmaster has no mailbox here");
	smtp_transaction_end(&transaction);
}

Test(smtp_transaction, refuses_a_faulty_text)
{
	static const struct {
		const char *text;
		size_t length;
		const char *refusal; /* NULL: none */
	} rows[] = {
		{"x\r\n.\r\n", 6, NULL},
		{"12345678\r\n.\r\n", 13, NULL},
		{"123456789\r\n.\r\n", 14, "552 5.3.4 the message is too large"},
		{"x\n\r\n.\r\n", 7,
			"554 5.6.0 the message has a bare CR or LF; end lines with CRLF"},
		{"x\0\r\n.\r\n", 7, "554 5.6.0 the message has a NUL octet"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct smtp_session_options options = make_options(true);
		struct buffer out = {0};
		const char *refusal;
		options.max_message_bytes = 10;
		struct smtp_transaction transaction =
			begin(&options, "TO:<postmaster>", "TO:<quote@q.example>");
		cr_expect_eq(smtp_transaction_feed(&transaction, &options, rows[i].text,
				     rows[i].length, &refusal),
			rows[i].length);
		cr_expect(transaction.data.done);
		cr_assert_eq(refusal == NULL, rows[i].refusal == NULL, "row %zu", i);
		if (refusal != NULL) {
			cr_expect_str_eq(refusal, rows[i].refusal);
			smtp_transaction_refuse(&transaction, &options, "554 no", &out);
			cr_expect_str_eq(out.data, "554 no\r\n554 no\r\n", "each recipient");
		}
		buffer_finish(&out);
		smtp_transaction_end(&transaction);
	}
}

Test(smtp_transaction, keeps_all_of_the_text_for_postmaster_alone)
{
	static const char *const recipients[] = {"TO:<quote@q.example>", "TO:<postmaster>"};
	static char line[] = "01234567890123456789012345678901234567890123456789012345678901\r\n";
	enum { LINES = 1500 };
	struct smtp_session_options options = make_options(false);
	for (int i = 0; i < 2; i++) {
		struct smtp_transaction transaction = begin(&options, recipients[i], NULL);
		const struct smtp_message *message = &transaction.message;
		const char *refusal;
		for (int j = 0; j < LINES; j++)
			smtp_transaction_feed(
				&transaction, &options, line, sizeof line - 1, &refusal);
		smtp_transaction_feed(&transaction, &options, ".\r\n", 3, &refusal);
		cr_expect_null(refusal);
		cr_expect_eq(message->size, LINES * (sizeof line - 1));
		if (i == 0)
			cr_expect_eq(message->text.length, SMTP_TRANSACTION_HEADER_KEEP);
		else
			cr_expect_eq(message->text.length, message->size);
		smtp_transaction_end(&transaction);
	}
}

Test(smtp_transaction, answers_with_verdicts)
{
	static const struct {
		enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT];
		const char *smtp, *lmtp; /* codes */
	} rows[] = {
		{{SMTP_VERDICT_TAKEN, SMTP_VERDICT_TAKEN}, "250", "250 250"},
		{{SMTP_VERDICT_TAKEN, SMTP_VERDICT_LATER}, "451", "250 451"},
		{{SMTP_VERDICT_LATER, SMTP_VERDICT_REFUSED}, "554", "451 554"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		for (int lmtp = 0; lmtp < 2; lmtp++) {
			const char *codes = lmtp ? rows[i].lmtp : rows[i].smtp;
			struct smtp_session_options options = make_options(lmtp);
			struct buffer out = {0};
			struct smtp_transaction transaction =
				begin(&options, "TO:<quote@q.example>", "TO:<postmaster>");
			smtp_transaction_answer(&transaction, &options, rows[i].verdicts, &out);
			cr_expect_eq(strncmp(out.data, codes, 3), 0, "%s", out.data);
			if (lmtp)
				cr_expect_eq(strncmp(strchr(out.data, '\n') + 1, codes + 4, 3), 0,
					"%s", out.data);
			buffer_finish(&out);
			smtp_transaction_end(&transaction);
		}
	}
}
