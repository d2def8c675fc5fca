/** Mailboxes and paths of the envelope: RFC 5321 4.1.2 and 4.1.3, with the UTF-8 of RFC 6531 3.3.
 */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SMTP_ADDRESS_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SMTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	SMTP_ADDRESS_LOCAL_MAX = 64,
	SMTP_ADDRESS_DOMAIN_MAX = 255,
	SMTP_ADDRESS_PATH_MAX = 256, /* with its angle brackets */
};

/** A mailbox. The null path has an empty text; the bare "postmaster" has no domain. */
struct smtp_address {
	char text[SMTP_ADDRESS_PATH_MAX];       /* as written, without source route and brackets */
	char local[SMTP_ADDRESS_LOCAL_MAX + 1]; /* without quotes and backslashes */
	const char *domain;                     /* inside text; "" if there is none */
	bool utf8;                              /* has octets over 127, so needs SMTPUTF8 */
};

/**
 * Parses the path at the beginning of \p text: "<a@b>", "<>", "<postmaster>", or "<@route:a@b>",
 * whose route is dropped; as Postfix does, also behind blanks, and a mailbox without brackets up to
 * a blank. \p ret_end points after it. Returns false for anything else, with the outputs undefined.
 * Copy an address with smtp_address_copy() only: its domain points into itself.
 */
bool smtp_address_parse_path(
	const char *text, struct smtp_address *ret_address, const char **ret_end);

/** Parses all of \p text as a mailbox without brackets, as in a setting; it must have a domain. */
bool smtp_address_parse(const char *text, struct smtp_address *ret_address);

/** Returns whether it is "postmaster" in any case, bare or at \p domain (RFC 5321 4.5.1). */
bool smtp_address_is_postmaster(const struct smtp_address *address, const char *domain);

/** Returns whether \p text is a domain or an address literal. */
bool smtp_address_is_domain(const char *text);

/** Returns whether \p text is UTF-8 without control characters. */
bool smtp_address_is_text(const char *text);

/** Returns \p text in lower case ASCII letters, so that mailboxes that differ in case alone are the
 * same; the caller's to free. */
char *smtp_address_fold(const char *text);

/** Copies \p from to \p to. */
void smtp_address_copy(struct smtp_address *to, const struct smtp_address *from);

#endif
