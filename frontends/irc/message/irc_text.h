/** The text of a message without what clients and networks add to it. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_MESSAGE_IRC_TEXT_H
#define QUOTED_FRONTENDS_IRC_MESSAGE_IRC_TEXT_H

#include "core/base/buffer.h"
#include "core/text/decode.h"

/**
 * Appends \p text as valid UTF-8 of one line, without formatting (bold, colours, italics and the
 * like), control and invisible characters. Every kind of blank becomes a space; those at both ends
 * go. Text that is not UTF-8 is read in the charset of \p fallback, which may be NULL for valid
 * text; if only its last character is cut short, that is left out instead.
 */
void irc_text_clean(const char *text, struct decoder *fallback, struct buffer *out);

#endif
