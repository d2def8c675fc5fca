/** One quote, as every front end sees it. */
#ifndef QUOTED_CORE_LIBRARY_QUOTE_H
#define QUOTED_CORE_LIBRARY_QUOTE_H

#include <stddef.h>
#include <stdint.h>

/**
 * A view of a quote; its text belongs to the quoter and is valid until control returns to the loop.
 * The text is valid UTF-8, never empty, NUL-terminated, its lines separated by LF with none at the
 * end, without control characters other than that LF, without tabs and trailing blanks.
 */
struct quote {
	uint64_t id; /* see quote_id.h */
	const char *text;
	size_t length;        /* octets of text */
	size_t body_length;   /* octets of text before the attribution and the blanks around it */
	const char *author;   /* what follows the attribution's "-- ", inside text; NULL: none */
	size_t author_length; /* octets of author; it can span lines */
};

#endif
