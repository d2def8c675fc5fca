/** Command lines of SMTP and LMTP, RFC 5321 4.1.1 and RFC 2033. */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SMTP_PARSER_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SMTP_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/mail/smtp/smtp_address.h"

enum smtp_verb {
	SMTP_VERB_UNKNOWN,
	SMTP_VERB_HTTP, /* a request line of a web client */
	SMTP_VERB_HELO,
	SMTP_VERB_EHLO,
	SMTP_VERB_LHLO,
	SMTP_VERB_MAIL,
	SMTP_VERB_RCPT,
	SMTP_VERB_DATA,
	SMTP_VERB_RSET,
	SMTP_VERB_NOOP,
	SMTP_VERB_VRFY,
	SMTP_VERB_EXPN,
	SMTP_VERB_HELP,
	SMTP_VERB_STARTTLS,
	SMTP_VERB_QUIT,
};

/** The parameters of MAIL that the extensions we offer define. */
struct smtp_parameters {
	unsigned long size; /* SIZE, RFC 1870; 0: not given */
	bool utf8;          /* SMTPUTF8, RFC 6531 */
};

enum smtp_parse {
	SMTP_PARSE_OK,
	SMTP_PARSE_SYNTAX,    /* 501 */
	SMTP_PARSE_PARAMETER, /* 555: a parameter that none of the extensions we offer has */
};

/** Returns the verb of \p line; \p ret_argument points to what follows it, or to "". */
enum smtp_verb smtp_parser_verb(const char *line, const char **ret_argument);

/** Parses the argument of MAIL, "FROM:<path> parameters"; the path as
 * smtp_address_parse_path() takes it. */
enum smtp_parse smtp_parser_mail(const char *argument, struct smtp_address *ret_sender,
	struct smtp_parameters *ret_parameters);

/** Parses the argument of RCPT, "TO:<path>", the same way; the null path and any parameter are
 * refused. */
enum smtp_parse smtp_parser_rcpt(const char *argument, struct smtp_address *ret_recipient);

#endif
