/** What libconfuse must not see: quoted.conf checked and without comments before it is parsed. */
#ifndef QUOTED_CONFIG_CONFIG_TEXT_H
#define QUOTED_CONFIG_CONFIG_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

/** A text to read: "quoted.conf" and its octets. */
struct config_text {
	const char *name;
	char *data;
	size_t length;
};

/**
 * Blanks the comments (#, //, and C's) of \p text in place, each newline kept, so that lines keep
 * their numbers: libconfuse 3.3 counts a comment as several lines.
 * Refuses what libconfuse would take in silence: a string, a comment or a brace that is not closed,
 * "${", which it replaces from the environment, "+=", which would not add to a default, and NUL.
 * On failure \p reterr is "NAME:LINE: what is wrong".
 */
bool config_text_clean(struct config_text *text, struct error *reterr);

#endif
