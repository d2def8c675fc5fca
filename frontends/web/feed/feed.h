/** Writes quotes of days as a feed: Atom (RFC 4287). Pure. */
#ifndef QUOTED_FRONTENDS_WEB_FEED_FEED_H
#define QUOTED_FRONTENDS_WEB_FEED_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"
#include "frontends/http/http_request.h"

/**
 * A feed. The ids of the feed and its entries are "tag:" URIs (RFC 4151) of the host and path of
 * the base, the collection and the day: they stay if the scheme changes, or the quote of a day.
 * Without a base, links are relative to the address of the feed, and "localhost" is in the ids.
 */
struct feed {
	const struct http_request *request;
	const char *title;      /* of the site */
	const char *collection; /* NULL: all */
	struct buffer *out;     /* gets the feed */
};

/** Appends what is before the first entry; \p day is the last that has a quote. */
void feed_begin(const struct feed *feed, int64_t day);

/** Appends the entry of a day. */
void feed_add(const struct feed *feed, int64_t day, const struct quote *quote);

/** Appends what is after the last entry. */
void feed_end(const struct feed *feed);

#endif
