/** Orders of admins, who are known by their accounts: !ignore, !join, !part and !reload. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_ORDERS_H
#define QUOTED_FRONTENDS_IRC_IRC_ORDERS_H

#include "frontends/irc/answer/irc_speech.h"
#include "frontends/irc/irc_command.h"

enum { IRC_ORDERS_IGNORED = 256 }; /* masks of !ignore */

/** A command of an admin. */
struct irc_order {
	enum irc_command command;
	const char *argument;
	const char *place; /* where it was given */
};

/** Carries out JOIN, PART and RELOAD; returns what to tell the admin, the caller's to free. */
typedef char *irc_orders_on_order(void *data, const struct irc_order *order);

/** The first three are set by whoever makes one; the rest is all zero to begin with. */
struct irc_orders {
	struct irc_speech *speech;
	irc_orders_on_order *on_order;
	void *data;
	struct strings ignored;  /* masks of !ignore */
	struct irc_person giver; /* of the order that waits for WHOIS, a copy; no nick: none does */
	struct irc_order waiting; /* that order, whose argument is a copy */
};

/** Takes an order that \p person gave at \p now, under \p account (NULL: not known or none), and
 * carries it out if that is an admin's. Asks by WHOIS if it is not known. */
void irc_orders_take(struct irc_orders *orders, const struct irc_person *person,
	const char *account, const struct irc_order *order, double now);

/** Hears what WHOIS says: 330 (RPL_WHOISACCOUNT) and 318 (RPL_ENDOFWHOIS). */
void irc_orders_numeric(
	struct irc_orders *orders, int code, const char *const *params, size_t count, double now);

/** Forgets the order that waits for WHOIS. */
void irc_orders_forget(struct irc_orders *orders);

/** Frees its memory and leaves it empty. */
void irc_orders_finish(struct irc_orders *orders);

#endif
