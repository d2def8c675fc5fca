/** A listener for SMTP or LMTP, and its sessions. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_LISTENER_H
#define QUOTED_FRONTENDS_MAIL_MAIL_LISTENER_H

#include <sys/types.h>

#include "frontends/frontend.h"
#include "frontends/mail/mail_options.h"
#include "frontends/mail/service/mail_service.h"
#include "frontends/mail/smtp/smtp_session.h"
#include "frontends/tls/tls_server.h"

struct mail_listener;

/**
 * Makes a listener for SMTP, or LMTP if the \p session is, which is copied; the rest is borrowed
 * and must outlive it. Of \p options it uses the addresses to listen on and the limits of
 * connections; \p tls is for STARTTLS, or NULL if the session does not offer it.
 */
struct mail_listener *mail_listener_create(const struct frontend_context *context,
	const struct mail_options *options, const struct smtp_session_options *session,
	const struct tls_server *tls, mode_t socket_mode);

/** Binds, and hands what is received to \p service, which is borrowed until mail_listener_stop().
 * Returns false with nothing bound if that fails. */
bool mail_listener_start(
	struct mail_listener *self, struct mail_service *service, struct error *reterr);

/** Takes no new connections, and closes each as soon as no transaction runs. */
void mail_listener_drain(struct mail_listener *self);

/** Returns how many connections have a transaction or a reply that is not sent. */
size_t mail_listener_busy(const struct mail_listener *self);

/** Closes everything at once. Idempotent. */
void mail_listener_stop(struct mail_listener *self);

/** Frees it; NULL is a no-op. Stop it first. */
void mail_listener_destroy(struct mail_listener *self);

#endif
