/** What the operator says of a collection of quotes. */
#ifndef QUOTED_CORE_LIBRARY_COLLECTION_H
#define QUOTED_CORE_LIBRARY_COLLECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/strings.h"

/** What the spec of a command begins with. */
#define COLLECTION_COMMAND_SCHEME "command:"

/** All zero but for the sources is a collection like any other. */
struct collection_options {
	struct strings sources; /* "static:TEXT", "fortune:PATH", "command:ARGV" */
	long weight;            /* its share beside the others' weights; 0: none is given */
	long percent;           /* its share in percent; 0: none is given */
	bool is_private;        /* shown only by those that name it */
	bool offensive;         /* take the offensive files of a directory too */
	bool only_offensive;    /* take no others */
	struct strings include; /* patterns of fnmatch(3): of a directory, only these names */
	struct strings exclude; /* and not these */
	char *charset;          /* of its files, as iconv names it; NULL or empty: found out */
	bool comments;          /* leave out lines of "%%" */
	long timeout;           /* seconds for a run of a command */
	long max_bytes;         /* octets that a command may write */
	long reserve;           /* quotes kept ready of a command */
};

/** A collection with its name; both are borrowed. */
struct collection {
	const char *name;
	const struct collection_options *options;
};

/** All collections, and how a quote is drawn from them. */
struct collections {
	struct collection *items;
	size_t count;
	bool equal; /* every file with the same chance */
};

/**
 * Checks that the names differ, that a command is the only source of its collection, and the
 * shares: percentages sum up to 100, or to less if a collection without one takes the rest, but not
 * to 100 if one that is not private would have nothing left; there are weights or percentages, not
 * both. Returns false with "collection "NAME": ...".
 */
bool collections_check(const struct collections *collections, struct error *reterr);

/** Returns what follows COLLECTION_COMMAND_SCHEME in the only source of a collection; NULL if it
 * runs no command. */
const char *collection_command(const struct collection_options *options);

/** Returns how many collections run a command. */
unsigned collections_count_commands(const struct collections *collections);

/** Returns whether any collection has a percentage. */
bool collections_have_percents(const struct collections *collections);

/** Returns whether any collection has a weight. */
bool collections_have_weights(const struct collections *collections);

#endif
