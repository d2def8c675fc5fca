/** Nicknames, and the names in a prefix. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_NICK_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_NICK_H

#include <stdbool.h>
#include <stddef.h>

/** Room for a nickname with its NUL; longer ones are cut. */
enum { IRC_NICK_SIZE = 64 };

/** Returns whether two nicknames or channels are the same; {}|^ are the lower case of []\~ (RFC
 * 2812 2.2). */
bool irc_nick_equal(const char *a, const char *b);

/** Returns whether \p text begins with \p nick, compared as irc_nick_equal() does. */
bool irc_nick_begins(const char *text, const char *nick);

/** Returns whether \p text can be any parameter of a line: it is not empty, has no blank or control
 * character, and does not begin with a colon. */
bool irc_nick_is_word(const char *text);

/** Returns whether a server can accept \p text as a nickname (RFC 2812 2.3.1), of less than
 * IRC_NICK_SIZE octets. */
bool irc_nick_is_valid(const char *text);

/** Returns whether \p text is the name of a network's services, such as NickServ, which no network
 * gives to a client. */
bool irc_nick_is_of_services(const char *text);

/** Returns whether \p list, of nicknames or masks with commas or blanks between them, has \p nick.
 */
bool irc_nick_is_listed(const char *list, const char *nick);

/** Copies the nickname from the prefix "nick!user@host". */
void irc_nick_of(const char *prefix, char ret_nick[IRC_NICK_SIZE]);

/** Returns the "user@host" of a prefix, or the whole prefix if it has none. */
const char *irc_nick_host(const char *prefix);

/**
 * Writes the nickname to try on \p attempt, from 1 on, after \p wanted was refused: "quoted_", then
 * "quoted__", then its first six octets and a number below 1,000. The last fits the nine characters
 * that every server allows.
 */
void irc_nick_alternative(const char *wanted, unsigned attempt, char ret_nick[IRC_NICK_SIZE]);

#endif
