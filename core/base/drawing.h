/** Tells drawings from writing. Pure. */
#ifndef QUOTED_CORE_BASE_DRAWING_H
#define QUOTED_CORE_BASE_DRAWING_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Returns whether the text is a drawing (ASCII art, a table), whose columns must be kept. \p text
 * is that of a quote: UTF-8, lines separated by LF, no tabs.
 */
bool drawing_is(const char *text, size_t length);

#endif
