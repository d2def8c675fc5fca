/** The irc section of quoted.conf. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_OPTIONS_H
#define QUOTED_FRONTENDS_IRC_IRC_OPTIONS_H

#include <stdint.h>

#include "config/setting.h"
#include "core/base/strings.h"
#include "frontends/irc/connection/irc_login.h"
#include "frontends/wire_options.h"

/** One field per setting; irc_options_rows has their units. */
struct irc_options {
	struct wire_options wire;
	struct strings server;
	long port;
	bool tls;
	char *tls_ca;
	char *tls_certificate;
	char *tls_key;
	char *tls_fingerprint;
	char *password_file;
	char *login;
	char *account;
	char *account_password_file;
	char *nick;
	char *username;
	char *realname;
	char *contact;
	struct strings channels;
	char *prefix;
	struct strings channel_prefix;
	struct strings channel_commands;
	struct strings channel_collections;
	struct strings links;
	struct strings daily;
	struct strings relays;
	struct strings ignore;
	struct strings inviters;
	struct strings admins;
	char *fallback_charset;
	long max_lines;
	long burst;
	long interval;
	long queue_limit;
	long commands_per_minute;
	long channel_per_minute;
	long network_per_minute;
	long ignore_seconds;
	long waiting_limit;
	long answer_timeout;
	long connect_timeout;
	long register_timeout;
	long services_timeout;
	long ping_timeout;
	long reconnect_first;
	long reconnect_last;
	long reconnect_refused;
	long rejoin_delay;
	long regain_delay;
};

/** Returns how to log in to the account. */
enum irc_login_method irc_options_login(const struct irc_options *options);

/** Returns the port of a server that is written without one. */
uint16_t irc_options_port(const struct irc_options *options);

/** The rows of struct irc_options. */
extern const struct setting irc_options_rows[];

/** Checks what the rows cannot. Returns false with the setting, the fault and the remedy in \p
 * reterr. */
bool irc_options_check(const struct irc_options *options, struct error *reterr);

#endif
