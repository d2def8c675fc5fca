/** What the address of a sender tells about it. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_AUTOREPLY_AUTOREPLY_SENDER_H
#define QUOTED_FRONTENDS_MAIL_AUTOREPLY_AUTOREPLY_SENDER_H

#include <stdbool.h>

/**
 * Returns whether a local part is of a program or a role (RFC 3834 2, RFC 5230 4.6): MAILER-DAEMON,
 * postmaster, LISTSERV, majordomo, owner-x, x-owner, x-request, x-bounces, bounces+x, mailer, and
 * noreply, donotreply and auto-reply in every spelling: case, dots, hyphens, underscores and
 * numbers do not matter.
 */
bool autoreply_sender_is_role(const char *local);

/** Returns whether a local part names another mailbox that a relay might send to by itself:
 * "user%host", "host!user", "user@host". */
bool autoreply_sender_is_routed(const char *local);

/** Returns whether \p domain is not one of the Internet: an address literal, without a dot,
 * localhost, localdomain, invalid, or below one of these. Mail to it might stay on the relay. */
bool autoreply_sender_is_nowhere(const char *domain);

/** Returns whether \p domain is set apart for uses that are not the Internet's, so that no stranger
 * is there: below test, example, local, internal or home.arpa, or example.com, .net or .org (RFC
 * 2606, 6761, 6762, 8375). */
bool autoreply_sender_is_special(const char *domain);

/** Returns whether \p domain is \p above or below it, ignoring case. */
bool autoreply_sender_is_in(const char *domain, const char *above);

#endif
