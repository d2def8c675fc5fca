/** All quotes of all collections, as loaded at one time. */
#ifndef QUOTED_CORE_LIBRARY_LIBRARY_H
#define QUOTED_CORE_LIBRARY_LIBRARY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/library/collection.h"
#include "core/library/file_report.h"
#include "core/library/id_index.h"
#include "core/library/notes.h"
#include "core/library/quote_store.h"

/** A file or other source, and its quotes. */
struct library_file {
	char *path;          /* as opened; "static" for a static source */
	const char *name;    /* last part of path, pointing into it */
	char *language;      /* that of its collection, else a guess; NULL: not known */
	uint32_t collection; /* index of its collection */
	uint32_t first;      /* index of its first quote; the others follow it */
	uint32_t count;
	uint32_t shared;     /* quotes that it has by a share, as an earlier file holds them */
	uint32_t duplicates; /* quotes left out because it or an earlier file holds them */
	struct file_report report;
};

/** States that a file also has a quote that an earlier file holds. Not a share of the draws
 * (collection.h). */
struct library_share {
	uint32_t quote;  /* its index */
	uint32_t file;   /* index of the later file */
	uint32_t before; /* index of the quote that it stood before, which may not exist */
	uint32_t order;  /* among shares with the same before: the lowest stood first */
};

/** Never changes once it is loaded. References to it may be held in any thread. */
struct library {
	_Atomic unsigned references;
	struct collections *collections; /* a reference */
	struct quote_store store;
	struct notes notes;
	struct library_file *files; /* in the order of their quotes */
	uint32_t file_count;
	struct library_share *shares; /* sorted by quote, then by file */
	uint32_t share_count;
	uint64_t fingerprint;       /* of the files, see loader_look() */
	struct strings passed_over; /* "PATH: REASON" of each file of a directory that is not one of
				       quotes */
};

/** Returns an empty library of \p collections, with one reference. */
struct library *library_create(struct collections *collections);

/** Returns the quote at \p index with its tags and the language of the file that holds it; valid as
 * long as the library. */
struct quote library_quote(const struct library *library, uint32_t index);

/** Returns the index of the file that holds \p quote, in logarithmic time. */
uint32_t library_file_of(const struct library *library, uint32_t quote);

/** Returns the shares of \p quote and their number, in logarithmic time; borrowed, never NULL. */
const struct library_share *library_shares_of(
	const struct library *library, uint32_t quote, uint32_t *ret_count);

/** Takes a reference and returns \p library. */
struct library *library_hold(struct library *library);

/** Drops a reference; the last one frees the library. NULL is a no-op. */
void library_release(struct library *library);

#endif
