/** One quote, as every front end sees it. */
#ifndef QUOTED_CORE_LIBRARY_QUOTE_H
#define QUOTED_CORE_LIBRARY_QUOTE_H

#include <stddef.h>
#include <stdint.h>

/**
 * A view of a quote. The text belongs to whoever gave the view, and one from a quoter is valid
 * until control returns to the loop. It is valid UTF-8, never empty and NUL-terminated. LF
 * separates its lines but does not end the last one; there are no other control characters, so no
 * tabs, and no trailing blanks.
 */
struct quote {
	uint64_t id; /* see quote_id.h */
	const char *text;
	size_t length;        /* octets of text */
	size_t body_length;   /* octets of text before the attribution and the blanks before it */
	const char *author;   /* points into the attribution in text; NULL: none */
	size_t author_length; /* octets of author, which may span lines */
	const char *language; /* a tag of BCP 47, as long as the text; NULL: not known */
	const char *tags; /* separated by commas, as long as the text; NULL: none. A tag has neither
			     comma, semicolon, quotation mark nor control character */
};

#endif
