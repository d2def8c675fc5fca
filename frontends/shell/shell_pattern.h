/** The patterns of -m: basic regular expressions whose cost is bounded. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_PATTERN_H
#define QUOTED_FRONTENDS_SHELL_SHELL_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

struct shell_pattern;

/** What became of a pattern and a text. */
enum shell_pattern_outcome {
	SHELL_PATTERN_MATCHES,
	SHELL_PATTERN_DIFFERS,
	SHELL_PATTERN_GAVE_UP, /* the pattern would take too many steps or too much memory */
};

/**
 * Compiles the basic regular expression \p text, UTF-8 (see basic_pattern.h); "^", "$" and "." keep
 * to a line. Returns NULL with "--match: ..." if it is malformed or too large.
 */
struct shell_pattern *shell_pattern_create(
	const char *text, bool ignore_case, struct error *reterr);

/** Looks for \p pattern anywhere in \p length octets of UTF-8; explains in \p reterr why it gave
 * up. */
enum shell_pattern_outcome shell_pattern_match(
	const struct shell_pattern *pattern, const char *text, size_t length, struct error *reterr);

/** Frees it; NULL is a no-op. */
void shell_pattern_destroy(struct shell_pattern *pattern);

#endif
