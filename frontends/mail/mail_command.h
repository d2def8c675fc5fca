/** What a message asks for, read from its subject, its address or its first line. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_COMMAND_H
#define QUOTED_FRONTENDS_MAIL_MAIL_COMMAND_H

#include <stdbool.h>

#include "frontends/keeper/asker.h"

enum mail_command_kind {
	MAIL_COMMAND_KIND_NONE,        /* not a command */
	MAIL_COMMAND_KIND_WORD,        /* one word, which may be an id */
	MAIL_COMMAND_KIND_QUOTE,       /* any quote or, with an argument, by id or words */
	MAIL_COMMAND_KIND_TODAY,       /* today's */
	MAIL_COMMAND_KIND_DAY,         /* that of the day that is the argument */
	MAIL_COMMAND_KIND_SEARCH,      /* the best match for the words of the argument */
	MAIL_COMMAND_KIND_COLLECTION,  /* any quote of the collection that is the argument */
	MAIL_COMMAND_KIND_SUBSCRIBE,   /* with a collection, a time, both or neither */
	MAIL_COMMAND_KIND_UNSUBSCRIBE, /* the sender or, with a token, whose that is */
	MAIL_COMMAND_KIND_CONFIRM,     /* the request of the token that is the argument */
	MAIL_COMMAND_KIND_HELP,
};

/** A command; all zero is none. */
struct mail_command {
	enum mail_command_kind kind;
	char *argument; /* owned; "" if there is none; NULL only if all is zero */
};

/** The places where a message can have its command: UTF-8, borrowed; NULL: not there. */
struct mail_command_places {
	const char *subject; /* decoded */
	const char *detail;  /* of our address, what follows the delimiter */
	const char *line;    /* the first of the body */
	bool reply;          /* the message answers another one, whose subject it has */
};

/**
 * Reads the command in \p text, valid UTF-8: "today", "Re: AW: [list] Search: apple pie",
 * "2026-11-24". Sets aside case, punctuation around it and whatever else can stand before it: words
 * that end with a colon, as the reply prefixes of all languages do, also "Re[2]:", and words in
 * brackets. Nothing may follow a command that takes no argument. Finish \p ret_command.
 */
void mail_command_parse(const char *text, struct mail_command *ret_command);

/**
 * Decides what a message asks for: the command of its subject, else of the detail of the address,
 * else of its first line; else it is QUOTE. In a reply the first line comes first, unless the
 * subject is a command without a prefix; of one that would CONFIRM, only UNSUBSCRIBE does. A detail
 * that is not a command names a collection; one that is a token of subscription_token.h confirms,
 * or goes with UNSUBSCRIBE. A subject or line of one word is an id if \p asker has a
 * quote with it, if it begins several and has a digit, as few words have, or if it is a whole one
 * with a digit. Never gives NONE or WORD. Finish \p ret_command.
 */
void mail_command_choose(struct asker *asker, const struct mail_command_places *places,
	struct mail_command *ret_command);

/** Returns the question for an asker, with borrowed texts, in \p ret_ask; or false if the command
 * asks for no quote, or lacks its argument. */
bool mail_command_ask(
	const struct mail_command *command, const struct quote_fit *fit, struct ask *ret_ask);

/** Frees the argument; the command is none afterwards. */
void mail_command_finish(struct mail_command *command);

#endif
