/** The command line in place of the configuration. */
#ifndef QUOTED_CONFIG_OPTIONS_APPLY_H
#define QUOTED_CONFIG_OPTIONS_APPLY_H

#include "config/config.h"
#include "config/options.h"

/**
 * Puts the port and the quotes of \p options in place of those of \p config: the port in "listen"
 * and "udp" of the one "qotd" section, unix sockets excepted, and in a "qotd_port" that is not 0.
 * Quotes replace all collections, and every front end shows them whatever its "collections" name.
 * What is offensive or equal counts for every collection. \p schemas are those of the
 * configuration. Returns false, a usage error, where there is a port and not exactly one qotd
 * section.
 */
bool options_apply(const struct options *options, const struct config_schema *schemas,
	struct config *config, struct error *reterr);

#endif
