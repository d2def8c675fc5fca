/** What follows the options: the files and collections that are meant. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_OPERANDS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_OPERANDS_H

#include "frontends/shell/shell_options.h"

/**
 * Sorts \p count words of argv into the files, percentages, collections and findings of \p options,
 * as its command wants them: for a quote, a name that is no file is that of a collection, unless
 * there are percentages; for a check, a file that cannot be read is a finding. A percentage is
 * "30%" before its file or "30%FILE", an integer from 0 to 100. Together they must be 100, or less
 * where a file without one takes the rest. Returns false where they are not.
 */
bool shell_operands_take(
	struct shell_options *options, char **words, int count, struct error *reterr);

#endif
