/** Tags of quotes, so that a client that has one gets 304 before anything is written. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_QUOTE_TAG_H
#define QUOTED_FRONTENDS_WEB_QUOTE_TAG_H

#include <stdint.h>

#include "core/library/quote.h"
#include "frontends/keeper/ask.h"

/** Returns \p hash with \p text added, which may be NULL. */
uint64_t quote_tag_add(uint64_t hash, const char *text);

/** Returns a hash of all that a page or JSON shows of a quote: its id, which stands for the text,
 * author, language, tags, and \p place, NULL if it has none; and of \p base, that of the links, or
 * NULL. It is the same in every process of this version. */
uint64_t quote_tag(const struct quote *quote, const struct ask_place *place, const char *base);

#endif
