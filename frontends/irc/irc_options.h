/** The section irc of quoted.conf. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_OPTIONS_H
#define QUOTED_FRONTENDS_IRC_IRC_OPTIONS_H

#include "config/setting.h"
#include "core/base/strings.h"
#include "frontends/wire_options.h"

/** One field a setting; units stand in irc_options_rows. */
struct irc_options {
	struct wire_options wire;
	char *server;
	long port;
	char *password;
	char *nick;
	char *username;
	char *realname;
	char *contact;
	struct strings channels;
	char *prefix;
	long max_lines;
	long burst;
	long interval;
	long queue_limit;
	long commands_per_minute;
	long ignore_seconds;
	long connect_timeout;
	long ping_timeout;
	long reconnect_first;
	long reconnect_last;
	long rejoin_delay;
	long regain_delay;
};

/** Their rows. */
extern const struct setting irc_options_rows[];

/** Checks what no row can: returns false with the setting and its remedy in \p reterr. */
bool irc_options_check(const struct irc_options *options, struct error *reterr);

#endif
