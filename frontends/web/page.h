/** The pages that people see: a quote, an error, or the results of a search. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_H
#define QUOTED_FRONTENDS_WEB_PAGE_H

#include "core/base/buffer.h"
#include "core/library/quote.h"
#include "frontends/http/gzip.h"
#include "frontends/http/http_request.h"

struct page;

/**
 * Prepares what all pages share. \p title is UTF-8 text. \p qotd_port is for the hint to try nc; 0:
 * no such hint.
 */
struct page *page_create(const char *title, long qotd_port);

/** Returns the Content-Security-Policy of every page; valid as long as \p page. */
const char *page_policy(const struct page *page);

/** Returns the compressed first part of a page with a quote, NULL if none is prepared for the
 * depth of \p request; valid as long as \p page. */
const struct gzip_part *page_front(const struct page *page, const struct http_request *request);

/** Appends a whole page with \p quote. The hints name the request's base; without it, there are no
 * hints. */
void page_write_quote(const struct page *page, const struct http_request *request,
	const struct quote *quote, struct buffer *out);

/** Appends a whole page for an error, \p depth folders below the top of the site; \p title is HTML,
 * \p detail is a sentence in plain text. */
void page_write_error(const struct page *page, size_t depth, unsigned status, const char *title,
	const char *detail, struct buffer *out);

/** A page of search results. */
struct page_results {
	const char *
		words; /* the query, UTF-8 and valid if there are quotes; "": show the form alone */
	struct quote *quotes;
	int *id_lengths; /* letters that tell the id of each quote from all others */
	size_t count;    /* of quotes, on this page */
	size_t total;    /* of hits, at most SEARCH_HITS_MAX */
	long page;       /* from 1 */
	long limit;      /* quotes on a page */
};

/** Appends a whole page for a search: the form, and each quote with a link to it. */
void page_write_results(
	const struct page *page, const struct page_results *results, struct buffer *out);

/** Frees it; NULL is a no-op. */
void page_destroy(struct page *page);

#endif
