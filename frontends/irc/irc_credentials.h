/** What the bot proves itself with to a server, and whom it trusts, read from the files of its
 * options. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_CREDENTIALS_H
#define QUOTED_FRONTENDS_IRC_IRC_CREDENTIALS_H

#include <stdbool.h>

#include "core/base/error.h"
#include "frontends/irc/connection/irc_login.h"
#include "frontends/irc/irc_options.h"

struct tls_context;

/** Owns all but the name of the account, which is that of the options. */
struct irc_credentials {
	const char *password; /* of the server; NULL: none */
	struct irc_login_account account;
	struct tls_context *tls; /* NULL: without TLS */
};

/**
 * Reads the files, and blocks as long as that takes. Returns false with the setting, the fault and
 * the remedy, and nothing to free, if one cannot be read, is open to others, or has a password that
 * cannot be used for the login.
 */
bool irc_credentials_read(const struct irc_options *options,
	struct irc_credentials *ret_credentials, struct error *reterr);

/** Frees what they own. */
void irc_credentials_finish(struct irc_credentials *credentials);

#endif
