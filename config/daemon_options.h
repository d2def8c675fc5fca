/** What stands at the top of quoted.conf, outside of every section. */
#ifndef QUOTED_CONFIG_DAEMON_OPTIONS_H
#define QUOTED_CONFIG_DAEMON_OPTIONS_H

#include "config/setting.h"

/** The settings of no section. */
struct daemon_options {
	struct strings quotes; /* specs of the collection "quotes" */
	bool equal;
	bool offensive;      /* takes the offensive files of "quotes" too */
	bool only_offensive; /* and no others: said by the command line alone */
	char *timezone;      /* a name of the tz database; empty: the system's zone */
	char *today_key;
	struct strings today_pins;
	char *user;            /* to become; empty: none */
	char *state_directory; /* empty: as state_directory_find() says */
	char *log_level;       /* "error", "warning", "info" or "debug" */
	char *log_format;      /* "plain" or "json" */
	long log_repeats;      /* lines of one message in 60 s; 0: no limit */
	char *log_addresses;   /* "short" or "full" */
	long drain_timeout;    /* seconds */
};

/** The rows of struct daemon_options. */
extern const struct setting daemon_options_settings[];

#endif
