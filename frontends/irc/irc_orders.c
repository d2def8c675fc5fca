#include "frontends/irc/irc_orders.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/irc/message/irc_mask.h"
#include "frontends/kit/log.h"

enum { RPL_ENDOFWHOIS = 318, RPL_WHOISACCOUNT = 330 };

static const char only_admins[] = "Only my admins can order that.";

void irc_orders_forget(struct irc_orders *orders)
{
	irc_person_finish(&orders->giver);
	free((char *)orders->waiting.argument);
	orders->waiting = (struct irc_order){.argument = NULL};
}

/* Returns what to tell, the caller's. */
static char *change_ignored(struct irc_orders *orders, const char *argument)
{
	struct strings kept = {0};
	struct error error;
	const char *mask = argument + (*argument == '-');
	if (!irc_mask_check(mask, &error))
		return mem_strdup("Write a mask, as in \"nick!*@*\"; with a - before it, I hear "
				  "them again.");
	if (mask == argument && mask[strspn(mask, "*?!@")] == '\0')
		return mem_strdup("That mask matches everyone, you included; name someone in it.");
	for (size_t i = 0; i < orders->ignored.count; i++)
		if (!irc_nick_equal(orders->ignored.items[i], mask))
			strings_add(&kept, orders->ignored.items[i]);
	bool found = kept.count < orders->ignored.count;
	bool is_new = *argument != '-' && kept.count < IRC_ORDERS_IGNORED;
	if (is_new)
		strings_add(&kept, mask);
	strings_finish(&orders->ignored);
	orders->ignored = kept;
	if (*argument == '-')
		return mem_format(found ? "I hear %s again." : "I did not ignore %s.", mask);
	return mem_format(is_new ? "I ignore %s until I am started again; to keep it, write it "
				   "into the setting ignore."
				 : "I ignore too many masks; take one back before %s.",
		mask);
}

static void obey(struct irc_orders *orders, const struct irc_person *person,
	const struct irc_order *order, double now)
{
	char *text = order->command == IRC_COMMAND_IGNORE ? change_ignored(orders, order->argument)
							  : orders->on_order(orders->data, order);
	const char *usage = irc_command_usage(order->command);
	/* A second word is the key of a channel. */
	log_info(orders->speech->context->name, "%s orders: %.*s %.*s", person->nick,
		(int)strcspn(usage, " "), usage, (int)strcspn(order->argument, " "),
		order->argument);
	irc_speech_tell(orders->speech, person, text, now);
	free(text);
}

static bool is_admin(const struct irc_orders *orders, const char *account)
{
	const struct strings *admins = &orders->speech->options->admins;
	for (size_t i = 0; account != NULL && i < admins->count; i++)
		if (irc_nick_equal(admins->items[i], account))
			return true;
	return false;
}

/* The last one counts: a WHOIS is answered soon or not at all. */
static void ask_for_account(
	struct irc_orders *orders, const struct irc_person *person, const struct irc_order *order)
{
	irc_orders_forget(orders);
	orders->giver = irc_person_copy(person);
	orders->waiting = (struct irc_order){
		order->command, mem_strdup(order->argument), orders->giver.place};
	irc_queue_push(orders->speech->queue, "WHOIS %s", person->nick);
}

void irc_orders_take(struct irc_orders *orders, const struct irc_person *person,
	const char *account, const struct irc_order *order, double now)
{
	if (is_admin(orders, account))
		obey(orders, person, order, now);
	else if (account == NULL && person->relayed == NULL)
		ask_for_account(orders, person, order);
	else
		irc_speech_tell(orders->speech, person, only_admins, now);
}

void irc_orders_numeric(
	struct irc_orders *orders, int code, const char *const *params, size_t count, double now)
{
	if (count < 2 || orders->giver.nick == NULL ||
		!irc_nick_equal(params[1], orders->giver.nick) ||
		(code != RPL_WHOISACCOUNT && code != RPL_ENDOFWHOIS))
		return;
	bool named = code == RPL_WHOISACCOUNT && count > 2;
	if (named && is_admin(orders, params[2]))
		obey(orders, &orders->giver, &orders->waiting, now);
	else
		irc_speech_tell(orders->speech, &orders->giver, only_admins, now);
	irc_orders_forget(orders);
}

void irc_orders_finish(struct irc_orders *orders)
{
	irc_orders_forget(orders);
	strings_finish(&orders->ignored);
}
