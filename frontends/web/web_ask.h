/** Asks for the quotes that a request wants, and makes the reply. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_ASK_H
#define QUOTED_FRONTENDS_WEB_WEB_ASK_H

#include "frontends/http/httpd.h"
#include "frontends/keeper/asker.h"
#include "frontends/web/page.h"
#include "frontends/web/route.h"
#include "frontends/web/web_reply.h"

/** The requests under way. At first, all but the first two members are zero. */
struct web_asks {
	struct asker *asker;
	const struct page *page;
	struct web_ask *first;
};

/** Asks for the quotes of \p route, whose answer is QUOTES. Returns true with \p reply filled, or
 * false if the answer takes time: then \p ticket is answered later. */
bool web_ask_begin(struct web_asks *asks, const struct http_request *request,
	const struct route *route, struct httpd_ticket *ticket, struct http_reply *reply);

/** Answers all requests under way with 503. */
void web_ask_abandon(struct web_asks *asks);

#endif
