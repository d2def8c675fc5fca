/** Answers from the catalogue of a wire that is browsed. Pure. */
#ifndef QUOTED_FRONTENDS_KEEPER_ASK_LIST_H
#define QUOTED_FRONTENDS_KEEPER_ASK_LIST_H

#include "core/choice/catalogue_wish.h"
#include "core/library/selection.h"
#include "frontends/keeper/ask.h"

/** Finds the collection and the author that \p ask names. Returns FOUND or UNKNOWN. */
enum ask_outcome ask_list_wish(
	const struct ask *ask, const struct catalogue *catalogue, struct catalogue_wish *ret_wish);

/** Fills \p ret_answer for a LIST but for its reason; its quotes are the caller's to free, whatever
 * the outcome. */
void ask_list_fill(
	const struct ask *ask, const struct catalogue *catalogue, struct ask_answer *ret_answer);

/** Writes the sentence for UNKNOWN, with the name that was likely meant. Looks at no more than some
 * 5,000 authors. */
void ask_list_explain(
	const struct ask *ask, const struct catalogue *catalogue, struct error *ret_reason);

/** As asker_collections(). */
size_t ask_list_collections(const struct catalogue *catalogue, size_t offset, size_t limit,
	struct ask_group *ret_groups);

/** As asker_files(), of the files that \p selection shows of \p library. */
size_t ask_list_files(const struct library *library, const struct selection *selection,
	const char *collection, size_t limit, struct ask_group *ret_groups);

/** As asker_authors(). */
size_t ask_list_authors(const struct catalogue *catalogue, const char *prefix, size_t offset,
	size_t limit, struct ask_group *ret_groups);

/** Sets \p ret_place for the quote that has a row. */
void ask_list_place(const struct catalogue *catalogue, uint32_t row, struct ask_place *ret_place);

#endif
