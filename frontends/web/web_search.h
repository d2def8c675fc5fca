/** A search that a request asks for, from its query to its answer. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_SEARCH_H
#define QUOTED_FRONTENDS_WEB_WEB_SEARCH_H

#include "frontends/frontend.h"
#include "frontends/web/httpd.h"
#include "frontends/web/page.h"
#include "frontends/web/route.h"
#include "frontends/web/web_reply.h"

/** Those under way. All zero but for the first two is none. */
struct web_searches {
	const struct frontend_context *context;
	const struct page *page;
	struct web_search *first;
};

/**
 * Begins a search. Returns false where \p ticket is answered later, true where \p reply is filled
 * at once: the form alone, or what is wrong with the query.
 */
bool web_search_begin(struct web_searches *searches, const struct route_request *request,
	struct route *route, struct httpd_ticket *ticket, struct web_reply *reply);

/** Answers those under way with 503, as nobody will. */
void web_search_abandon(struct web_searches *searches);

#endif
