/** The layout of every page: what stands around its content. Links are relative to the top of the
 * site; the request's Host is never used. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_PAGE_H
#define QUOTED_FRONTENDS_WEB_PAGE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "frontends/http/gzip.h"
#include "frontends/http/http_request.h"

struct page;

/** What the site is, a sentence: the description of pages that have none of their own. */
extern const char page_description[];

/** What a page says of itself. The texts are plain UTF-8. */
struct page_head {
	const char *title;
	const char *description; /* NULL: page_description */
	/* Its own address below the top, percent-encoded, as "q/870ctwss9317", and "" for the first
	 * page; NULL: it has none that will last. */
	const char *path;
};

/**
 * Prepares what all pages share. \p title is that of the site, UTF-8. \p qotd_port is for the hint
 * to try nc; 0: no such hint.
 */
struct page *page_create(const char *title, long qotd_port);

/** Returns the Content-Security-Policy of every page; valid as long as \p page. */
const char *page_policy(const struct page *page);

/** Returns the compressed first part of every page; valid as long as \p page. */
const struct gzip_part *page_front(const struct page *page);

/** Returns a hash of what all pages share. */
uint64_t page_looks(const struct page *page);

/** Begins a page: appends all up to the content of its "main". It links to its own address if it is
 * known where people find us. */
void page_begin(const struct page *page, const struct http_request *request,
	const struct page_head *head, struct buffer *out);

/** Ends the page that page_begin() began. */
void page_end(struct buffer *out);

/** Appends a form for a search; \p words are those of the last one. With \p focused the browser
 * puts the cursor there. */
void page_write_form(const char *words, bool focused, struct buffer *out);

/** Appends what can be written in that form. */
void page_write_grammar(struct buffer *out);

/** Appends how to read a quote in a terminal, if it is known where people find us. */
void page_write_hints(const struct page *page, const char *base, struct buffer *out);

/** Appends the command that reads a quote from the QOTD port of the machine that \p base names, as
 * "nc example.org 17". Returns false if there is no such port, or if \p base is NULL. */
bool page_add_nc(const struct page *page, const char *base, struct buffer *out);

/** Appends a whole page for an error: the ways on, and the form with the words of the request;
 * \p title is HTML, \p detail is a sentence in plain text. */
void page_write_error(const struct page *page, const struct http_request *request, unsigned status,
	const char *title, const char *detail, struct buffer *out);

/** Frees it; NULL is a no-op. */
void page_destroy(struct page *page);

#endif
