/** A way to a quote, by the address of a front end. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_ABOUT_ABOUT_WAY_H
#define QUOTED_FRONTENDS_WEB_ABOUT_ABOUT_WAY_H

#include <stdbool.h>

#include "core/base/buffer.h"

/** A way in words: "By mail: write to", "quote@example.org", "; the subject help gets you more". */
struct about_way {
	const char *before; /* what stands before the address or command */
	const char *href;   /* of the address; NULL: it is a command */
	struct buffer what; /* the address or command */
	const char *after;  /* what stands behind it; "": nothing */
};

/**
 * Fills \p ret_way for the front end at \p url, which is borrowed: mail, IRC, QOTD, or this site if
 * nothing says where people find it. Returns false if \p url helps no one: of another kind, or
 * bound to every address of the machine. What an address of loopback gives says that it is for this
 * machine. The caller finishes the buffer.
 */
bool about_way_find(const char *url, struct about_way *ret_way);

#endif
