/** A site with quotes of its own, without loop and network. */
#ifndef QUOTED_TESTS_SUPPORT_SITE_H
#define QUOTED_TESTS_SUPPORT_SITE_H

#include "frontends/web/visit.h"
#include "tests/support/quotes.h"

/** A site and its quotes. */
struct site {
	struct quotes quotes;
	struct visits visits;
	struct page *page;
};

/** Opens a site with the quotes of \p spec, such as "static:A", and of \p more unless it is NULL.
 */
void site_open(struct site *site, const char *spec, const char *more);

/** As site_open(), with the quotes that \p site has and one more. */
void site_open_more(struct site *site, const char *spec);

/** Requests \p path and \p query as a browser does. The reply is the caller's to finish. */
struct http_reply site_get(struct site *site, const char *path, const char *query);

/** As site_get(), of any request; without a query it is empty. */
struct http_reply site_request(struct site *site, const struct http_request *request);

/** Fails unless a browser gets \p status and content with \p part in it. */
void site_check(
	struct site *site, const char *path, const char *query, unsigned status, const char *part);

/** Returns the value of a header field, "" if there is none. */
const char *site_field(const struct http_reply *reply, const char *name);

/** Frees what the site is made of. */
void site_close(struct site *site);

#endif
