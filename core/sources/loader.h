/** Loads all quotes of all collections, and looks whether their files changed. */
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

/** A load under way, as the sources see it. */
struct loader {
	struct library *library;
	uint32_t collection;                      /* index of the one that is being loaded */
	const struct collection_options *options; /* of that one */
	const struct library *before;             /* what is served meanwhile; NULL: nothing */
	const atomic_bool *cancel; /* true: the result is not wanted any more; may be NULL */
	struct strings *warnings;
	bool lost; /* a file that was served cannot be read any more, for this reason: */
	struct error error;
};

/**
 * Loads \p collections, which outlive the result. Appends a sentence to \p warnings for each thing
 * that was passed over or mended. Returns a library with one reference, or NULL if the collections
 * contradict each other, a spec is malformed, a named path cannot be read, there is neither a quote
 * nor a command, or a file of \p before (the library to be replaced; NULL: none) is still there and
 * cannot be read any more. Ends soon, with NULL, once \p cancel (may be NULL) is true. Runs no
 * command; blocks as long as its files do.
 */
struct library *loader_load(const struct collections *collections, const struct library *before,
	const atomic_bool *cancel, struct strings *warnings, struct error *reterr);

/**
 * Looks at the files without reading them: returns a number that changes if one was changed, added
 * or removed. Appends to \p ret_watched (may be NULL) what to watch for that: the paths whose name
 * may come to stand for something else, links and the directories above included; one that ends in
 * a slash is a directory in which every name matters. Sorted, each once.
 */
uint64_t loader_look(const struct collections *collections, struct strings *ret_watched);

/** Begins a file called \p path; what is added next is in it. The file moves when the next one is
 * begun. */
struct library_file *loader_begin_file(struct loader *loader, const char *path);

/** Adds a quote as quote_store_add() does. */
bool loader_add(struct loader *loader, const char *text, size_t length);

/** Takes what was added since loader_begin_file() out again. */
void loader_empty_file(struct loader *loader);

/** Returns whether the load is to be ended. */
bool loader_is_cancelled(const struct loader *loader);

/** Returns whether the library before has quotes of that file. */
bool loader_had_file(const struct loader *loader, const char *path);

#endif
