/** The server's side of an SMTP or LMTP session as a state machine: octets in, replies out. */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SESSION_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "frontends/mail/smtp_address.h"
#include "frontends/mail/smtp_transaction.h"

struct smtp_session;

/** What is the same for all sessions; the strings are borrowed and outlive them. */
struct smtp_session_options {
	bool lmtp;
	const char *hostname;
	const struct smtp_address *address; /* the one that is answered */
	bool postmaster;                    /* somebody reads mail for postmaster */
	long max_message_bytes;
	long max_recipients; /* of a message */
	long max_errors;     /* of a session */
	long max_commands;   /* of a session */
};

enum smtp_session_event {
	SMTP_SESSION_EVENT_NONE,    /* all was read; wants more */
	SMTP_SESSION_EVENT_MESSAGE, /* see smtp_session_message, then call smtp_session_answer */
	SMTP_SESSION_EVENT_CLOSE,   /* send what is there, then close */
};

/** Begins a session; \p options is borrowed. */
struct smtp_session *smtp_session_create(const struct smtp_session_options *options);

/** Appends the greeting to \p out. */
void smtp_session_greet(const struct smtp_session *session, struct buffer *out);

/**
 * Reads \p data and appends the replies to \p out, up to the first event. \p ret_used is how many
 * octets were read; the rest is to be fed again, after a message's answer. Octets can come in any
 * portions.
 */
enum smtp_session_event smtp_session_feed(struct smtp_session *session, const char *data,
	size_t length, size_t *ret_used, struct buffer *out);

/** Returns the message of the event; it is the session's until smtp_session_answer. */
const struct smtp_message *smtp_session_message(const struct smtp_session *session);

/**
 * Replies to the message, LMTP once for each recipient; SMTP with the worst verdict of the kinds
 * that are wanted. Ends the transaction.
 */
void smtp_session_answer(struct smtp_session *session,
	const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT], struct buffer *out);

/** Appends a 421 with \p reason for a session that the server ends. */
void smtp_session_shut(const struct smtp_session *session, const char *reason, struct buffer *out);

/** Whether a transaction runs: MAIL was accepted, and it neither ended nor was reset. */
bool smtp_session_is_busy(const struct smtp_session *session);

/** Whether the text of a message is being received. */
bool smtp_session_in_data(const struct smtp_session *session);

/** Returns how many commands were read whole; it grows by one for the text of a message too. */
long smtp_session_progress(const struct smtp_session *session);

/** Frees it; NULL is a no-op. */
void smtp_session_destroy(struct smtp_session *session);

#endif
