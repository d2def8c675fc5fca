/** Basic regular expressions, as grep(1) and fortune's -m have them, for PCRE2. Pure. */
#ifndef QUOTED_FRONTENDS_SHELL_BASIC_PATTERN_H
#define QUOTED_FRONTENDS_SHELL_BASIC_PATTERN_H

#include <stddef.h>

#include "core/base/buffer.h"

/**
 * Appends \p text in PCRE2's syntax to \p out, until that has more than \p limit octets: POSIX's
 * basic syntax with \|, \+, \?, \<, \>, \`, \', \b, \B, \w, \W, \s and \S. A bracket expression
 * that begins with ^ matches no line feed. Returns what follows in \p text. \p ret_problem is NULL,
 * or says what is wrong before that place; PCRE2 finds everything else that is wrong.
 */
const char *basic_pattern_translate(
	const char *text, size_t limit, struct buffer *out, const char **ret_problem);

#endif
