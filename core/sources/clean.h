/** From the octets of a file to the text of a quote. Pure. */
#ifndef QUOTED_CORE_SOURCES_CLEAN_H
#define QUOTED_CORE_SOURCES_CLEAN_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/library/file_report.h"

/** Turns each ASCII letter by 13 places, as files of offensive quotes are stored. */
void clean_rot13(char *text, size_t length);

/**
 * Appends \p text, valid UTF-8, as struct quote wants it: without control characters, escape
 * sequences (ECMA-48) and byte order marks, overstrikes ("x\bx", "_\bx") as the letter they show,
 * tabs as blanks up to the next multiple of 8 columns, without trailing blanks and without blank
 * lines at both ends. Appends nothing where nothing is left. Adds what was done to \p counts, which
 * may be NULL.
 */
void clean_quote(const char *text, size_t length, struct buffer *out, struct file_report *counts);

#endif
