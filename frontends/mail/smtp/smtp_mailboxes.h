/** The addresses that answer, each with the details that may follow its name (RFC 5233). */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SMTP_MAILBOXES_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SMTP_MAILBOXES_H

#include "core/base/strings.h"
#include "frontends/mail/smtp/smtp_address.h"

/** Addresses; all zero has none. */
struct smtp_mailboxes {
	struct smtp_address *items; /* owned */
	size_t count;
	const char *delimiters; /* each may begin a detail; borrowed; "": there are no details */
};

/** Reads the addresses of \p texts. Returns false, with nothing to finish, if one is not an
 * address. */
bool smtp_mailboxes_read(
	const struct strings *texts, const char *delimiters, struct smtp_mailboxes *ret_mailboxes);

/** Returns the one that \p address is, or is with a detail; NULL: none. \p ret_detail is what
 * follows the first delimiter, inside \p address, or "". */
const struct smtp_address *smtp_mailboxes_find(const struct smtp_mailboxes *mailboxes,
	const struct smtp_address *address, const char **ret_detail);

/** Returns whether \p domain is that of one of them. */
bool smtp_mailboxes_have_domain(const struct smtp_mailboxes *mailboxes, const char *domain);

/** Frees the addresses. */
void smtp_mailboxes_finish(struct smtp_mailboxes *mailboxes);

#endif
