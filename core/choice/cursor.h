/**
 * Where a list of quotes goes on: after the last quote that was seen, given by its id and the
 * position after it (see catalogue_wish.h). Pure.
 *
 * If the quotes were loaded again meanwhile, the list goes on after the quote of that id or, if
 * that is gone, at that position. So no quote that stays is passed over or comes twice, unless the
 * very quote that was seen last is gone.
 */
#ifndef QUOTED_CORE_CHOICE_CURSOR_H
#define QUOTED_CORE_CHOICE_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/library/quote_id.h"

enum { CURSOR_TEXT_SIZE = QUOTE_ID_LENGTH + sizeof "-4294967295" };

/** Writes a cursor as letters, digits and a hyphen. It is opaque: others only hand it back. */
void cursor_format(uint64_t id, uint32_t position, char ret_text[CURSOR_TEXT_SIZE]);

/** Reads what cursor_format() wrote. Returns false if \p text is anything else. */
bool cursor_parse(const char *text, uint64_t *ret_id, uint32_t *ret_position);

#endif
