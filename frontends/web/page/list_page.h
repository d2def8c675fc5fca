/** Pages that list quotes, collections or authors. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_LIST_PAGE_H
#define QUOTED_FRONTENDS_WEB_PAGE_LIST_PAGE_H

#include "frontends/web/page/pager.h"
#include "frontends/web/visit.h"

/** What a list is. The texts are plain UTF-8. */
struct list_page {
	const char *title;
	const char *description;
	const char *path;   /* of its first page, as in page_head */
	const char *prefix; /* of the names in it, for the addresses; NULL: any */
	struct pager pager;
};

/** Begins a list as the content of the visit's reply. */
void list_page_begin(struct visit *visit, const struct list_page *list);

/** Appends the quotes of an answer, numbered on over the pages; \p query as in
 * quote_card_write_entry(). */
void list_page_add_quotes(struct visit *visit, const struct pager *pager, const char *query,
	const struct ask_answer *answer);

/** Appends links to collections or authors, whose pages are in \p folder, as "browse/". */
void list_page_add_groups(
	struct visit *visit, const char *folder, const struct ask_group *groups, size_t count);

/** Ends it, with the links to its other pages. */
void list_page_end(struct visit *visit, const struct list_page *list);

#endif
