/** The server side of an SMTP or LMTP session, as a state machine: octets in, replies out. */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SMTP_SESSION_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SMTP_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "frontends/mail/smtp/smtp_mailboxes.h"
#include "frontends/mail/smtp/smtp_transaction.h"

struct smtp_session;

/** Shared by all sessions. The pointers are borrowed and must outlive them. */
struct smtp_session_options {
	bool lmtp;
	const char *hostname;
	const struct smtp_mailboxes *mailboxes; /* mail to them is answered; at least one */
	bool postmaster;                        /* mail to postmaster is accepted */
	long max_message_bytes;
	long max_recipients; /* per message */
	long max_errors;     /* per session */
	long max_commands;   /* per session */
	bool starttls;       /* is offered (RFC 3207) */
};

enum smtp_session_event {
	SMTP_SESSION_EVENT_NONE,    /* everything was read */
	SMTP_SESSION_EVENT_MESSAGE, /* call smtp_session_message(), then smtp_session_answer() */
	SMTP_SESSION_EVENT_CLOSE,   /* send the replies, then close */
	/** Send the replies, throw away what else was received, begin TLS, and then call
	 * smtp_session_secure(). */
	SMTP_SESSION_EVENT_STARTTLS,
};

/** Begins a session; \p options is borrowed. */
struct smtp_session *smtp_session_create(const struct smtp_session_options *options);

/** Appends the greeting to \p out. */
void smtp_session_greet(const struct smtp_session *session, struct buffer *out);

/**
 * Reads \p data, which may be split anywhere, up to the first event, and appends the replies to
 * \p out. \p ret_used is how many octets were read; feed the rest again after answering the
 * message.
 */
enum smtp_session_event smtp_session_feed(struct smtp_session *session, const char *data,
	size_t length, size_t *ret_used, struct buffer *out);

/** Returns the message of the event; it belongs to the session, until smtp_session_answer(). */
const struct smtp_message *smtp_session_message(const struct smtp_session *session);

/**
 * Appends the reply to the message: in LMTP one for each recipient, in SMTP that of the worst
 * verdict on the kinds of recipients it has. Ends the transaction.
 */
void smtp_session_answer(struct smtp_session *session,
	const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT], struct buffer *out);

/** TLS has begun: the session is as new (RFC 3207 4.2). */
void smtp_session_secure(struct smtp_session *session);

/** Appends a 421 with \p reason, for a session that the server ends. */
void smtp_session_shut(const struct smtp_session *session, const char *reason, struct buffer *out);

/** Returns whether a transaction runs: MAIL was accepted, and it has neither ended nor been reset.
 */
bool smtp_session_is_busy(const struct smtp_session *session);

/** Returns whether the text of a message is being received. */
bool smtp_session_in_data(const struct smtp_session *session);

/** Returns how many command lines and texts of messages were read to their end. */
long smtp_session_progress(const struct smtp_session *session);

/** Frees it; NULL is a no-op. */
void smtp_session_destroy(struct smtp_session *session);

#endif
