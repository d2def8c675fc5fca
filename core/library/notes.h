/** What is known of some quotes beside their text: their tags, and the ids that they had in another
 * program, so that they are still found by them. */
#ifndef QUOTED_CORE_LIBRARY_NOTES_H
#define QUOTED_CORE_LIBRARY_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"

/** Where a note is in the texts. */
struct note {
	uint64_t key; /* tags: the id of the quote, see quote_id.h; else a hash of the former id */
	size_t offset;
};

/** All zero is empty; 16 octets per note, and the tags with a NUL, or 8 octets of an id. */
struct notes {
	struct buffer texts;
	struct note *items;
	size_t count;
};

/** Adds \p tags, as struct quote has them, of the quote with \p id. */
void notes_add_tags(struct notes *notes, const char *tags, uint64_t id);

/** Adds the former id \p text, \p length octets, of the quote with \p id. */
void notes_add_former_id(struct notes *notes, const char *text, size_t length, uint64_t id);

/** Removes the notes from number \p count on; not once they are sorted. */
void notes_cut(struct notes *notes, size_t count);

/** Prepares for finding, once all are added. */
void notes_sort(struct notes *notes);

/** Returns the tags of the quote with \p id, those added first if there are several, or NULL; in
 * logarithmic time. Borrowed. */
const char *notes_find_tags(const struct notes *notes, uint64_t id);

/** Finds the quotes that had the former id \p text, in the order in which they were added: the
 * first for an \p index of 0, and so on. Returns false if there are no more. */
bool notes_find_former_id(
	const struct notes *notes, const char *text, size_t index, uint64_t *ret_id);

/** Returns the tag that \p tags, as struct quote has them, begin with, and its length, and moves
 * them behind it; NULL if there is none. It does not end in NUL. */
const char *notes_next_tag(const char **tags, size_t *ret_length);

/** Frees everything; there are no notes afterwards. */
void notes_finish(struct notes *notes);

#endif
