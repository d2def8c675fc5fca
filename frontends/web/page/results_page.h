/** The page of a search: the form and what was found. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_RESULTS_PAGE_H
#define QUOTED_FRONTENDS_WEB_PAGE_RESULTS_PAGE_H

#include "frontends/web/page/pager.h"
#include "frontends/web/visit.h"

/** Quotes on a page, if the query does not say how many. */
enum { RESULTS_PAGE_LIMIT = 20 };

/** The results of a search. */
struct results_page {
	const char *words;               /* the query, UTF-8 */
	const struct ask_answer *answer; /* NULL: there was no search, the form stands alone */
	struct pager pager;              /* its total is not yet set */
};

/** Writes the page as the content of the visit's reply. If nothing is found, it explains how to
 * search and shows a random quote. */
void results_page_write(struct visit *visit, struct results_page *results);

#endif
