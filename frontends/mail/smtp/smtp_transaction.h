/** A message being received: its sender, recipients and text, and the replies to them. */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SMTP_TRANSACTION_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SMTP_TRANSACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "frontends/mail/smtp/smtp_address.h"
#include "frontends/mail/smtp/smtp_data.h"

enum { SMTP_TRANSACTION_HEADER_KEEP = 1 << 16 /* octets kept of a message not for postmaster */ };

struct smtp_session_options;

/** The kinds of recipients. */
enum smtp_recipient {
	SMTP_RECIPIENT_ADDRESS,
	SMTP_RECIPIENT_POSTMASTER,
	SMTP_RECIPIENT_COUNT,
};

/** A message received to its end. */
struct smtp_message {
	struct smtp_address sender;
	bool wanted[SMTP_RECIPIENT_COUNT];       /* whether it has a recipient of that kind */
	const struct smtp_address *mailbox;      /* the first of ours; borrowed; NULL: none */
	char detail[SMTP_ADDRESS_LOCAL_MAX + 1]; /* of that; "": none */
	struct buffer text; /* CRLF lines; whole only if it is for postmaster; without an mbox "From
			       " line */
	size_t size;        /* octets of the whole text */
};

/** What happened to a message, for one kind of recipient. */
enum smtp_verdict {
	SMTP_VERDICT_TAKEN,   /* 250 */
	SMTP_VERDICT_LATER,   /* 451 */
	SMTP_VERDICT_REFUSED, /* 554 */
};

/** From MAIL to the reply to the text; all zero to begin with. */
struct smtp_transaction {
	bool busy; /* MAIL was accepted */
	bool utf8; /* with SMTPUTF8 */
	struct smtp_message message;
	struct smtp_data data;
	unsigned char *recipients; /* enum smtp_recipient, in the order of RCPT */
	long recipient_count;
};

/** Handles MAIL with its \p argument. Returns NULL, or the reply that refuses it, without CRLF. */
const char *smtp_transaction_mail(struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *argument);

/** Handles RCPT with its \p argument. Returns NULL, or the reply that refuses it, without CRLF. */
const char *smtp_transaction_rcpt(struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *argument);

/**
 * Reads the text up to its end, which sets data.done. Returns how many octets were read. Once done,
 * \p ret_refusal is NULL, or the reply that refuses the message.
 */
size_t smtp_transaction_feed(struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *data, size_t length,
	const char **ret_refusal);

/** Appends \p refusal as the reply to the text: in LMTP once for each recipient (RFC 2033 4.2). */
void smtp_transaction_refuse(const struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *refusal, struct buffer *out);

/**
 * Appends the reply to the text: in LMTP one for each recipient, in SMTP that of the worst verdict
 * on the kinds of recipients it has.
 */
void smtp_transaction_answer(const struct smtp_transaction *transaction,
	const struct smtp_session_options *options,
	const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT], struct buffer *out);

/** Frees everything, ready for the next message. */
void smtp_transaction_end(struct smtp_transaction *transaction);

#endif
