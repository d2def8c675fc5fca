/** Whether a message is for the bot, and what it asks. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_COMMAND_H
#define QUOTED_FRONTENDS_IRC_IRC_COMMAND_H

#include <stdbool.h>

enum irc_command {
	IRC_COMMAND_NONE,
	IRC_COMMAND_QUOTE, /* by chance; with an argument, by id or by words */
	IRC_COMMAND_TODAY,
	IRC_COMMAND_SEARCH, /* its argument: the words */
	IRC_COMMAND_HELP,
};

/**
 * Reads the text of a PRIVMSG. Heard are the command prefix \p mark ("!quote"), our \p nick before
 * a colon or comma ("quoted: quote"), and in private the bare word. Case does not matter. CTCP is
 * never a command. An empty \p mark leaves only the nick and private. \p ret_argument points into
 * \p text, behind the word and the blanks there.
 */
enum irc_command irc_command_parse(const char *text, const char *nick, const char *mark,
	bool is_private, const char **ret_argument);

#endif
