/** What a session with a relay needs for TLS and AUTH: OpenSSL and the SASL client of libesmtp. */
#ifndef QUOTED_FRONTENDS_MAIL_RELAY_RELAY_LOGIN_H
#define QUOTED_FRONTENDS_MAIL_RELAY_RELAY_LOGIN_H

#include <stdbool.h>

#include "core/base/error.h"

/** How to talk to a relay; borrowed. All "" is neither TLS nor AUTH. */
struct relay_login_options {
	bool starttls;
	const char *ca_file; /* certificates that are trusted; "": the system's */
	const char *user;    /* "": no AUTH */
	const char *password_file;
};

struct relay_login;

/**
 * Reads the password and the certificates, which therefore can change between sessions. \p host is
 * the one that the relay's certificate must be for. Returns NULL if a file cannot be used.
 */
struct relay_login *relay_login_create(
	const struct relay_login_options *options, const char *host, struct error *reterr);

/** Prepares \p session, an smtp_session_t that does not run; the login outlives it. */
void relay_login_prepare(struct relay_login *login, void *session);

/** Returns why the certificate was refused, or NULL if none was. */
const char *relay_login_refusal(const struct relay_login *login);

/** Frees it; NULL is a no-op. */
void relay_login_destroy(struct relay_login *login);

#endif
