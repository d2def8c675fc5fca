/** Answers to CTCP requests. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_MESSAGE_IRC_CTCP_H
#define QUOTED_FRONTENDS_IRC_MESSAGE_IRC_CTCP_H

#include <stdbool.h>
#include <time.h>

#include "core/base/buffer.h"

/** Returns whether the text of a PRIVMSG is CTCP, an ACTION included. */
bool irc_ctcp_is(const char *text);

/** Appends the text of the NOTICE that answers VERSION, PING, TIME, SOURCE or CLIENTINFO at \p now;
 * \p contact is whom to ask. Returns false, with nothing appended, for anything else and for a PING
 * of over 100 octets. */
bool irc_ctcp_answer(const char *text, const char *contact, time_t now, struct buffer *out);

#endif
