/** A request for quotes, from what it asks to its answer. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_ASK_H
#define QUOTED_FRONTENDS_WEB_WEB_ASK_H

#include "frontends/keeper/asker.h"
#include "frontends/web/httpd.h"
#include "frontends/web/page.h"
#include "frontends/web/route.h"
#include "frontends/web/web_reply.h"

/** Those under way. All zero but for the first two is none. */
struct web_asks {
	struct asker *asker;
	const struct page *page;
	struct web_ask *first;
};

/**
 * Asks for the quotes that \p route wants. Returns true with \p reply filled if the
 * answer is there, else false: then \p ticket is answered later.
 */
bool web_ask_begin(struct web_asks *asks, const struct route_request *request,
	const struct route *route, struct httpd_ticket *ticket, struct web_reply *reply);

/** Answers those under way with 503. */
void web_ask_abandon(struct web_asks *asks);

#endif
