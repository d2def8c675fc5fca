/** Quotes as plain text, and their addresses. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_QUOTE_TEXT_H
#define QUOTED_FRONTENDS_WEB_QUOTE_TEXT_H

#include "core/base/buffer.h"
#include "core/library/quote.h"
#include "core/library/quote_id.h"

enum { QUOTE_TEXT_PATH_SIZE = QUOTE_ID_LENGTH + sizeof "q/.html" };

/** Writes the address of a quote below the top, with \p suffix, as "q/870ctwss9317.txt". */
void quote_text_path(uint64_t id, const char *suffix, char ret_path[QUOTE_TEXT_PATH_SIZE]);

/** Appends a quote with its attribution and a line end. */
void quote_text_write(const struct quote *quote, struct buffer *out);

/** Appends \p count quotes, with "%" on a line of its own between them. */
void quote_text_write_all(const struct quote *quotes, size_t count, struct buffer *out);

#endif
