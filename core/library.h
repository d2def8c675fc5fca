/** All quotes of all collections, as they were when they were loaded. */
#ifndef QUOTED_CORE_LIBRARY_H
#define QUOTED_CORE_LIBRARY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/collection.h"
#include "core/error.h"
#include "core/fortune_file.h"
#include "core/id_index.h"
#include "core/quote_store.h"
#include "core/strings.h"

/** A file, or another source, and its quotes. */
struct library_file {
	char *path;          /* as it was opened; of other sources, the spec */
	const char *name;    /* the last part of path; inside it */
	uint32_t collection; /* index of its collection */
	uint32_t first;      /* its quotes are those from first on, count of them */
	uint32_t count;
	uint32_t shared;     /* quotes it shares with an earlier file, which has them */
	uint32_t duplicates; /* quotes left out, as this file or an earlier one has them */
	struct fortune_file_report report;
};

/** A quote that a later file holds too. */
struct library_share {
	uint32_t quote;
	uint32_t file;
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
	uint32_t commands;    /* collections that run one */
	uint64_t fingerprint; /* of the files, see library_look */
	/* While loading: the index of the collection, what is served meanwhile, and whether nobody
	 * wants the result any more. */
	uint32_t loading;
	const struct library *before;
	const atomic_bool *cancel;
};

/**
 * Loads \p collections, which outlive the result. What was passed over or mended is appended to
 * \p warnings, a sentence each. Returns a library with one reference, or NULL where a spec is
 * malformed, a named path cannot be read or there is no quote and no command at all; also where a
 * file of \p before, the library to be replaced (NULL: none), is still there and cannot be read any
 * more. Runs no command; blocks as long as its files do.
 */
struct library *library_load(const struct collections *collections, const struct library *before,
	struct strings *warnings, struct error *reterr);

/** As library_load() for the collections of \p before; ends soon, with NULL, once \p cancel (may be
 * NULL) is true. */
struct library *library_reload(const struct library *before, const atomic_bool *cancel,
	struct strings *warnings, struct error *reterr);

/**
 * Looks at the files without reading them: returns a number that changes where one was changed,
 * added or removed. Appends to \p ret_watched (may be NULL) what to watch for that: the paths whose
 * name may come to stand for something else, links and the directories above included; one that
 * ends in a slash is a directory in which every name matters. Sorted, each once.
 */
uint64_t library_look(const struct collections *collections, struct strings *ret_watched);

/** Returns the file whose own quote this is. */
uint32_t library_file_of(const struct library *library, uint32_t quote);

/** Returns the first of the shares of a quote and their number. */
const struct library_share *library_shares_of(
	const struct library *library, uint32_t quote, uint32_t *ret_count);

/** Adds a reference and returns \p library. */
struct library *library_hold(struct library *library);

/** Gives up a reference and frees what nobody holds; NULL is a no-op. */
void library_release(struct library *library);

/** For sources, while loading: begins a file called \p path; what is added next is in it. The file
 * moves when the next one is begun. */
struct library_file *library_begin_file(struct library *library, const char *path);

/** For sources, while loading: adds a quote as quote_store_add does. */
bool library_add(struct library *library, const char *text, size_t length);

/** For sources, while loading: takes what was added since library_begin_file() out again. */
void library_empty_file(struct library *library);

/** For sources, while loading: returns whether it is to be ended. */
bool library_is_cancelled(const struct library *library);

/** For sources, while loading: returns whether the library before has quotes of that file. */
bool library_had_file(const struct library *library, const char *path);

#endif
