/** Links to the pages of collections and authors. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_PAGE_LINK_H
#define QUOTED_FRONTENDS_WEB_PAGE_PAGE_LINK_H

#include "frontends/keeper/ask.h"

/** Appends the address of the page of \p group, percent-encoded: \p folder, "browse/" or "author/",
 * and its name. Appends nothing and returns false if the name is too long for an address. */
bool page_link_add_path(const char *folder, const struct ask_group *group, struct buffer *out);

/** Appends the name of \p group as a link to its page, or the name alone if it has none. */
void page_link_write_group(const char *folder, const struct ask_group *group, struct buffer *out);

#endif
