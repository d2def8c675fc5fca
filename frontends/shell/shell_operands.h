/** What follows the options: the files and collections that are meant. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_OPERANDS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_OPERANDS_H

#include "frontends/shell/shell_options.h"

/**
 * Sorts \p count words of argv into the files, collections and findings of \p options, as its
 * command wants them: for a quote, a name that is no file is that of a collection; for a check, a
 * file that cannot be read is a finding.
 */
void shell_operands_take(struct shell_options *options, char **words, int count);

#endif
