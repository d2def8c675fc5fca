/** Recognises messages that are for the bot. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_COMMAND_H
#define QUOTED_FRONTENDS_IRC_IRC_COMMAND_H

#include <stdbool.h>

enum irc_command {
	IRC_COMMAND_NONE,
	IRC_COMMAND_QUOTE, /* a random one; with an argument, by id or words */
	IRC_COMMAND_TODAY,
	IRC_COMMAND_SEARCH, /* for the words of its argument */
	IRC_COMMAND_HELP,
};

/**
 * Parses the text of a PRIVMSG. A command is a word after the prefix \p mark ("!quote"), after our
 * \p nick and a colon or comma ("quoted: quote"), or bare in private. Case matters only in \p mark.
 * An empty \p mark leaves the other two. CTCP is never a command. \p ret_argument is the rest of
 * \p text after the word and its blanks, or "".
 */
enum irc_command irc_command_parse(const char *text, const char *nick, const char *mark,
	bool is_private, const char **ret_argument);

#endif
