/** Turns the lines of a quote into paragraphs, verse or a drawing. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_PAGE_TEXT_H
#define QUOTED_FRONTENDS_WEB_PAGE_PAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

/** Returns the columns of the longest line. Characters from U+3000 to U+D7FF, nearly all of them
 * wide, count as two. */
size_t page_text_columns(const char *text, size_t length);

/** Returns the blanks that all lines begin with; lines of blanks alone do not count. */
size_t page_text_indent(const char *text, size_t length);

/** Appends the lines, escaped, without the blanks that all of them begin with. */
void page_text_write_drawing(struct buffer *out, const char *text, size_t length);

/**
 * Appends the text, escaped, as paragraphs: "<p>". Lines that were filled up to a margin are
 * joined, also those below a label or in an item of a list; those of a poem or a dialogue keep
 * their breaks and indentation: "<p class=v>" with a "<span>" for each line, so that one that is
 * turned can hang. Control characters stay, and have no width.
 */
void page_text_write(struct buffer *out, const char *text, size_t length);

/** Appends the text, escaped, as one line, with each run of blanks and line ends as one space. */
void page_text_write_line(struct buffer *out, const char *text, size_t length);

#endif
