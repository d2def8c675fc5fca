/** Masks of people: "nick!user@host" with '*' and '?', a nickname alone, or "account:NAME". Pure.
 */
#ifndef QUOTED_FRONTENDS_IRC_MESSAGE_IRC_MASK_H
#define QUOTED_FRONTENDS_IRC_MESSAGE_IRC_MASK_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/strings.h"

/** Returns whether \p mask has the person with the prefix \p origin and \p account (NULL: not known
 * or none). Case does not matter. A mask without '!' and '@' is one of nicknames, one without '!'
 * of user@host. */
bool irc_mask_matches(const char *mask, const char *origin, const char *account);

/** Returns whether any of \p masks matches. */
bool irc_mask_any(const struct strings *masks, const char *origin, const char *account);

/** Returns whether \p text can be a mask, as struct setting has it. */
bool irc_mask_check(const char *text, struct error *reterr);

#endif
