/** The page that people see: a quote on a card, or why there is none. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_H
#define QUOTED_FRONTENDS_WEB_PAGE_H

#include "core/base/buffer.h"
#include "core/library/quote.h"

struct page;

/**
 * Prepares what all pages share. \p title is UTF-8 text. \p qotd_port stands in the hint how to get
 * a quote with nc; 0: no such hint.
 */
struct page *page_create(const char *title, long qotd_port);

/** Returns the Content-Security-Policy of every page. Valid as long as the page. */
const char *page_policy(const struct page *page);

/**
 * Appends the whole page with \p quote. \p host, the request's Host field or NULL, stands in the
 * hints where it is a plain name or address.
 */
void page_write_quote(
	const struct page *page, const struct quote *quote, const char *host, struct buffer *out);

/** Appends the whole page of an error: its status, its title, which is HTML, and a sentence, which
 * is text. */
void page_write_error(const struct page *page, unsigned status, const char *title,
	const char *detail, struct buffer *out);

/** A page of what a search found. */
struct page_results {
	const char *words; /* as they were asked for; "": the form alone */
	struct quote *quotes;
	int *id_lengths; /* letters of each one's id that are enough */
	size_t count;
	size_t total;
	long page; /* from 1 */
	long limit;
};

/** Appends the whole page of a search: its form, and the quotes with links to each. */
void page_write_results(
	const struct page *page, const struct page_results *results, struct buffer *out);

/** Frees it; NULL is a no-op. */
void page_destroy(struct page *page);

#endif
