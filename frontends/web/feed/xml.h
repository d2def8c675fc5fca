/** What XML 1.0 forbids. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_FEED_XML_H
#define QUOTED_FRONTENDS_WEB_FEED_XML_H

#include "core/base/buffer.h"

/** Replaces the characters that no document may have, escaped or not (section 2.2), in UTF-8 text:
 * U+FFFE and U+FFFF by U+FFFD, control characters but for line ends and tabs by blanks. */
void xml_mend(struct buffer *text);

#endif
