/** Text as lines of PRIVMSG or NOTICE that stay whole when the server relays them. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_REPLY_H
#define QUOTED_FRONTENDS_IRC_IRC_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "core/choice/render.h"

/** Who speaks, how and to whom. */
struct irc_reply {
	const char *nick; /* ours, now */
	const char *user; /* ours, as configured; the server may put a '~' before it */
	const char *verb; /* "PRIVMSG" or "NOTICE" */
	const char *target;
};

/**
 * Returns the octets of text that fit beside ":nick!~user@host VERB target :" and CRLF in 512, with
 * a host of 63 octets (RFC 2812 2.3.1); 0 where nothing fits.
 */
size_t irc_reply_room(const struct irc_reply *reply);

/**
 * Appends "VERB target :line" for each line of \p text (LF between them, empty ones left out), each
 * cut to the room on a code point. CR and NUL become blanks. Returns false, with nothing appended,
 * where the target is no word or leaves no room.
 */
bool irc_reply_lines(
	const struct irc_reply *reply, const char *text, size_t length, struct strings *out);

/** Returns the longest length up to \p room that ends \p text between UTF-8 code points. */
size_t irc_reply_cut(const char *text, size_t length, size_t room);

#endif
