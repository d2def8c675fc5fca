/** All quotes of all collections, as they were when they were loaded. */
#ifndef QUOTED_CORE_LIBRARY_LIBRARY_H
#define QUOTED_CORE_LIBRARY_LIBRARY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/library/collection.h"
#include "core/library/file_report.h"
#include "core/library/id_index.h"
#include "core/library/quote_store.h"

/** A file, or another source, and its quotes. */
struct library_file {
	char *path;          /* as it was opened; of other sources, the spec */
	const char *name;    /* the last part of path; inside it */
	uint32_t collection; /* index of its collection */
	uint32_t first;      /* its quotes are those from first on, count of them */
	uint32_t count;
	uint32_t shared;     /* quotes it shares with an earlier file, which has them */
	uint32_t duplicates; /* quotes left out, as this file or an earlier one has them */
	struct file_report report;
};

/** A quote that a later file holds too. */
struct library_share {
	uint32_t quote;
	uint32_t file;
	uint32_t before; /* it stood before the quote that has this index, if there is one */
	uint32_t order;  /* of shares that stood before the same quote, the least was the first */
};

/** Never changes once it is loaded. Owned by those that hold a reference, in any thread. */
struct library {
	_Atomic unsigned references;
	const struct collections *collections; /* borrowed */
	struct quote_store store;
	struct id_index ids;
	struct library_file *files; /* in the order of their quotes */
	uint32_t file_count;
	struct library_share *shares; /* by quote */
	uint32_t share_count;
	uint64_t fingerprint; /* of the files, see loader_look() */
};

/** Returns an empty library of \p collections, which outlive it, with one reference. */
struct library *library_create(const struct collections *collections);

/** Returns the file whose own quote this is. */
uint32_t library_file_of(const struct library *library, uint32_t quote);

/** Returns the first of the shares of a quote and their number. */
const struct library_share *library_shares_of(
	const struct library *library, uint32_t quote, uint32_t *ret_count);

/** Adds a reference and returns \p library. */
struct library *library_hold(struct library *library);

/** Gives up a reference and frees what nobody holds; NULL is a no-op. */
void library_release(struct library *library);

#endif
