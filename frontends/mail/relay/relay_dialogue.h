/** What was said in a session with a relay, as far as it matters to it. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_RELAY_RELAY_DIALOGUE_H
#define QUOTED_FRONTENDS_MAIL_RELAY_RELAY_DIALOGUE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	RELAY_DIALOGUE_KEEP = 2048,        /* octets of a reply that are read */
	RELAY_DIALOGUE_NOT_OUR_NAME = 504, /* the code of a relay that does not accept it */
};

/** A dialogue; all zero to begin with. Texts end with a NUL. */
struct relay_dialogue {
	char command[9];                     /* the last one sent */
	char reply[RELAY_DIALOGUE_KEEP + 1]; /* to that, the beginning */
	size_t length;                       /* octets of the whole reply so far */
	bool logged_in;                      /* AUTH succeeded */
	bool utf8;                           /* the relay offers SMTPUTF8 (RFC 6531) */
	char refusal[192];                   /* the last 4xx or 5xx, in words; "": none */
};

/** Notes a line that is sent. Whatever is not one of the commands may be a secret, and is not kept.
 */
void relay_dialogue_send(struct relay_dialogue *dialogue, const char *line, size_t length);

/** Notes more octets of the reply, which may come in pieces. */
void relay_dialogue_receive(struct relay_dialogue *dialogue, const char *octets, size_t length);

/** Returns what helps, as in "; set hostname to a name that it accepts", if the relay refuses us,
 * or our name, with this \p code and these words; NULL if it refuses the message. The string is
 * static.
 */
const char *relay_dialogue_remedy(int code, const char *text);

/** Cuts \p text at its first line end and makes it safe to be shown on a terminal. */
void relay_dialogue_clean(char *text);

#endif
