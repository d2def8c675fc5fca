#include "frontends/mail/smtp/smtp_session.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "frontends/mail/smtp/smtp_line.h"
#include "frontends/mail/smtp/smtp_parser.h"

/* What the next octets belong to. */
enum phase {
	PHASE_COMMAND,
	PHASE_DATA,
	PHASE_MESSAGE,  /* waits for smtp_session_answer() */
	PHASE_STARTTLS, /* waits for smtp_session_secure() */
	PHASE_CLOSED,
};

struct smtp_session {
	const struct smtp_session_options *options;
	enum phase phase;
	bool greeted; /* HELO, EHLO or LHLO was accepted */
	bool secure;
	long errors;
	long commands;
	long progress;
	struct smtp_line line;
	struct smtp_transaction transaction;
};

typedef void command_handler(
	struct smtp_session *session, const char *argument, struct buffer *out);

struct smtp_session *smtp_session_create(const struct smtp_session_options *options)
{
	struct smtp_session *session = mem_alloc(sizeof *session);
	session->options = options;
	return session;
}

void smtp_session_greet(const struct smtp_session *session, struct buffer *out)
{
	const char *protocol = session->options->lmtp ? "LMTP" : "ESMTP";
	buffer_format(out, "220 %s %s quoted\r\n", session->options->hostname, protocol);
}

void smtp_session_shut(const struct smtp_session *session, const char *reason, struct buffer *out)
{
	buffer_format(out, "421 4.3.2 %s %s\r\n", session->options->hostname, reason);
}

static void fail(struct smtp_session *session, const char *reply, struct buffer *out)
{
	session->errors++;
	buffer_format(out, "%s\r\n", reply);
}

/* RFC 5321 4.1.1.1; RFC 2033 4.1: LMTP has only LHLO. */
static bool hello(struct smtp_session *session, const char *argument, bool fits, struct buffer *out)
{
	if (!fits) {
		fail(session,
			session->options->lmtp ? "500 5.5.1 this is LMTP; send LHLO"
					       : "500 5.5.1 this is SMTP; send EHLO",
			out);
		return false;
	}
	if (!*argument) {
		fail(session, "501 5.5.4 the host name is missing", out);
		return false;
	}
	smtp_transaction_end(&session->transaction);
	session->greeted = true;
	return true;
}

static void say_extensions(const struct smtp_session *session, struct buffer *out)
{
	bool starttls = session->options->starttls && !session->secure;
	buffer_format(out,
		"250-%s\r\n250-PIPELINING\r\n250-SIZE %ld\r\n250-8BITMIME\r\n%s"
		"250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8\r\n",
		session->options->hostname, session->options->max_message_bytes,
		starttls ? "250-STARTTLS\r\n" : "");
}

static void on_helo(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (hello(session, argument, !session->options->lmtp, out))
		buffer_format(out, "250 %s\r\n", session->options->hostname);
}

static void on_ehlo(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (hello(session, argument, !session->options->lmtp, out))
		say_extensions(session, out);
}

static void on_lhlo(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (hello(session, argument, session->options->lmtp, out))
		say_extensions(session, out);
}

static void reply_to_path(
	struct smtp_session *session, const char *refusal, const char *reply, struct buffer *out)
{
	if (refusal) {
		fail(session, refusal, out);
	} else {
		buffer_format(out, "%s\r\n", reply);
	}
}

static void on_mail(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (!session->greeted) {
		fail(session,
			session->options->lmtp ? "503 5.5.1 send LHLO first"
					       : "503 5.5.1 send EHLO or HELO first",
			out);
		return;
	}
	const char *refusal =
		smtp_transaction_mail(&session->transaction, session->options, argument);
	reply_to_path(session, refusal, "250 2.1.0 sender ok", out);
}

static void on_rcpt(struct smtp_session *session, const char *argument, struct buffer *out)
{
	const char *refusal =
		smtp_transaction_rcpt(&session->transaction, session->options, argument);
	reply_to_path(session, refusal, "250 2.1.5 recipient ok", out);
}

static void on_data(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (*argument) {
		fail(session, "501 5.5.4 DATA takes no argument", out);
	} else if (!session->transaction.recipient_count) {
		fail(session,
			session->transaction.busy && !session->options->lmtp
				? "554 5.5.1 no valid recipients"
				: "503 5.5.1 no valid recipients",
			out);
	} else {
		session->phase = PHASE_DATA;
		buffer_add(out, "354 end the message with a dot on a line by itself\r\n");
	}
}

static void on_rset(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (*argument) {
		fail(session, "501 5.5.4 RSET takes no argument", out);
		return;
	}
	smtp_transaction_end(&session->transaction);
	buffer_add(out, "250 2.0.0 ok\r\n");
}

static void on_noop(struct smtp_session *session, const char *argument, struct buffer *out)
{
	(void)session;
	(void)argument;
	buffer_add(out, "250 2.0.0 ok\r\n");
}

static void on_vrfy(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (*argument) {
		buffer_add(out, "252 2.5.1 cannot verify addresses; send mail to find out\r\n");
	} else {
		fail(session, "501 5.5.4 the address is missing", out);
	}
}

static void on_expn(struct smtp_session *session, const char *argument, struct buffer *out)
{
	(void)argument;
	fail(session, "502 5.5.1 there are no mailing lists here", out);
}

static void on_help(struct smtp_session *session, const char *argument, struct buffer *out)
{
	(void)argument;
	buffer_format(out, "214 2.0.0 send mail to %s to get a quote\r\n",
		session->options->mailboxes->items[0].text);
}

static void on_starttls(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (*argument) {
		fail(session, "501 5.5.4 STARTTLS takes no argument", out);
	} else if (session->secure) {
		fail(session, "503 5.5.1 TLS has begun already", out);
	} else if (!session->options->starttls) {
		fail(session, "502 5.5.1 there is no TLS here", out);
	} else {
		session->phase = PHASE_STARTTLS;
		buffer_add(out, "220 2.0.0 begin TLS\r\n");
	}
}

static void on_quit(struct smtp_session *session, const char *argument, struct buffer *out)
{
	if (*argument) {
		fail(session, "501 5.5.4 QUIT takes no argument", out);
		return;
	}
	session->phase = PHASE_CLOSED;
	buffer_format(out, "221 2.0.0 %s bye\r\n", session->options->hostname);
}

static void on_http(struct smtp_session *session, const char *argument, struct buffer *out)
{
	(void)argument;
	session->phase = PHASE_CLOSED;
	buffer_add(out, "521 5.5.1 this is a mail server, not a web server\r\n");
}

static void on_unknown(struct smtp_session *session, const char *argument, struct buffer *out)
{
	(void)argument;
	fail(session, "500 5.5.2 unknown command", out);
}

static command_handler *const handlers[] = {
	[SMTP_VERB_UNKNOWN] = on_unknown,
	[SMTP_VERB_HTTP] = on_http,
	[SMTP_VERB_HELO] = on_helo,
	[SMTP_VERB_EHLO] = on_ehlo,
	[SMTP_VERB_LHLO] = on_lhlo,
	[SMTP_VERB_MAIL] = on_mail,
	[SMTP_VERB_RCPT] = on_rcpt,
	[SMTP_VERB_DATA] = on_data,
	[SMTP_VERB_RSET] = on_rset,
	[SMTP_VERB_NOOP] = on_noop,
	[SMTP_VERB_VRFY] = on_vrfy,
	[SMTP_VERB_EXPN] = on_expn,
	[SMTP_VERB_HELP] = on_help,
	[SMTP_VERB_STARTTLS] = on_starttls,
	[SMTP_VERB_QUIT] = on_quit,
};

/* Only paths may have octets over 127, and only in a transaction with SMTPUTF8 (RFC 6531 3.3). */
static bool may_be_utf8(enum smtp_verb verb)
{
	return verb == SMTP_VERB_MAIL || verb == SMTP_VERB_RCPT;
}

static void run_command(struct smtp_session *session, struct buffer *out)
{
	const char *argument;
	const char *line = session->line.text;
	enum smtp_verb verb = smtp_parser_verb(line, &argument);
	if (!utf8_is_ascii(line, strlen(line)) &&
		(!may_be_utf8(verb) || !smtp_address_is_text(line))) {
		fail(session, "500 5.5.2 only ASCII, and UTF-8 in addresses, is accepted", out);
		return;
	}
	handlers[verb](session, argument, out);
}

static void shut_if_too_much(struct smtp_session *session, struct buffer *out)
{
	if (session->phase != PHASE_CLOSED &&
		(session->errors > session->options->max_errors ||
			session->commands > session->options->max_commands)) {
		smtp_session_shut(session, "too many errors or commands", out);
		session->phase = PHASE_CLOSED;
	}
}

static void take_octet(struct smtp_session *session, char c, struct buffer *out)
{
	switch (smtp_line_take(&session->line, c)) {
	case SMTP_LINE_EVENT_MORE:
		return;
	case SMTP_LINE_EVENT_BARE_LF:
		buffer_add(out, "521 5.5.2 bare LF refused; end lines with CRLF\r\n");
		session->phase = PHASE_CLOSED;
		return;
	case SMTP_LINE_EVENT_TOO_LONG:
		fail(session, "500 5.5.2 the line is over 512 octets", out);
		break;
	case SMTP_LINE_EVENT_CONTROL:
		fail(session, "500 5.5.2 control characters are refused", out);
		break;
	case SMTP_LINE_EVENT_WHOLE:
		run_command(session, out);
		break;
	}
	session->commands++;
	session->progress++;
	shut_if_too_much(session, out);
}

static size_t take_data(
	struct smtp_session *session, const char *data, size_t length, struct buffer *out)
{
	struct smtp_transaction *transaction = &session->transaction;
	const char *refusal;
	size_t used = smtp_transaction_feed(transaction, session->options, data, length, &refusal);
	if (!transaction->data.done)
		return used;
	session->progress++;
	session->phase = PHASE_MESSAGE;
	if (refusal) {
		smtp_transaction_refuse(transaction, session->options, refusal, out);
		smtp_transaction_end(transaction);
		session->errors++;
		session->phase = PHASE_COMMAND;
	}
	return used;
}

enum smtp_session_event smtp_session_feed(struct smtp_session *session, const char *data,
	size_t length, size_t *ret_used, struct buffer *out)
{
	size_t used = 0;
	while (used < length && session->phase <= PHASE_DATA) {
		if (session->phase == PHASE_DATA) {
			used += take_data(session, data + used, length - used, out);
		} else {
			take_octet(session, data[used++], out);
		}
	}
	*ret_used = used;
	if (session->phase == PHASE_MESSAGE)
		return SMTP_SESSION_EVENT_MESSAGE;
	if (session->phase == PHASE_STARTTLS)
		return SMTP_SESSION_EVENT_STARTTLS;
	return session->phase == PHASE_CLOSED ? SMTP_SESSION_EVENT_CLOSE : SMTP_SESSION_EVENT_NONE;
}

const struct smtp_message *smtp_session_message(const struct smtp_session *session)
{
	return &session->transaction.message;
}

void smtp_session_answer(struct smtp_session *session,
	const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT], struct buffer *out)
{
	smtp_transaction_answer(&session->transaction, session->options, verdicts, out);
	smtp_transaction_end(&session->transaction);
	session->phase = PHASE_COMMAND;
}

void smtp_session_secure(struct smtp_session *session)
{
	smtp_transaction_end(&session->transaction);
	session->greeted = false;
	session->secure = true;
	session->phase = PHASE_COMMAND;
}

bool smtp_session_is_busy(const struct smtp_session *session)
{
	return session->transaction.busy;
}

bool smtp_session_in_data(const struct smtp_session *session)
{
	return session->phase == PHASE_DATA;
}

long smtp_session_progress(const struct smtp_session *session)
{
	return session->progress;
}

void smtp_session_destroy(struct smtp_session *session)
{
	if (session) {
		smtp_transaction_end(&session->transaction);
		free(session);
	}
}
