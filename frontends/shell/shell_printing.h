/** Quotes on standard output. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_PRINTING_H
#define QUOTED_FRONTENDS_SHELL_SHELL_PRINTING_H

#include <stdbool.h>

#include "core/library/library.h"
#include "core/library/selection.h"
#include "frontends/kit/output.h"
#include "frontends/shell/shell_options.h"

/** The quotes of one run; what it points to is borrowed. */
struct shell_printing {
	struct output *out;
	const struct shell_options *options; /* whether as JSON, how wide, and what goes before */
	const struct library *library;
	const struct selection *selection; /* of the files that are shown */
	const struct collection *drawn;    /* whose command printed the quote if no file has it */
	long printed;
	size_t characters; /* in these, with their attributions */
};

/** Prints a quote: a JSON object, or its text, with a line of % before all but the first. As in
 * fortune(6), its file or its id comes before it in parentheses, with a line of % between. */
void shell_printing_quote(struct shell_printing *printing, const struct quote *quote);

/** Prints a quote: a JSON object, or its text with a line of % after it, as in a fortune file. */
void shell_printing_entry(struct shell_printing *printing, const struct quote *quote);

/** Prints \p text from elsewhere as lines that end in LF: CRLF becomes LF, a last LF is added.
 * Control characters but tabs, and octets that are not UTF-8, are printed as \xHH. */
void shell_printing_foreign(struct output *out, const char *text, size_t length);

/** Waits as long as it takes to read what was printed, as fortune does: 20 characters a second, at
 * least 6 seconds. */
void shell_printing_wait(const struct shell_printing *printing);

#endif
