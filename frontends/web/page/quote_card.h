/** A quote as pages show it: alone, or in a list. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_QUOTE_CARD_H
#define QUOTED_FRONTENDS_WEB_PAGE_QUOTE_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** What a list shows of a long quote. */
enum {
	QUOTE_CARD_ENTRY_OCTETS = 420,
	QUOTE_CARD_ENTRY_LINES = 8, /* of verse and drawings */
};

/** Returns the octets of the text without the attribution, unless there is nothing else. */
size_t quote_card_body(const struct quote *quote);

/** Returns whether the attribution names an author, whom a page can show beside the body. */
bool quote_card_has_author(const struct quote *quote);

/** Appends the whole quote as a "figure". */
void quote_card_write(const struct quote *quote, struct buffer *out);

/** Appends the quote as a link to its page, in a "li". A long one is cut, with an ellipsis. The
 * words of \p query are marked; it is valid, or NULL: nothing is. */
void quote_card_write_entry(const struct quote *quote, const char *query, struct buffer *out);

/** Appends the beginning of the quote, of at most \p limit octets, as one line of plain text, with
 * an ellipsis if it is cut. */
void quote_card_add_words(const struct quote *quote, size_t limit, struct buffer *out);

/** Appends the first words and the author, as plain text: the title of a page. */
void quote_card_add_title(const struct quote *quote, struct buffer *out);

#endif
