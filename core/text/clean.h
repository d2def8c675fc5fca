/** Cleans the raw text of a quote. Pure. */
#ifndef QUOTED_CORE_TEXT_CLEAN_H
#define QUOTED_CORE_TEXT_CLEAN_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/library/file_report.h"

/** Applies ROT13 to the ASCII letters; files of offensive quotes are often stored that way. */
void clean_rot13(char *text, size_t length);

/**
 * Appends \p text, valid UTF-8, as struct quote requires. Removes control characters, escape
 * sequences (ECMA-48), byte order marks, trailing blanks, and blank lines at both ends; replaces
 * overstrikes ("x\bx", "_\bx") by the letter that they show, every line end (line_end.h) and
 * Unicode's NEL, LS and PS by LF, and tabs by blanks up to the next multiple of 8 columns. Appends
 * nothing if nothing is left. Adds what it did to \p counts, which may be NULL.
 */
void clean_quote(const char *text, size_t length, struct buffer *out, struct file_report *counts);

#endif
