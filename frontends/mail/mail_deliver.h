/** Hands one message to the daemon, as a mail program does that a user's .forward names. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_DELIVER_H
#define QUOTED_FRONTENDS_MAIL_MAIL_DELIVER_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/** A message to hand over; everything is borrowed. */
struct mail_delivery {
	const char *address;   /* where the daemon listens, as address_parse() reads it */
	bool lmtp;             /* it speaks LMTP there, else SMTP */
	const char *sender;    /* of the envelope; NULL: see mail_deliver_sender() */
	const char *recipient; /* an address of the daemon's */
	size_t max_bytes;      /* of the message */
};

/**
 * Returns the sender of the envelope, the caller's to free: that of the mbox "From " line or the
 * Return-Path that begins the header of \p message, else \p fallback (as $SENDER). A name without
 * a domain becomes "", the null sender, as it cannot be answered. NULL if there is none of these.
 */
char *mail_deliver_sender(const char *message, const char *fallback);

/** Appends \p length octets of a message as SMTP transmits it: lines end in CRLF whether or not
 * they did, dots are doubled at their beginning, and a line with a dot ends it (RFC 5321 4.5.2). A
 * line over 998 octets goes on in the next one, behind a blank. */
void mail_deliver_encode(const char *message, size_t length, struct buffer *out);

/**
 * Reads a message from \p in and hands it over; blocks. Returns EX_OK once the daemon has answered
 * for it; EX_TEMPFAIL if the daemon is not there, does not reply within 5 minutes or puts it off;
 * EX_NOUSER if it refuses the recipient, EX_DATAERR if it refuses the message, with a sentence.
 */
int mail_deliver(const struct mail_delivery *delivery, FILE *in, struct error *reterr);

#endif
