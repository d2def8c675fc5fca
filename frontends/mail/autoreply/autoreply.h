/** Decides whether to answer a message, by the rules of RFC 3834 2 for a service responder and of
 * RFC 5230 4.6. */
#ifndef QUOTED_FRONTENDS_MAIL_AUTOREPLY_AUTOREPLY_H
#define QUOTED_FRONTENDS_MAIL_AUTOREPLY_AUTOREPLY_H

#include "core/base/strings.h"
#include "frontends/mail/mail_headers.h"
#include "frontends/mail/smtp/smtp_mailboxes.h"

/** Answer, or the reason not to. */
enum autoreply_decision {
	AUTOREPLY_DECISION_ANSWER,
	AUTOREPLY_DECISION_NULL_SENDER,
	AUTOREPLY_DECISION_ROLE_SENDER, /* MAILER-DAEMON, owner-x, x-request, noreply, ... */
	AUTOREPLY_DECISION_OWN_ADDRESS,
	AUTOREPLY_DECISION_NOWHERE,    /* localhost, an address literal, no dot in the domain */
	AUTOREPLY_DECISION_ROUTED,     /* user%host, host!user */
	AUTOREPLY_DECISION_BIG_HEADER, /* malformed, or larger than what is kept of a message */
	AUTOREPLY_DECISION_AUTO_SUBMITTED,
	AUTOREPLY_DECISION_LIST,            /* a List-* field, or another of a mailing list */
	AUTOREPLY_DECISION_PRECEDENCE,      /* bulk, junk, list, auto_reply */
	AUTOREPLY_DECISION_SUPPRESSED,      /* X-Auto-Response-Suppress */
	AUTOREPLY_DECISION_ROBOT,           /* a field by which programs mark their mail */
	AUTOREPLY_DECISION_REPORT,          /* a bounce or a receipt, which has a sender */
	AUTOREPLY_DECISION_SPAM,            /* X-Spam-Flag, X-Spam-Status */
	AUTOREPLY_DECISION_LOOP,            /* our own X-Loop */
	AUTOREPLY_DECISION_HOPS,            /* too many Received fields */
	AUTOREPLY_DECISION_NOT_ADDRESSED,   /* To and Cc do not have our address */
	AUTOREPLY_DECISION_UNAUTHENTICATED, /* not passed, by the trusted Authentication-Results */
	AUTOREPLY_DECISION_STRANGER,        /* nothing says that the sender is not forged */
};

/** What the decision depends on besides the message; all borrowed. */
struct autoreply_policy {
	const struct smtp_mailboxes *own; /* our addresses; their domains are local */
	const char *hostname;             /* a local domain too */
	const char *trusted_authserv;     /* its Authentication-Results are believed; "": none */
	const struct strings *sender_domains; /* whose senders need not be authenticated; NULL */
	long max_received;
};

/**
 * Decides about a message from \p sender, that of the envelope; an answer goes nowhere else.
 *
 * With a trusted_authserv, SPF, DKIM or DMARC must have passed for the sender's domain, as
 * auth_results.h says; a sender of sender_domains also needs none of these, but must not have
 * failed. Without one, only senders of local domains, of sender_domains ("*": all) and of those
 * that are not on the Internet are answered. To, Cc, Bcc or their Resent fields, if there is any,
 * must have one of our addresses.
 *
 * Never returns BIG_HEADER, which is for the caller to find out.
 */
enum autoreply_decision autoreply_decide(const struct autoreply_policy *policy,
	const struct smtp_address *sender, const struct mail_headers *headers);

/** Returns the reason in words, for the log. */
const char *autoreply_reason(enum autoreply_decision decision);

#endif
