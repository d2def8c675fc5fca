/** The collections and files in which a search may find quotes, and which "in:" and "lang:" can
 * name. */
#ifndef QUOTED_CORE_SEARCH_SEARCH_SCOPE_H
#define QUOTED_CORE_SEARCH_SEARCH_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/library/library.h"
#include "core/library/selection.h"

/** A collection or a file of one; all is borrowed from the library. */
struct search_place {
	const char *collection;
	const char *file;     /* NULL: all of the collection */
	const char *language; /* of all its quotes; NULL: not known, or there are several */
};

/** All zero is everywhere, with nothing to name. */
struct search_scope {
	struct search_place *places; /* a collection that is shown whole, then its files that are */
	size_t count;
	bool confined; /* nothing else may be found */
};

/** Fills \p scope with what \p selection shows of \p library. */
void search_scope_init(struct search_scope *scope, const struct library *library,
	const struct selection *selection);

/** Returns the index of the place after the one at \p index and, if that is a collection, after its
 * files. */
size_t search_scope_after(const struct search_scope *scope, size_t index);

/** Frees it; it is all zero afterwards. */
void search_scope_finish(struct search_scope *scope);

#endif
