/** How quotes are written at the shell. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_PRINTING_H
#define QUOTED_FRONTENDS_SHELL_SHELL_PRINTING_H

#include <stdbool.h>

#include "core/library/quote.h"
#include "frontends/shell/output.h"

/** Where the quotes of one call go. */
struct shell_printing {
	struct output *out;
	bool json;
	long printed;
	size_t characters; /* in these, attributions with them */
};

/** Prints a quote: a JSON object, or its text with a line of % before it but for the first one. */
void shell_printing_quote(struct shell_printing *printing, const struct quote *quote);

/** Prints a quote as a fortune file has it: in text, the line of % comes behind it. */
void shell_printing_entry(struct shell_printing *printing, const struct quote *quote);

/** Waits as long as reading what was printed takes, as fortune does: 20 characters a second, at
 * least 6 seconds. */
void shell_printing_wait(const struct shell_printing *printing);

#endif
