/** What Authentication-Results fields (RFC 8601) say about the sender of a message. Pure, but for
 * the list that is built into libpsl. */
#ifndef QUOTED_FRONTENDS_MAIL_AUTOREPLY_AUTH_RESULTS_H
#define QUOTED_FRONTENDS_MAIL_AUTOREPLY_AUTH_RESULTS_H

#include <stdbool.h>

/** What the fields read so far say together; all zero: nothing. */
struct auth_results {
	bool passed; /* SPF, DKIM or DMARC passed for the sender's domain, or one aligned with it */
	bool failed; /* one of these failed */
	bool rejected; /* DMARC failed: what passed does not count */
};

/**
 * Adds what the field \p value says about \p domain, that of the envelope sender, if \p authserv
 * made it, in version 1; others are ignored. A domain is aligned with another if both have the same
 * organizational domain by the public suffix list (RFC 7489 3.1 relaxed, 3.2), or are equal. What
 * counts: spf=pass with an aligned smtp.mailfrom, or without any smtp property, as it is the
 * envelope sender that SPF checks; dkim=pass with an aligned header.d or header.i; dmarc=pass with
 * an aligned header.from. Comments and quoted strings are never read as results.
 */
void auth_results_read(
	const char *value, const char *authserv, const char *domain, struct auth_results *results);

#endif
