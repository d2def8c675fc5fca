/** What stands at the top of quoted.conf, outside of every section. */
#ifndef QUOTED_CONFIG_DAEMON_OPTIONS_H
#define QUOTED_CONFIG_DAEMON_OPTIONS_H

#include "config/setting.h"

/** The settings of no section. */
struct daemon_options {
	struct strings quotes; /* specs for quoter_open(); empty: the system's fortunes */
	char *log_level;       /* "error", "warning", "info" or "debug" */
	long drain_timeout;    /* seconds */
};

/** The rows of struct daemon_options. */
extern const struct setting daemon_options_settings[];

#endif
