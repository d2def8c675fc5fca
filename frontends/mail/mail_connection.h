/** One SMTP or LMTP connection on the loop. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_CONNECTION_H
#define QUOTED_FRONTENDS_MAIL_MAIL_CONNECTION_H

#include <ev.h>

#include "frontends/kit/address.h"
#include "frontends/mail/mail_crowd.h"
#include "frontends/mail/service/mail_service.h"
#include "frontends/mail/smtp/smtp_session.h"
#include "frontends/tls/tls_server.h"

struct mail_connection;

/** What the connections of a listener share. Everything is borrowed and must outlive them. */
struct mail_connection_options {
	struct ev_loop *loop;
	const struct smtp_session_options *session;
	struct mail_service *service;
	const char *name;             /* in the log */
	const struct tls_server *tls; /* for STARTTLS; NULL: the session does not offer it */
	double idle_timeout; /* seconds for a command, or without an octet of a message's text */
	double max_age;      /* seconds for the session */
	/** Called when the connection is closed and about to be freed. */
	void (*on_close)(
		void *data, struct mail_connection *connection, const struct address *peer);
	void *data;
};

/** Takes over the non-blocking \p fd and greets. The connection frees itself after on_close(). */
struct mail_connection *mail_connection_create(
	const struct mail_connection_options *options, int fd, const struct address *peer);

/** Closes with a 421 as soon as no transaction runs. May free the connection before returning. */
void mail_connection_drain(struct mail_connection *connection);

/** Closes with a 421 that says there are too many, unless a message is being handled. May free the
 * connection before returning. */
void mail_connection_shed(struct mail_connection *connection);

/** Returns the prefix, idle time and business of the connection, which is the session. A
 * transaction in which nothing came for 60 s is not busy. */
struct mail_crowd_place mail_connection_place(struct mail_connection *connection);

/** Returns whether a transaction runs or a reply has not been sent yet. */
bool mail_connection_is_busy(const struct mail_connection *connection);

/** Closes and frees the connection at once, after on_close(). */
void mail_connection_close(struct mail_connection *connection);

#endif
