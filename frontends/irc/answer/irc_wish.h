/** What a command asks the quotes for, in a place that can have collections of its own. */
#ifndef QUOTED_FRONTENDS_IRC_ANSWER_IRC_WISH_H
#define QUOTED_FRONTENDS_IRC_ANSWER_IRC_WISH_H

#include "core/base/rng.h"
#include "frontends/irc/irc_command.h"
#include "frontends/keeper/asker.h"

enum { IRC_WISH_MATCHES = 100 }; /* of a search, that !more can show */

/** A question. */
struct irc_wish {
	struct ask ask;          /* whose argument is borrowed */
	const char *collections; /* of the place, separated by commas; NULL: all; borrowed */
	char *collection;        /* the one that is asked for, owned; NULL: none */
	char *text;              /* of the ask if it is not the argument, owned; NULL: it is */
};

/**
 * Makes the question of \p command, one that asks for quotes, with an \p argument that may be
 * empty. In a place with \p collections, a random quote is drawn from all of these, and today's is
 * one that depends on the day alone; an id or words find what is in them.
 */
void irc_wish_init(struct irc_wish *wish, const struct asker *asker, enum irc_command command,
	const char *argument, const char *collections, struct rng *rng);

/** Returns whether \p quote may be shown in a place with \p collections (NULL: all): the first
 * collection that has it is one of them. */
bool irc_wish_takes(const struct asker *asker, const char *collections, const struct quote *quote);

/** Checks that the asker shows each of \p collections. Returns false with the first unknown name
 * and, if there is one, the name that was likely meant. */
bool irc_wish_check(const struct asker *asker, const char *collections, struct error *reterr);

/** Frees what it owns. */
void irc_wish_finish(struct irc_wish *wish);

#endif
