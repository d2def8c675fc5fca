/** Messages of people on other networks, whom a bridge relays under its own nickname. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_MESSAGE_IRC_RELAY_H
#define QUOTED_FRONTENDS_IRC_MESSAGE_IRC_RELAY_H

#include <stdbool.h>

enum { IRC_RELAY_NAME_SIZE = 64 }; /* of a name with its NUL; longer ones are not taken for one */

/** Splits a cleaned "<bob> text", "[bob] text" or the like with other brackets, which Markdown can
 * surround as in "**<bob>** text", or "bob: text". Before these, others can stand in brackets, such
 * as the network: "[irc] <bob> text", "[irc] [#fun] bob: text". Names may have blanks. Returns
 * false, with \p text in \p ret_text, if it is none of these, or is "nick: text" for our \p nick.
 */
bool irc_relay_split(const char *text, const char *nick, char ret_name[IRC_RELAY_NAME_SIZE],
	const char **ret_text);

#endif
