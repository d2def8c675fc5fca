#include "frontends/mail/smtp/smtp_parser.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *word;
	enum smtp_verb verb;
} verbs[] = {
	{"HELO", SMTP_VERB_HELO},
	{"EHLO", SMTP_VERB_EHLO},
	{"LHLO", SMTP_VERB_LHLO},
	{"MAIL", SMTP_VERB_MAIL},
	{"RCPT", SMTP_VERB_RCPT},
	{"DATA", SMTP_VERB_DATA},
	{"RSET", SMTP_VERB_RSET},
	{"NOOP", SMTP_VERB_NOOP},
	{"VRFY", SMTP_VERB_VRFY},
	{"EXPN", SMTP_VERB_EXPN},
	{"HELP", SMTP_VERB_HELP},
	{"STARTTLS", SMTP_VERB_STARTTLS},
	{"QUIT", SMTP_VERB_QUIT},
	{"GET", SMTP_VERB_HTTP},
	{"POST", SMTP_VERB_HTTP},
	{"HEAD", SMTP_VERB_HTTP},
	{"PUT", SMTP_VERB_HTTP},
	{"DELETE", SMTP_VERB_HTTP},
	{"PATCH", SMTP_VERB_HTTP},
	{"TRACE", SMTP_VERB_HTTP},
	{"OPTIONS", SMTP_VERB_HTTP},
	{"CONNECT", SMTP_VERB_HTTP},
};

enum smtp_verb smtp_parser_verb(const char *line, const char **ret_argument)
{
	size_t length = strcspn(line, " ");
	*ret_argument = line + length + strspn(line + length, " ");
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (strlen(verbs[i].word) == length &&
			strncasecmp(line, verbs[i].word, length) == 0) {
			return verbs[i].verb;
		}
	}
	return SMTP_VERB_UNKNOWN;
}

static bool word_is(const char *word, size_t length, const char *expected)
{
	return length == strlen(expected) && strncasecmp(word, expected, length) == 0;
}

static bool read_size(const char *digits, size_t length, unsigned long *ret_size)
{
	/* RFC 1870 3: up to 20 digits. */
	if (!length || length > 20 || strspn(digits, "0123456789") < length)
		return false;
	*ret_size = strtoul(digits, NULL, 10);
	return true;
}

static enum smtp_parse read_parameter(
	const char *word, size_t length, struct smtp_parameters *parameters)
{
	if (length > 5 && strncasecmp(word, "SIZE=", 5) == 0) {
		bool valid = read_size(word + 5, length - 5, &parameters->size);
		return valid ? SMTP_PARSE_OK : SMTP_PARSE_SYNTAX;
	}
	if (word_is(word, length, "SMTPUTF8")) {
		parameters->utf8 = true;
		return SMTP_PARSE_OK;
	}
	bool body = word_is(word, length, "BODY=7BIT") || word_is(word, length, "BODY=8BITMIME");
	return body ? SMTP_PARSE_OK : SMTP_PARSE_PARAMETER;
}

enum smtp_parse smtp_parser_mail(const char *argument, struct smtp_address *ret_sender,
	struct smtp_parameters *ret_parameters)
{
	const char *rest;
	*ret_parameters = (struct smtp_parameters){0};
	if (strncasecmp(argument, "FROM:", 5) != 0 ||
		!smtp_address_parse_path(argument + 5, ret_sender, &rest) ||
		(*rest && *rest != ' ')) {
		return SMTP_PARSE_SYNTAX;
	}
	for (rest += strspn(rest, " "); *rest; rest += strspn(rest, " ")) {
		size_t length = strcspn(rest, " ");
		enum smtp_parse result = read_parameter(rest, length, ret_parameters);
		if (result != SMTP_PARSE_OK)
			return result;
		rest += length;
	}
	bool bare = *ret_sender->text && !*ret_sender->domain;
	return bare ? SMTP_PARSE_SYNTAX : SMTP_PARSE_OK;
}

enum smtp_parse smtp_parser_rcpt(const char *argument, struct smtp_address *ret_recipient)
{
	const char *rest;
	if (strncasecmp(argument, "TO:", 3) != 0 ||
		!smtp_address_parse_path(argument + 3, ret_recipient, &rest) ||
		!*ret_recipient->text || (*rest && *rest != ' ')) {
		return SMTP_PARSE_SYNTAX;
	}
	return rest[strspn(rest, " ")] ? SMTP_PARSE_PARAMETER : SMTP_PARSE_OK;
}
