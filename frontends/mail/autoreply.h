/** Decides whether to answer a message, by the rules of RFC 3834 2 for a service responder. */
#ifndef QUOTED_FRONTENDS_MAIL_AUTOREPLY_H
#define QUOTED_FRONTENDS_MAIL_AUTOREPLY_H

#include "frontends/mail/mail_headers.h"
#include "frontends/mail/smtp/smtp_address.h"

/** Answer, or the reason not to. */
enum autoreply_decision {
	AUTOREPLY_DECISION_ANSWER,
	AUTOREPLY_DECISION_NULL_SENDER,
	AUTOREPLY_DECISION_ROLE_SENDER, /* MAILER-DAEMON, owner-x, x-request, noreply, ... */
	AUTOREPLY_DECISION_OWN_ADDRESS,
	AUTOREPLY_DECISION_UTF8_SENDER, /* we do not use SMTPUTF8 with the relay */
	AUTOREPLY_DECISION_BIG_HEADER,  /* malformed, or larger than what is kept of a message */
	AUTOREPLY_DECISION_AUTO_SUBMITTED,
	AUTOREPLY_DECISION_LIST,            /* a List-* field */
	AUTOREPLY_DECISION_PRECEDENCE,      /* bulk, junk, list */
	AUTOREPLY_DECISION_SUPPRESSED,      /* X-Auto-Response-Suppress */
	AUTOREPLY_DECISION_UNAUTHENTICATED, /* a "fail" in the trusted Authentication-Results */
	AUTOREPLY_DECISION_HOPS,            /* too many Received fields */
};

/** What the decision depends on besides the message. */
struct autoreply_policy {
	const struct smtp_address *own; /* our address; borrowed */
	const char *trusted_authserv;   /* its Authentication-Results are believed; "": none are */
	long max_received;
};

/** Decides about a message from \p sender, that of the envelope; the From field does not matter.
 * Never returns BIG_HEADER, which is for the caller to find out. */
enum autoreply_decision autoreply_decide(const struct autoreply_policy *policy,
	const struct smtp_address *sender, const struct mail_headers *headers);

/** Returns the reason in words, for the log. */
const char *autoreply_reason(enum autoreply_decision decision);

#endif
