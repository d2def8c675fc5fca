/** A listener for SMTP or LMTP, and its sessions. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_DOOR_H
#define QUOTED_FRONTENDS_MAIL_MAIL_DOOR_H

#include <sys/types.h>

#include "frontends/frontend.h"
#include "frontends/mail/mail_options.h"
#include "frontends/mail/service/mail_service.h"
#include "frontends/mail/smtp/smtp_session.h"
#include "frontends/tls/tls_server.h"

struct mail_door;

/** For mail_door_create(). The pointers are borrowed and must outlive the door. */
struct mail_door_options {
	const struct frontend_context *context;
	const struct mail_options *options; /* the addresses to listen on, and the limits */
	struct smtp_session_options session;
	const struct tls_server *tls; /* for STARTTLS; NULL: the session does not offer it */
	mode_t socket_mode;
};

/** Copies \p options. */
struct mail_door *mail_door_create(const struct mail_door_options *options);

/** Binds, and hands what is received to \p service, which is borrowed until mail_door_stop().
 * Returns false with nothing bound if that fails. */
bool mail_door_start(struct mail_door *door, struct mail_service *service, struct error *reterr);

/** Takes no new connections, and closes each as soon as no transaction runs. */
void mail_door_drain(struct mail_door *door);

/** Returns how many connections have a transaction or a reply that is not sent. */
size_t mail_door_busy(const struct mail_door *door);

/** Closes everything at once. Idempotent. */
void mail_door_stop(struct mail_door *door);

/** Frees it; NULL is a no-op. Stop it first. */
void mail_door_destroy(struct mail_door *door);

#endif
