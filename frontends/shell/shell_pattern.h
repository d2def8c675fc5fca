/** An extended regular expression of POSIX whose cost is bounded. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_PATTERN_H
#define QUOTED_FRONTENDS_SHELL_SHELL_PATTERN_H

#include <locale.h>
#include <regex.h>
#include <stdbool.h>

#include "core/base/error.h"

/** The size a pattern can have: its characters, those under a repeat as often as it says. */
enum { SHELL_PATTERN_MAX = 1000 };

/** A pattern made ready; for one thread. */
struct shell_pattern {
	regex_t regex;
	locale_t locale; /* UTF-8, so that a dot is a character */
};

/**
 * Makes \p text ready, UTF-8; "^", "$" and "." keep to a line. Returns false, with nothing to free,
 * where it is malformed, larger than SHELL_PATTERN_MAX or has a back-reference, which POSIX does
 * not know here and which could take for ever.
 */
bool shell_pattern_init(
	struct shell_pattern *pattern, const char *text, bool ignore_case, struct error *reterr);

/** Returns whether it is somewhere in \p text. */
bool shell_pattern_matches(const struct shell_pattern *pattern, const char *text);

/** Frees it. */
void shell_pattern_finish(struct shell_pattern *pattern);

#endif
