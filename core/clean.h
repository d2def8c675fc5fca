/** From the octets of a file to the text of a quote. Pure. */
#ifndef QUOTED_CORE_CLEAN_H
#define QUOTED_CORE_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"

/**
 * Makes a whole file UTF-8: it stays as it is where all of it is valid UTF-8, else it is read as
 * ISO 8859-1. A byte order mark at its start is removed. Returns whether it was UTF-8.
 */
bool clean_decode(struct buffer *text);

/** Turns each ASCII letter by 13 places, as files of offensive quotes are stored. */
void clean_rot13(char *text, size_t length);

/**
 * Appends \p text, valid UTF-8, as struct quote wants it: without control characters, escape
 * sequences (ECMA-48) and byte order marks, overstrikes ("x\bx", "_\bx") as the letter they show,
 * tabs as blanks up to the next multiple of 8 columns, without trailing blanks and without blank
 * lines at both ends. Appends nothing where nothing is left.
 */
void clean_quote(const char *text, size_t length, struct buffer *out);

#endif
