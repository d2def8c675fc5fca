/** The IRC front end: a bot that posts quotes in its channels and in private. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_FRONTEND_H
#define QUOTED_FRONTENDS_IRC_IRC_FRONTEND_H

#include "frontends/frontend.h"
#include "frontends/irc/irc_options.h"

/** Takes a struct irc_options. start() succeeds even if the server is away: the bot keeps trying.
 */
extern const struct frontend_ops irc_frontend_ops;

#endif
