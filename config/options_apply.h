/** The configuration, with what the command line puts in its place. */
#ifndef QUOTED_CONFIG_OPTIONS_APPLY_H
#define QUOTED_CONFIG_OPTIONS_APPLY_H

#include "config/common_options.h"
#include "config/config.h"

/**
 * Reads the configuration that \p options names as config_read() does; if they name none, that is a
 * qotd and a web section with their defaults, and QOTD's port on the page.
 */
bool options_apply_read(const struct common_options *options, const struct config_schema *schemas,
	struct config *ret_config, struct strings *problems);

/**
 * Replaces all collections of \p config by the quotes of \p options, if it has any: every front end
 * then shows them, whatever its "collections" name. Applies what is offensive or equal to every
 * collection. \p schemas are those of the configuration.
 */
void options_apply_quotes(const struct common_options *options, const struct config_schema *schemas,
	struct config *config);

/**
 * Replaces the port in "listen" and "udp" of the one "qotd" section, except of unix sockets, and
 * each "qotd_port" that is not 0; \p port 0 changes nothing. Returns false, a usage error, if there
 * is not exactly one qotd section.
 */
bool options_apply_port(long port, struct config *config, struct error *reterr);

#endif
