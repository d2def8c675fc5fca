#include "frontends/irc/irc_orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "core/base/mem.h"

static struct frontend_context context = {.name = "irc.test"};
static struct irc_options options = {.username = (char *)"q", .answer_timeout = 15};
static struct irc_speech speech = {&context, &options, NULL, "quoted", .full = false};
static const struct irc_person bob = {.nick = "bob", .key = "b@h", .place = "#a"};
static int carried_out;

static char *on_order(void *data, const struct irc_order *order)
{
	(void)data;
	carried_out++;
	return mem_format("%s in %s", order->argument, order->place);
}

static struct irc_orders orders = {&speech, on_order, NULL, .ignored = {0}};

static void begin(void)
{
	speech.queue = irc_queue_create(100, 0, 64);
	strings_add(&options.admins, "alice");
}

static void end(void)
{
	irc_orders_finish(&orders);
	irc_speech_finish(&speech);
	irc_queue_destroy(speech.queue);
	strings_finish(&options.admins);
}

static void take(enum irc_command command, const char *account, const char *argument)
{
	struct irc_order order = {command, argument, "#a"};
	irc_orders_take(&orders, &bob, account, &order, 0);
}

static void expect(const char *wanted)
{
	double wait;
	char *line = irc_queue_pop(speech.queue, 0, &wait);
	if (wanted == NULL)
		cr_assert_null(line, "%s", line);
	else
		cr_assert(line != NULL && strcmp(line, wanted) == 0, "'%s' instead of '%s'", line,
			wanted);
	free(line);
}

static void whois(int code, const char *nick, const char *account)
{
	const char *const params[] = {"quoted", nick, account, "is logged in as"};
	irc_orders_numeric(&orders, code, params, 4, 0);
}

Test(irc_orders, are_those_of_accounts, .init = begin, .fini = end)
{
	take(IRC_COMMAND_PART, "Alice", "#b");
	expect("NOTICE bob :#b in #a");
	take(IRC_COMMAND_PART, "bob", "#b");
	expect("NOTICE bob :Only my admins can order that.");
	cr_assert_eq(carried_out, 1);
}

Test(irc_orders, wait_for_whois, .init = begin, .fini = end)
{
	take(IRC_COMMAND_PART, NULL, "#b");
	expect("WHOIS bob");
	whois(330, "other", "alice");
	whois(311, "bob", "alice");
	expect(NULL);
	whois(330, "bob", "alice");
	whois(318, "bob", "End of WHOIS");
	expect("NOTICE bob :#b in #a");
	expect(NULL);
	take(IRC_COMMAND_PART, NULL, "#b");
	expect("WHOIS bob");
	whois(318, "bob", "alice");
	expect("NOTICE bob :Only my admins can order that.");
	whois(330, "bob", "alice");
	expect(NULL);
	take(IRC_COMMAND_PART, NULL, "#b");
	expect("WHOIS bob");
	irc_orders_forget(&orders);
	whois(330, "bob", "alice");
	expect(NULL);
	cr_assert_eq(carried_out, 1);
}

/* A nickname on another network proves nothing, and WHOIS would ask about the bridge. */
Test(irc_orders, do_not_come_through_a_bridge, .init = begin, .fini = end)
{
	struct irc_person person = bob;
	struct irc_order order = {IRC_COMMAND_PART, "", "#a"};
	person.relayed = "alice";
	irc_orders_take(&orders, &person, NULL, &order, 0);
	expect("PRIVMSG #a :alice: Only my admins can order that.");
	expect(NULL);
}

Test(irc_orders, ignore_at_most_256, .init = begin, .fini = end)
{
	char mask[32];
	for (int i = 0; i < IRC_ORDERS_IGNORED; i++) {
		snprintf(mask, sizeof mask, "n%d", i);
		take(IRC_COMMAND_IGNORE, "alice", mask);
	}
	cr_assert_eq(orders.ignored.count, IRC_ORDERS_IGNORED);
	irc_queue_clear(speech.queue);
	take(IRC_COMMAND_IGNORE, "alice", "one-more");
	expect("NOTICE bob :I ignore too many masks; take one back before one-more.");
	take(IRC_COMMAND_IGNORE, "alice", "N5");
	cr_assert_eq(orders.ignored.count, IRC_ORDERS_IGNORED);
	take(IRC_COMMAND_IGNORE, "alice", "-n5");
	cr_assert_eq(orders.ignored.count, IRC_ORDERS_IGNORED - 1);
}

Test(irc_orders, never_ignore_everybody, .init = begin, .fini = end)
{
	static const char *const masks[] = {"*", "*!*@*", "?*"};
	for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		take(IRC_COMMAND_IGNORE, "alice", masks[i]);
		expect("NOTICE bob :That mask matches everyone, you included; name someone in it.");
	}
	cr_assert_eq(orders.ignored.count, 0);
}

static void begin_logging(void)
{
	begin();
	cr_redirect_stderr();
}

Test(irc_orders, do_not_log_the_key_of_a_channel, .init = begin_logging, .fini = end)
{
	char log[512];
	take(IRC_COMMAND_JOIN, "alice", "#b secret");
	fflush(stderr);
	log[fread(log, 1, sizeof log - 1, cr_get_redirected_stderr())] = '\0';
	cr_assert(strstr(log, "bob orders: join #b\n") != NULL, "%s", log);
}
