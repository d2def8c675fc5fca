/** The configuration of collections of quotes. */
#ifndef QUOTED_CORE_LIBRARY_COLLECTION_H
#define QUOTED_CORE_LIBRARY_COLLECTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/strings.h"

/** Begins the spec of a command. */
#define COLLECTION_COMMAND_SCHEME "command:"

/** A named collection, which owns what it points to. Only its name and sources are needed; all else
 * may be zero, except the limits of a command. */
struct collection {
	char *name;
	struct strings sources; /* specs, as source_find() reads them */
	long weight;            /* share of the draws, relative to the other weights; 0: not set */
	long percent;           /* share of the draws in percent; 0: not set */
	bool is_private;        /* shown only by wires that name it */
	bool offensive;         /* also read the offensive files of a directory */
	bool only_offensive;    /* with offensive: read no others */
	struct strings include; /* fnmatch(3) patterns: of a directory, read only these names */
	struct strings exclude; /* and not these */
	char *charset;          /* of its files, as iconv names it; NULL or empty: detect it */
	char *language;         /* of its quotes, a tag of BCP 47; NULL or empty: not known */
	bool comments;          /* leave out lines that start with "%%" */
	long timeout;           /* seconds that a run of the command may take */
	long max_bytes;         /* octets that a run of the command may write */
	long reserve;           /* quotes of the command to keep ready; 0 counts as 1 */
};

/** All collections, and how a quote is drawn from them. Never changes once it is loaded. References
 * to it may be held in any thread. */
struct collections {
	struct collection *items;
	size_t count;
	bool equal; /* draw every file with the same chance, or that of its part of a percentage */
	_Atomic unsigned references;
};

/** Returns no collections, with one reference. */
struct collections *collections_create(void);

/** Adds a collection of which only the name is set. The pointer is valid until the next is added.
 */
struct collection *collections_add(struct collections *collections, const char *name);

/** Takes a reference and returns \p collections. */
struct collections *collections_hold(struct collections *collections);

/** Drops a reference; the last one frees the collections. NULL is a no-op. */
void collections_release(struct collections *collections);

/**
 * Checks that the names differ, that a command is the only source of its collection, and the
 * shares: either weights or percentages; percentages add up to 100, or to less if a collection
 * without one takes the rest; only private collections may be left nothing; if there are
 * percentages, every command has one. Returns false with "collection "NAME": ..." or "collection:
 * ...".
 */
bool collections_check(const struct collections *collections, struct error *reterr);

/** Returns the command of a collection without its scheme, borrowed, or NULL if its source is not a
 * command. */
const char *collection_command(const struct collection *collection);

/** Returns the language that is set, borrowed, or NULL. */
const char *collection_language(const struct collection *collection);

/** Returns how many collections run a command. */
unsigned collections_count_commands(const struct collections *collections);

/** Returns whether any collection has a percentage. */
bool collections_have_percents(const struct collections *collections);

/** Returns whether any collection has a weight. */
bool collections_have_weights(const struct collections *collections);

#endif
