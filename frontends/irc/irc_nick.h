/** Nicknames and the names in a prefix. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_NICK_H
#define QUOTED_FRONTENDS_IRC_IRC_NICK_H

#include <stdbool.h>
#include <stddef.h>

/** Room for a nickname with its NUL; a longer one is cut. */
enum { IRC_NICK_SIZE = 64 };

/** Whether two nicknames or channels are the same one under RFC 1459's case mapping ({}|^ are
 * []\~). */
bool irc_nick_equal(const char *a, const char *b);

/** Whether \p text can stand as one parameter of a line: not empty, no blank, control or colon
 * first. */
bool irc_nick_is_word(const char *text);

/** Copies the nickname of the prefix "nick!user@host". */
void irc_nick_of(const char *prefix, char ret_nick[IRC_NICK_SIZE]);

/** Returns "user@host" of a prefix, or the whole prefix where it has none. */
const char *irc_nick_host(const char *prefix);

/**
 * Writes what to be called where \p wanted is taken: "quoted_", "quoted__", then a number after its
 * first six octets, so that it fits into the nine characters every server grants.
 */
void irc_nick_alternative(const char *wanted, unsigned attempt, char ret_nick[IRC_NICK_SIZE]);

#endif
