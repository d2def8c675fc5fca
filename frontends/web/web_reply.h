/** Makes the answer to a request. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_REPLY_H
#define QUOTED_FRONTENDS_WEB_WEB_REPLY_H

#include "core/library/quote.h"
#include "frontends/http/http_reply.h"
#include "frontends/web/page.h"
#include "frontends/web/route.h"

/**
 * Fills in the answer for \p route. \p quote is the one to show; NULL if the answer is not QUOTES.
 * \p host is the request's Host field or NULL.
 */
void web_reply_fill(struct http_reply *reply, const struct route *route, const struct page *page,
	const struct quote *quote, const char *host);

/** Fills in the answer to a search. */
void web_reply_fill_results(struct http_reply *reply, const struct route *route,
	const struct page *page, const struct page_results *results);

#endif
