/** How a quote's lines become paragraphs, verse or a picture. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_TEXT_H
#define QUOTED_FRONTENDS_WEB_PAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

/**
 * Whether the text is drawn rather than written (ASCII art, a table): its columns carry meaning.
 * \p text is a quote's: UTF-8, lines separated by LF, no tabs.
 */
bool page_text_is_art(const char *text, size_t length);

/** Returns the columns of its longest line; a wide East Asian character counts as two. */
size_t page_text_columns(const char *text, size_t length);

/**
 * Appends the text as paragraphs, "<p>". Lines that a writer filled to a margin are joined again,
 * those of a poem or a dialogue stay: "<p class=v>" with its line breaks and indentation.
 */
void page_text_write(struct buffer *out, const char *text, size_t length);

/** Appends it as one line, each run of blanks and line ends a single space, escaped. */
void page_text_write_line(struct buffer *out, const char *text, size_t length);

#endif
