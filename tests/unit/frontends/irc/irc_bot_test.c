#include "frontends/irc/irc_bot.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/collection.h"
#include "core/library/quote_id.h"
#include "tests/support/quotes.h"

struct scene {
	struct quotes quotes;
	struct frontend_context context;
	struct irc_options options;
	struct irc_queue *queue;
	struct irc_presence *presence;
	struct irc_bot *bot;
};

static void begin_with(struct scene *scene, struct quoter *quoter, const struct quote_wire *wire)
{
	struct error error;
	scene->context = (struct frontend_context){
		.name = "irc.test",
		.asker = asker_create(quoter, NULL, wire, &error),
		.rng = &scene->quotes.rng,
	};
	cr_assert_not_null(scene->context.asker);
	setting_defaults(irc_options_rows, &scene->options);
	strings_add(&scene->options.channels, "#a");
	strings_add(&scene->options.channels, "#b");
	scene->queue = irc_queue_create(4, 0, 8);
	scene->presence = irc_presence_create("irc.test", &scene->options, scene->queue);
	scene->bot = irc_bot_create(
		&scene->context, &scene->options, scene->queue, scene->presence, &error);
	cr_assert_not_null(scene->bot, "%s", error.text);
}

static void hear(
	struct scene *scene, const char *origin, const char *target, const char *text, double now)
{
	struct irc_message message = {.origin = origin, .target = target, .text = text};
	irc_bot_message(scene->bot, &message, now);
}

static void begin(struct scene *scene, const char *quote)
{
	static const struct strings all = {0};
	static const struct quote_wire wire = {.name = "irc.test", .collections = &all};
	scene->quotes = (struct quotes){0};
	begin_with(scene, quotes_open_one(&scene->quotes, quote), &wire);
}

static void end(struct scene *scene)
{
	irc_bot_destroy(scene->bot);
	irc_presence_destroy(scene->presence);
	asker_destroy(scene->context.asker);
	irc_queue_destroy(scene->queue);
	setting_finish(irc_options_rows, &scene->options);
	quotes_finish(&scene->quotes);
}

static void expect(struct scene *scene, const char *wanted)
{
	double wait;
	char *line = irc_queue_pop(scene->queue, 0, &wait);
	if (wanted == NULL) {
		cr_assert_null(line, "%s", line);
		return;
	}
	cr_assert_not_null(line, "%s", wanted);
	cr_assert_str_eq(line, wanted);
	free(line);
}

static void welcome(struct scene *scene)
{
	const char *const params[] = {"quoted", "Welcome"};
	irc_bot_numeric(scene->bot, 1, params, 2, 0);
	expect(scene, "JOIN #a");
	expect(scene, "JOIN #b");
	expect(scene, NULL);
}

Test(irc_bot, says_nothing_before_the_welcome)
{
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	hear(&scene, "a!b@c", "#a", "!quote", 0);
	irc_bot_tick(scene.bot, 0);
	expect(&scene, NULL);
	welcome(&scene);
	hear(&scene, "a!b@c", "#a", "!quote", 0);
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	irc_bot_mute(scene.bot);
	hear(&scene, "a!b@c", "#a", "!quote", 0);
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_bot, answers_only_in_its_own_channels)
{
	static const char *const others[] = {"#c", "#a,#b", "#", "@#a", "other"};
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	welcome(&scene);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		hear(&scene, "a!b@c", others[i], "!quote", 0);
	expect(&scene, NULL);
	hear(&scene, "a!b@c", "#A", "!quote", 0);
	expect(&scene, "PRIVMSG #A :An apple [rchg]");
	end(&scene);
}

/* Channels and private messages share one round of no_repeat. */
Test(irc_bot, repeats_no_quote_across_targets)
{
	enum { COUNT = 40 };
	struct scene scene = {0};
	struct collection *all = quotes_add(&scene.quotes, "all", "static:q00 ");
	char text[] = "static:q00";
	for (int i = 1; i < COUNT; i++) {
		snprintf(text, sizeof text, "static:q%02d", i);
		strings_add(&all->sources, text);
	}
	struct quote_wire wire = {
		.name = "irc.test", .collections = &(struct strings){0}, .no_repeat = true};
	begin_with(&scene, quotes_open(&scene.quotes), &wire);
	scene.options.commands_per_minute = scene.options.channel_per_minute = 1000;
	welcome(&scene);
	bool seen[COUNT] = {false};
	for (int i = 0; i < COUNT; i++) {
		char from[64];
		double wait;
		snprintf(from, sizeof from, "n%.*s!u@h", i,
			"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn");
		hear(&scene, from, i % 2 == 0 ? "#a" : "quoted", "!quote", 10.0 * i);
		char *line = irc_queue_pop(scene.queue, 10.0 * i, &wait);
		cr_assert_not_null(line);
		int number = atoi(strchr(line, ':') + 2);
		cr_assert(number < COUNT && !seen[number], "%s", line);
		seen[number] = true;
		free(line);
	}
	end(&scene);
}

static void line(struct scene *scene, const char *text, double now)
{
	char copy[300];
	struct irc_line line;
	snprintf(copy, sizeof copy, "%s", text);
	cr_assert(irc_line_parse(copy, strlen(copy), &line), "%s", text);
	irc_bot_line(scene->bot, &line, now);
}

Test(irc_bot, follows_an_invite_of_an_inviter_only)
{
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	strings_add(&scene.options.inviters, "*@trusted");
	welcome(&scene);
	line(&scene, ":eve!e@h INVITE quoted #c", 0);
	line(&scene, ":bob!b@trusted INVITE quoted #c,#d", 0);
	line(&scene, ":bob!b@trusted INVITE quoted bob", 0);
	expect(&scene, NULL);
	line(&scene, ":bob!b@trusted INVITE quoted :#c", 0);
	irc_bot_tick(scene.bot, 0);
	expect(&scene, "JOIN #c");
	irc_bot_join(scene.bot, "quoted!q@h", "#c");
	hear(&scene, "a!b@c", "#c", "!quote", 0);
	expect(&scene, "PRIVMSG #c :An apple [rchg]");
	/* It does not come back where it is not wanted. */
	irc_channels_left(irc_presence_channels(scene.presence), "#c", NULL, 0);
	irc_bot_tick(scene.bot, 1000);
	expect(&scene, "JOIN #a");
	expect(&scene, "JOIN #b");
	expect(&scene, NULL);
	end(&scene);
}

static void order(struct scene *scene, const char *text)
{
	struct irc_message message = {
		.origin = "bob!b@h", .account = "bob", .target = "#a", .text = text};
	irc_bot_message(scene->bot, &message, 0);
}

Test(irc_bot, obeys_an_admin)
{
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	strings_add(&scene.options.admins, "bob");
	welcome(&scene);
	irc_bot_join(scene.bot, "quoted!q@h", "#a");
	order(&scene, "!join #c key");
	expect(&scene, "NOTICE bob :I join #c.");
	irc_bot_tick(scene.bot, 0);
	expect(&scene, "JOIN #c key");
	order(&scene, "!join #c,0");
	expect(&scene, "NOTICE bob :Write a channel, as in \"join #quotes\".");
	order(&scene, "!part");
	expect(&scene, "PART #a");
	expect(&scene, "NOTICE bob :I part from #a until \"join\" or the next start.");
	order(&scene, "!part #x");
	expect(&scene, "NOTICE bob :I am not in that channel.");
	end(&scene);
}

Test(irc_bot, answers_ctcp_in_private)
{
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	free(scene.options.contact);
	scene.options.contact = mem_strdup("me@example.org");
	welcome(&scene);
	line(&scene, ":a!b@c PRIVMSG quoted :\1VERSION\1", 0);
	expect(&scene, "NOTICE a :\1VERSION quoted, a quote bot; contact: me@example.org\1");
	line(&scene, ":a!b@c PRIVMSG #a :\1VERSION\1", 0);
	line(&scene, ":a!b@c PRIVMSG quoted :\1ACTION quote\1", 0);
	line(&scene, ":a!b@c PRIVMSG quoted :\1DCC SEND x\1", 0);
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_bot, knows_how_the_server_shows_it)
{
	static const char *const hidden[] = {"quoted", "cloak.example"};
	static const char *const whole[] = {"quoted", "user@cloak.example"};
	char text[sizeof "static:" + 600] = "static:";
	struct scene scene = {0};
	memset(text + strlen(text), 'x', 600);
	begin(&scene, text);
	struct quote quote;
	struct ask any = {0};
	asker_find(scene.context.asker, &any, &quote);
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote.id, id);
	id[4] = '\0';
	char *asked = mem_format("!quote %s", id);
	welcome(&scene);
	struct {
		const char *event;
		size_t mask;
	} const rows[] = {
		{"", strlen("~quoted@") + 63},
		{"JOIN", strlen("~q@host.example")},
		{"396", strlen("~q@cloak.example")},
		{"396 whole", strlen("user@cloak.example")},
		{"CHGHOST", strlen("new@other.host.example")},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		double wait;
		if (i == 1)
			irc_bot_join(scene.bot, "quoted!~q@host.example", "#a");
		if (i == 2)
			irc_bot_numeric(scene.bot, 396, hidden, 2, 0);
		if (i == 3)
			irc_bot_numeric(scene.bot, 396, whole, 2, 0);
		if (i == 4)
			line(&scene, ":quoted!u@h CHGHOST new other.host.example", 0);
		line(&scene, ":other!u@h CHGHOST not us", 0);
		hear(&scene, "a!b@c", "#a", asked, 0);
		char *said = irc_queue_pop(scene.queue, 0, &wait);
		cr_assert_not_null(said);
		cr_assert_eq(strlen(":quoted! ") + rows[i].mask + strlen(said) + 2, 512, "%s: %s",
			rows[i].event, said);
		free(said);
		free(irc_queue_pop(scene.queue, 0, &wait));
	}
	free(asked);
	end(&scene);
}

static volatile sig_atomic_t hung_up;

static void on_hangup(int number)
{
	hung_up = number;
}

Test(irc_bot, reloads_by_the_signal)
{
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	strings_add(&scene.options.admins, "bob");
	welcome(&scene);
	signal(SIGHUP, on_hangup);
	order(&scene, "!reload");
	expect(&scene, "NOTICE bob :I read the configuration and the quotes again.");
	cr_assert_eq(hung_up, SIGHUP);
	end(&scene);
}
