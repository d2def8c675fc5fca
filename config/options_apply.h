/** The configuration, with what the command line puts in its place. */
#ifndef QUOTED_CONFIG_OPTIONS_APPLY_H
#define QUOTED_CONFIG_OPTIONS_APPLY_H

#include "config/common_options.h"
#include "config/config.h"

/** The configuration if the command line names none and it exists. */
#define OPTIONS_APPLY_DEFAULT_PATH "/etc/quoted/quoted.conf"

/**
 * Reads the configuration that \p options names as config_read() does; if they name none,
 * OPTIONS_APPLY_DEFAULT_PATH; if that does not exist, a qotd and a web section with their defaults,
 * and QOTD's port on the page.
 */
bool options_apply_read(const struct common_options *options, const struct config_schema *schemas,
	struct config *ret_config, struct strings *problems);

/** Returns whether it is from no file. */
bool options_apply_is_builtin(const struct config *config);

/**
 * Replaces all collections of \p config by the quotes of \p options, if it has any: every front end
 * then shows them, whatever its "collections" and "channel_collections" name. Applies what is
 * offensive or equal to every collection. \p schemas are those of the configuration.
 */
void options_apply_quotes(const struct common_options *options, const struct config_schema *schemas,
	struct config *config);

/**
 * Replaces the port in "listen" and "udp" of the one "qotd" section, except of unix sockets, and
 * each "qotd_port" that is not 0; \p port 0 changes nothing. Returns false, a usage error, if there
 * is not exactly one qotd section.
 */
bool options_apply_port(long port, struct config *config, struct error *reterr);

/** Sets "log_format" to \p format, which the command line gives; NULL changes nothing. */
void options_apply_log_format(const char *format, struct config *config);

#endif
