/** Loads the quotes of all collections, and finds out whether their files have changed. */
#ifndef QUOTED_CORE_SOURCES_LOADER_H
#define QUOTED_CORE_SOURCES_LOADER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/library/collection.h"
#include "core/library/library.h"

/** A load. The caller sets warnings and what else it needs of the first fields. */
struct loader {
	struct strings *warnings;        /* takes a sentence for each thing that was skipped */
	const struct library *before;    /* the library to be replaced; NULL: none */
	const atomic_bool *cancel;       /* once true, stop; may be NULL */
	const struct library_file *only; /* the one file to load, of another library of the same
					    collections; NULL: all */
	bool only_looks;                 /* mix the fingerprint of the files, and read nothing */
	bool only_counts; /* count the quotes of each file, duplicates too, and read no more than
			     that takes: its .dat file if that matches the size of the text */

	/* As the sources see it: */
	struct library *library;
	struct strings *watched;             /* see loader_look(), but not sorted; may be NULL */
	const struct collection *collection; /* the one being loaded */
	uint32_t index;                      /* of that */
	bool in_directory;                   /* pass over the files that are not of quotes */
	bool left_out;                       /* a file of it, which the collection does not take */
	char *unread;                        /* the first directory in it; NULL: none */
	size_t notes;                        /* of the library when the file was begun */
	bool lost; /* a file of before can no longer be read, for this reason: */
	struct error error;
};

/**
 * Loads \p collections. Appends a sentence to \p problems for each cause not to serve the result:
 * collections_check() fails, a spec is malformed, a path in one cannot be read, there is neither a
 * quote nor a command, or a file of loader->before still exists but can no longer be read. Returns
 * a library with one reference, which has what could be loaded, or NULL soon after the load was
 * cancelled. If it only counts, the library has no ids, texts, guessed languages or fingerprint;
 * if it loads only one file, no fingerprint. Runs no command; blocks as long as its files do.
 */
struct library *loader_try(
	struct loader *loader, struct collections *collections, struct strings *problems);

/** As loader_try(), but returns NULL with the first problem if there is any. */
struct library *loader_load(
	struct loader *loader, struct collections *collections, struct error *reterr);

/**
 * Returns a fingerprint, which changes if a file was changed, added or removed; looks at the files
 * without reading them. Appends to \p ret_watched (may be NULL) the paths to watch for such
 * changes, sorted and without duplicates: every name that leads to a file, through directories and
 * links. A path that ends in a slash is a directory in which every name matters.
 */
uint64_t loader_look(struct collections *collections, struct strings *ret_watched);

/** Begins the file \p path; quotes that are added next belong to it. The pointer is valid until the
 * next file is begun. */
struct library_file *loader_begin_file(struct loader *loader, const char *path);

/** Adds a quote to the file that was begun last, as quote_store_add() does. */
bool loader_add(struct loader *loader, const char *text, size_t length);

/** Adds quotes to the file that was begun last, as quote_store_add_unread() does. */
bool loader_add_unread(struct loader *loader, size_t count);

/** Removes what was added since loader_begin_file(). */
void loader_empty_file(struct loader *loader);

/** Takes back the file that was begun last, which has no quotes yet, and notes that it was passed
 * over for \p reason. */
void loader_pass_over(struct loader *loader, const char *reason);

/** Returns whether the file \p path is to be read. */
bool loader_wants(const struct loader *loader, const char *path);

/** Returns whether the load has been cancelled. */
bool loader_is_cancelled(const struct loader *loader);

/** Returns whether the library to be replaced has quotes of the file \p path. */
bool loader_had_file(const struct loader *loader, const char *path);

#endif
