/** The mail section of quoted.conf. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_OPTIONS_H
#define QUOTED_FRONTENDS_MAIL_MAIL_OPTIONS_H

#include <time.h>

#include "config/setting.h"
#include "core/base/strings.h"
#include "core/choice/render.h"
#include "frontends/frontend.h"
#include "frontends/mail/relay/relay.h"
#include "frontends/mail/smtp/smtp_mailboxes.h"
#include "frontends/net/listener.h"

/** The rows of mail behind LISTENER_METRICS_ROWS. */
enum {
	MAIL_METRICS_AUTOMATIC = LISTENER_METRICS_COUNT, /* what autoreply refuses */
	MAIL_METRICS_REPEATED,                           /* answered before, or being answered */
	MAIL_METRICS_BUDGET,                             /* sender_per_hour or total_per_hour */
	MAIL_METRICS_LATER,                              /* no quote or search at the moment */
	MAIL_METRICS_QUEUE,                              /* queue_limit */
	MAIL_METRICS_TEMPORARY,                          /* the relay put the answer off, */
	MAIL_METRICS_PERMANENT,                          /* refused it, */
	MAIL_METRICS_UNKNOWN,                            /* or may have taken it */
	MAIL_METRICS_CROWDED, /* a session ended to keep a place for others */
	MAIL_METRICS_RELAY,   /* messages being sent or waiting for that */
	MAIL_METRICS_LETTERS, /* to subscribers, that the relay took */
	MAIL_METRICS_BOUNCES, /* of these */
	MAIL_METRICS_SUBSCRIBERS,
};

/** One field per setting; mail_options_rows has their units. */
struct mail_options {
	struct wire_options wire;
	struct strings address;
	char *recipient_delimiter;
	char *from_name;
	struct strings smtp;
	struct strings lmtp;
	char *socket_mode;
	char *tls_certificate;
	char *tls_key;
	struct strings relay;
	char *relay_tls;
	char *relay_ca;
	char *relay_user;
	char *relay_password_file;
	long relay_timeout;
	char *hostname;
	char *postmaster;
	char *trusted_authserv;
	struct strings sender_domains;
	long max_connections;
	long max_per_prefix;
	long max_message_bytes;
	long max_recipients;
	long max_errors;
	long max_commands;
	long idle_timeout;
	long max_age;
	long sender_per_hour;
	long total_per_hour;
	long max_received;
	long workers;
	long queue_limit;
	long queue_lifetime;
	long retry_first;
	long retry_last;
	long max_quote_bytes;
	long max_quote_lines;
	char *subscription_time;
	long max_unconfirmed;
	long bounce_days;
};

extern const struct setting mail_options_rows[];

/** What all parts of a section work with; borrowed, and outlives them. */
struct mail_section {
	const struct frontend_context *context;
	const struct mail_options *options;
	const struct smtp_mailboxes *mailboxes; /* ours, at least one */
	const char *hostname;                   /* ours */
	time_t (*now)(void);                    /* the clock of letters; NULL: time() */
};

/** Checks every setting by itself and those that need each other. */
bool mail_options_check(const struct mail_options *options, struct error *reterr);

/** Returns what every quote that is mailed must fit. */
struct quote_fit mail_options_fit(const struct mail_options *options);

/** Returns the minute of the day of subscription_time; -1: it is empty. */
int mail_options_minute(const struct mail_options *options);

/** Returns what the relay is told, whose texts are those of \p options and \p hostname. */
struct relay_options mail_options_relay(const struct mail_options *options, const char *hostname);

#endif
