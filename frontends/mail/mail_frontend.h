/** The mail front end: an SMTP and LMTP server whose address answers with a quote. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_FRONTEND_H
#define QUOTED_FRONTENDS_MAIL_MAIL_FRONTEND_H

#include "core/base/strings.h"
#include "frontends/frontend.h"

/** The settings of the mail section; its rows have their units. */
struct mail_frontend_options {
	struct wire_options wire;
	struct strings address;
	char *recipient_delimiter;
	char *from_name;
	struct strings smtp;
	struct strings lmtp;
	char *socket_mode;
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
};

extern const struct frontend_ops mail_frontend_ops;

#endif
