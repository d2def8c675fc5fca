/** Handles what people on other wires want of the daily quote by mail: checks it, has it done, and
 * mails them the request to confirm. */
#ifndef QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SIGNUP_H
#define QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SIGNUP_H

#include "frontends/mail/service/mail_service.h"

/** As subscribe() of struct frontend_ops, if there are subscriptions. The budgets are those of
 * senders, for the address and for the network of the visitor. */
void mail_signup_take(struct mail_service *service, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data);

/** Tells all whose outcome is not known that it failed. Call it before the queue and the
 * subscriptions are closed. */
void mail_signup_drop_all(struct mail_service *service);

#endif
