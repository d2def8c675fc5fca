/** Where a list of quotes goes on: after the last quote that was seen. Pure. */
#ifndef QUOTED_CORE_CHOICE_CURSOR_H
#define QUOTED_CORE_CHOICE_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/library/quote_id.h"

enum { CURSOR_TEXT_SIZE = QUOTE_ID_LENGTH + sizeof "-4294967295" };

/** If the quotes were loaded again meanwhile, the list goes on after the quote of that id or, if
 * that is gone, at the position that it had. So no quote that stays is passed over or comes twice,
 * unless the very quote that was seen last is gone. */
struct cursor {
	uint64_t id;       /* of the last quote that was seen */
	uint32_t position; /* the one after its position then; see catalogue_wish.h */
};

/** Writes a cursor as letters, digits and a hyphen. It is opaque: others only hand it back. */
void cursor_format(const struct cursor *cursor, char ret_text[CURSOR_TEXT_SIZE]);

/** Reads what cursor_format() wrote. Returns false if \p text is anything else. */
bool cursor_parse(const char *text, struct cursor *ret_cursor);

#endif
