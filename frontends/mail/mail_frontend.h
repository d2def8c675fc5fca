/** The mail front end: an SMTP and LMTP server whose address answers with a quote. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_FRONTEND_H
#define QUOTED_FRONTENDS_MAIL_MAIL_FRONTEND_H

#include "frontends/frontend.h"
#include "frontends/mail/mail_options.h"

extern const struct frontend_ops mail_frontend_ops;

#endif
