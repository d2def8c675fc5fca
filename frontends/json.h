/** The JSON that the API speaks. */
#ifndef QUOTED_FRONTENDS_JSON_H
#define QUOTED_FRONTENDS_JSON_H

#include "core/buffer.h"
#include "core/library.h"
#include "core/quote.h"

/** Appends {"id": ..., "text": ..., "author": ... or null} and a line feed; the text without the
 * attribution, LF between its lines. */
void json_write_quote(struct buffer *out, const struct quote *quote);

/** Appends a problem of RFC 9457: its status, title and detail, all UTF-8. */
void json_write_problem(struct buffer *out, unsigned status, const char *title, const char *detail);

/** Appends an object on a page of a search's results, and a line feed: query, total, page, limit
 * and quotes, as json_write_quote() has each. */
void json_write_results(struct buffer *out, const char *words, const struct quote *quotes,
	size_t count, size_t total, long page, long limit);

/** Appends an object on a file, and a line feed: its collection, whether that is private, its name,
 * path, charset, delimiter, whether it is rot13, what became of its .dat file, numbers of quotes
 * and of duplicates, \p share, its chance in percent, and "mended", what was done to it. */
void json_write_file(struct buffer *out, const struct library *library,
	const struct library_file *file, double share);

/** Appends an object on a collection that runs a command, and a line feed: its name, whether it is
 * private, the command and \p share, its chance in percent. */
void json_write_command(struct buffer *out, const struct collection *collection, double share);

#endif
