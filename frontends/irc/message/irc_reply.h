/** Formats text as PRIVMSG, NOTICE or TOPIC lines that the server can relay without cutting them.
 */
#ifndef QUOTED_FRONTENDS_IRC_MESSAGE_IRC_REPLY_H
#define QUOTED_FRONTENDS_IRC_MESSAGE_IRC_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "core/choice/render.h"

/** Where a reply comes from and goes to. */
struct irc_reply {
	const char *nick;  /* our current one */
	const char *user;  /* ours, as configured; the server may put a '~' before it */
	const char *shown; /* our "user@host" as the server shows it; NULL: not known */
	const char *verb;  /* "PRIVMSG", "NOTICE" or "TOPIC" */
	const char *target;
};

/**
 * Returns how many octets of text fit into a line of 512 with ":nick!user@host VERB target :" and
 * CRLF; 0 if none. While the server has not shown user@host, they are "~user" and a host of 63
 * octets (RFC 2812 2.3.1).
 */
size_t irc_reply_room(const struct irc_reply *reply);

/**
 * Appends "VERB target :line" for each line of \p text that is not empty, cut to the room between
 * code points. LF ends a line; CR and NUL become blanks. Returns false, with nothing appended, if
 * the target is not a word or leaves no room.
 */
bool irc_reply_lines(
	const struct irc_reply *reply, const char *text, size_t length, struct strings *out);

#endif
