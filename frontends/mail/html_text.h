/** The text of HTML mail, for programs that send nothing else. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_HTML_TEXT_H
#define QUOTED_FRONTENDS_MAIL_HTML_TEXT_H

#include "core/base/buffer.h"

/**
 * Appends the text of \p html, valid UTF-8, with a line for each block, as in "<p>" or after
 * "<br>". Leaves out the title, styles, scripts, comments and quotations, of which ">" is left on a
 * line by itself. Characters may be written by their number, or by the names of Latin-1 and of what
 * word processors write.
 */
void html_text_read(const char *html, struct buffer *out);

#endif
