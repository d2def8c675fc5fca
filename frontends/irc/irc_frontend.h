/** The IRC front end: a bot that says quotes in its channels and in private. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_FRONTEND_H
#define QUOTED_FRONTENDS_IRC_IRC_FRONTEND_H

#include "frontends/frontend.h"
#include "frontends/irc/irc_options.h"

/** Its options are a struct irc_options. start never fails for a server that is away. */
extern const struct frontend_ops irc_frontend_ops;

#endif
