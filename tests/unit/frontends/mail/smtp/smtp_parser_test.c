#include "frontends/mail/smtp/smtp_parser.h"

#include <string.h>

#include <criterion/criterion.h>

Test(smtp_parser, reads_verbs)
{
	static const struct {
		const char *line;
		enum smtp_verb verb;
		const char *argument;
	} rows[] = {
		{"HELO me", SMTP_VERB_HELO, "me"},
		{"ehlo me", SMTP_VERB_EHLO, "me"},
		{"LHLO", SMTP_VERB_LHLO, ""},
		{"MAIL FROM:<a@b> SIZE=1", SMTP_VERB_MAIL, "FROM:<a@b> SIZE=1"},
		{"Noop   x", SMTP_VERB_NOOP, "x"},
		{"QUIT ", SMTP_VERB_QUIT, ""},
		{"GET / HTTP/1.1", SMTP_VERB_HTTP, "/ HTTP/1.1"},
		{"MAILS x", SMTP_VERB_UNKNOWN, "x"},
		{"MAI", SMTP_VERB_UNKNOWN, ""},
		{"", SMTP_VERB_UNKNOWN, ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *argument;
		cr_expect_eq(smtp_parser_verb(rows[i].line, &argument), rows[i].verb, "%s",
			rows[i].line);
		cr_expect_str_eq(argument, rows[i].argument, "%s", rows[i].line);
	}
}

Test(smtp_parser, reads_the_sender)
{
	static const struct {
		const char *argument;
		enum smtp_parse result;
		unsigned long size;
		bool utf8;
	} rows[] = {
		{"FROM:<a@b.example>", SMTP_PARSE_OK, 0, false},
		{"FROM:<>", SMTP_PARSE_OK, 0, false},
		{"from:<a@b> size=99  body=8bitmime", SMTP_PARSE_OK, 99, false},
		{"FROM:<a@b> BODY=7BIT SMTPUTF8", SMTP_PARSE_OK, 0, true},
		{"FROM:<a@b> SIZE=00000000000000000007", SMTP_PARSE_OK, 7, false},
		{"FROM:<a@b> SIZE=000000000000000000007", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:<a@b> SIZE=x", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:<a@b> SIZE=", SMTP_PARSE_PARAMETER, 0, false},
		{"FROM:<a@b> BODY=BINARYMIME", SMTP_PARSE_PARAMETER, 0, false},
		{"FROM:<a@b> X=1", SMTP_PARSE_PARAMETER, 0, false},
		{"FROM: <a@b.example>", SMTP_PARSE_OK, 0, false},
		{"FROM:  a@b SIZE=7", SMTP_PARSE_OK, 7, false},
		{"FROM:a@b", SMTP_PARSE_OK, 0, false},
		{"FROM: <>", SMTP_PARSE_OK, 0, false},
		{"FROM:\"a b\"@c", SMTP_PARSE_OK, 0, false},
		{"FROM:", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM: SIZE=7", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:a@b>", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:a", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:Ann <a@b>", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:<a@b", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:<a@b>SIZE=1", SMTP_PARSE_SYNTAX, 0, false},
		{"FROM:<postmaster>", SMTP_PARSE_SYNTAX, 0, false},
		{"TO:<a@b>", SMTP_PARSE_SYNTAX, 0, false},
		{"", SMTP_PARSE_SYNTAX, 0, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct smtp_address sender;
		struct smtp_parameters parameters;
		enum smtp_parse result = smtp_parser_mail(rows[i].argument, &sender, &parameters);
		cr_expect_eq(result, rows[i].result, "%s", rows[i].argument);
		if (result != SMTP_PARSE_OK)
			continue;
		cr_expect_eq(parameters.size, rows[i].size, "%s", rows[i].argument);
		cr_expect_eq(parameters.utf8, rows[i].utf8, "%s", rows[i].argument);
	}
}

Test(smtp_parser, reads_a_recipient)
{
	static const struct {
		const char *argument;
		enum smtp_parse result;
		const char *text;
	} rows[] = {
		{"TO:<a@b>", SMTP_PARSE_OK, "a@b"},
		{"to:<Postmaster> ", SMTP_PARSE_OK, "Postmaster"},
		{"TO:<@r.example:a@b>", SMTP_PARSE_OK, "a@b"},
		{"TO:<>", SMTP_PARSE_SYNTAX, NULL},
		{"TO: <a@b>", SMTP_PARSE_OK, "a@b"},
		{"TO:a@b", SMTP_PARSE_OK, "a@b"},
		{"TO: postmaster", SMTP_PARSE_OK, "postmaster"},
		{"TO:quote", SMTP_PARSE_SYNTAX, NULL},
		{"TO:", SMTP_PARSE_SYNTAX, NULL},
		{"TO:<a@b>x", SMTP_PARSE_SYNTAX, NULL},
		{"FROM:<a@b>", SMTP_PARSE_SYNTAX, NULL},
		{"TO:<a@b> NOTIFY=NEVER", SMTP_PARSE_PARAMETER, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct smtp_address recipient;
		cr_expect_eq(smtp_parser_rcpt(rows[i].argument, &recipient), rows[i].result, "%s",
			rows[i].argument);
		if (rows[i].text != NULL)
			cr_expect_str_eq(recipient.text, rows[i].text);
	}
}
