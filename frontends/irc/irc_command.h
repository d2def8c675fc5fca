/** Recognises messages that are for the bot. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_COMMAND_H
#define QUOTED_FRONTENDS_IRC_IRC_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

enum irc_command {
	IRC_COMMAND_NONE,
	IRC_COMMAND_QUOTE,   /* a random one; with an argument, by id or words */
	IRC_COMMAND_TODAY,   /* or "qotd" */
	IRC_COMMAND_SEARCH,  /* for the words of its argument; counts the matches */
	IRC_COMMAND_MORE,    /* the next match of the last search there */
	IRC_COMMAND_FORTUNE, /* a random one; with an argument, of that collection */
	IRC_COMMAND_ID,      /* of the last quote there */
	IRC_COMMAND_BY,      /* a random one of the author in its argument */
	IRC_COMMAND_HELP,
	IRC_COMMAND_IGNORE, /* this and those below are for admins */
	IRC_COMMAND_JOIN,
	IRC_COMMAND_PART,
	IRC_COMMAND_RELOAD,
};

enum { IRC_COMMAND_COUNT = IRC_COMMAND_RELOAD + 1 };

/**
 * Parses the text of a PRIVMSG, cleaned by irc_text_clean(). A command is a word after the prefix
 * \p mark ("!quote"), after our \p nick and a colon, comma or dash, or '@' and our nick ("quoted:
 * quote", "@quoted quote"), or bare in private. Full-width forms of these signs will do.
 * Punctuation behind a word is ignored if what follows says nothing, see ask_says_nothing(). Case
 * matters only in \p mark. An empty \p mark leaves the others. \p ret_argument is the rest of \p
 * text after the word and its blanks, or ""; it is "" too if QUOTE or FORTUNE is followed by what
 * says nothing.
 */
enum irc_command irc_command_parse(const char *text, const char *nick, const char *mark,
	bool is_private, const char **ret_argument);

/** Returns the command with that name, in any case, or NONE. */
enum irc_command irc_command_find(const char *word, size_t length);

/** Returns whether only admins may give it. */
bool irc_command_is_for_admins(enum irc_command command);

/** Returns how \p command is written, as in "search WORDS"; "" of NONE. */
const char *irc_command_usage(enum irc_command command);

#endif
