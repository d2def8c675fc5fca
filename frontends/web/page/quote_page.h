/** The page of one quote: with what stands around it. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_QUOTE_PAGE_H
#define QUOTED_FRONTENDS_WEB_PAGE_QUOTE_PAGE_H

#include "frontends/web/visit.h"

enum { QUOTE_PAGE_LINK_SIZE = 64 };

/** What differs between the pages of one quote. */
struct quote_page {
	const char *path;    /* as in page_head */
	const char *heading; /* HTML; NULL: who said it */
	/* What comes before and after, as "day/2026-11-24" and "Yesterday"; empty: nothing. */
	char previous[QUOTE_PAGE_LINK_SIZE];
	const char *previous_name;
	char next[QUOTE_PAGE_LINK_SIZE];
	const char *next_name;
	bool hints; /* how to read a quote in a terminal */
};

/** Writes the page as the content of the visit's reply. */
void quote_page_write(
	struct visit *visit, const struct quote *quote, const struct quote_page *page);

#endif
