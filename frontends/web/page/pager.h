/** The links between the pages of a list. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_PAGER_H
#define QUOTED_FRONTENDS_WEB_PAGE_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

/** A list that is shown in pages. */
struct pager {
	size_t total; /* items */
	size_t limit; /* items on a page */
	size_t page;  /* from 1 */
};

/** Returns the number of pages, 1 for an empty list. */
size_t pager_pages(const struct pager *pager);

/** Returns how many items are before those of this page. */
size_t pager_offset(const struct pager *pager);

/** Appends links to the previous and the next page, the first, the last and the nearest, and the
 * number of pages; nothing if there is only one. \p address is that of a page but for its number,
 * HTML without spaces, as in "search?q=a&amp;page=". */
void pager_write(const struct pager *pager, const char *address, struct buffer *out);

#endif
