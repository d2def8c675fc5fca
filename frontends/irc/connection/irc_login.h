/** Capabilities (IRCv3 capability negotiation 302) and SASL (IRCv3.2) before the registration.
 * Pure: takes lines and gives lines. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_LOGIN_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_LOGIN_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "frontends/irc/connection/irc_line.h"

struct irc_login;

enum irc_login_method {
	IRC_LOGIN_METHOD_NONE,
	IRC_LOGIN_METHOD_PLAIN,    /* RFC 4616 */
	IRC_LOGIN_METHOD_SCRAM,    /* SCRAM-SHA-256 */
	IRC_LOGIN_METHOD_EXTERNAL, /* RFC 4422 appendix A: by the certificate of the connection */
	IRC_LOGIN_METHOD_SERVICES, /* not here: irc_presence sends IDENTIFY to NickServ */
};

/** How to log in; the strings are borrowed. */
struct irc_login_account {
	enum irc_login_method method;
	const char *name;     /* "" with EXTERNAL: the one that the certificate belongs to */
	const char *password; /* NULL with EXTERNAL */
};

enum {
	IRC_LOGIN_OFFERS = 8192,    /* octets of the server's capabilities that are looked at */
	IRC_LOGIN_CHALLENGE = 4096, /* octets of a challenge in base64 */
};

/** Borrows \p account. */
struct irc_login *irc_login_create(const struct irc_login_account *account);

/** Appends the line that comes before all others. */
void irc_login_begin(struct irc_login *login, struct strings *out);

/**
 * Takes any line of the server and appends what must be sent, without line ends. Returns false if
 * the bot cannot log in as configured; \p reterr then says why, with the server's words.
 */
bool irc_login_line(struct irc_login *login, const struct irc_line *line, struct strings *out,
	struct error *reterr);

/** Computes for at most some milliseconds, and appends what must be sent. Returns whether there is
 * more to compute; call it again from the loop. */
bool irc_login_work(struct irc_login *login, struct strings *out);

/** Frees it; NULL is a no-op. */
void irc_login_destroy(struct irc_login *login);

#endif
