/** The files, collections, server or action that follow the options. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_OPERANDS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_OPERANDS_H

#include "frontends/shell/shell_options.h"

/**
 * Sorts \p count words of argv into the files, percentages, collections, findings, target or action
 * of \p options, as its command needs them; its config_path, json and only_offensive must be set. A
 * word is a file here; or one of the system's, see installed_quotes_find(), unless a configuration
 * is named; or else, if it has no slash, a collection. For a check it is a file or, if that cannot
 * be read, a finding. A percentage is "30%" before its file or "30%FILE", an integer from 0 to 100.
 * They must add up to 100, or to less if a file without one takes the rest; if not, returns false.
 */
bool shell_operands_take(
	struct shell_options *options, char **words, int count, struct error *reterr);

#endif
