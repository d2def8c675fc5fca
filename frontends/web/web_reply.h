/** The answer to a request: status, header fields and content. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_REPLY_H
#define QUOTED_FRONTENDS_WEB_WEB_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"
#include "frontends/web/page.h"
#include "frontends/web/route.h"

enum { WEB_REPLY_FIELDS_MAX = 8 };

/** Both strings are static or belong to the page. */
struct web_reply_field {
	const char *name;
	const char *value;
};

/** All zero at first. Owns its content, which is there for HEAD too, to give its length. */
struct web_reply {
	unsigned status;
	bool close; /* the connection after it */
	struct web_reply_field fields[WEB_REPLY_FIELDS_MAX];
	size_t field_count;
	struct buffer content;
};

/**
 * Fills in the answer for \p route. \p quote is the one to show; NULL if the answer is not QUOTES.
 * \p host is the request's Host field or NULL.
 */
void web_reply_fill(struct web_reply *reply, const struct route *route, const struct page *page,
	const struct quote *quote, const char *host);

/** Fills in the answer to a search. */
void web_reply_fill_results(struct web_reply *reply, const struct route *route,
	const struct page *page, const struct page_results *results);

#endif
