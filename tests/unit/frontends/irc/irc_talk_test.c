#include "frontends/irc/irc_talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "tests/support/quotes.h"

struct scene {
	struct quotes quotes;
	struct frontend_context context;
	struct irc_options options;
	struct irc_queue *queue;
	struct irc_speech speech;
	struct irc_talk *talk;
	double now;
	int orders;
};

static char *on_order(void *data, const struct irc_order *order)
{
	struct scene *scene = data;
	scene->orders++;
	return mem_format(
		"%s %s in %s", irc_command_usage(order->command), order->argument, order->place);
}

static void open_talk(struct scene *scene)
{
	static const struct strings all = {0};
	static const struct quote_wire wire = {.name = "irc.test", .collections = &all};
	struct error error;
	struct quoter *quoter = quotes_open(&scene->quotes);
	scene->context = (struct frontend_context){
		.name = "irc.test",
		.asker = asker_create(quoter, NULL, &wire, &error),
		.rng = &scene->quotes.rng,
	};
	cr_assert_not_null(scene->context.asker);
	scene->queue = irc_queue_create(100, 0, 64);
	scene->speech = (struct irc_speech){
		&scene->context, &scene->options, scene->queue, "quoted", .full = false};
	scene->talk = irc_talk_create(&scene->speech, on_order, scene, &error);
	cr_assert_not_null(scene->talk, "%s", error.text);
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){0};
	setting_defaults(irc_options_rows, &scene->options);
	free(scene->options.contact);
	scene->options.contact = mem_strdup("me@example.org");
	strings_add(&scene->options.channels, "#a");
}

static void begin(struct scene *scene, const char *quote)
{
	prepare(scene);
	quotes_add(&scene->quotes, "all", quote);
	open_talk(scene);
}

static void end(struct scene *scene)
{
	irc_talk_destroy(scene->talk);
	irc_speech_finish(&scene->speech);
	asker_destroy(scene->context.asker);
	irc_queue_destroy(scene->queue);
	setting_finish(irc_options_rows, &scene->options);
	quotes_finish(&scene->quotes);
}

static void hear_as(struct scene *scene, const char *origin, const char *account,
	const char *target, const char *text)
{
	struct irc_message message = {.origin = origin,
		.account = account,
		.target = target,
		.text = text,
		.is_private = *target != '#'};
	irc_talk_message(scene->talk, &message, scene->now);
}

static void hear(struct scene *scene, const char *target, const char *text)
{
	hear_as(scene, "a!b@c", NULL, target, text);
}

static void expect(struct scene *scene, const char *wanted)
{
	double wait;
	char *line = irc_queue_pop(scene->queue, scene->now, &wait);
	if (wanted == NULL)
		cr_assert_null(line, "%s", line);
	else
		cr_assert(line != NULL && strcmp(line, wanted) == 0, "'%s' instead of '%s'", line,
			wanted);
	free(line);
}

Test(irc_talk, formatting_does_not_hide_a_command)
{
	static const char *const texts[] = {"!quote", "\x02!quote\x02",
		"\x03"
		"09,01!quote",
		"!quote\x0f",
		"\x04"
		"00FF00!quote",
		"\x1d\x1f\x1e\x11\x16!quote", "!quote\xc2\xa0", "\xe2\x80\x8b!quote",
		"@quoted quote", "quoted\x02:\x02 quote", "\xef\xbb\xbfquoted,\xc2\xa0quote"};
	struct scene scene;
	begin(&scene, "static:An apple");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		hear(&scene, "#a", texts[i]);
		expect(&scene, "PRIVMSG #a :An apple [rchg]");
		expect(&scene, NULL);
	}
	end(&scene);
}

Test(irc_talk, understands_latin_1)
{
	struct scene scene;
	begin(&scene, "static:Un caf\xc3\xa9");
	hear(&scene, "#a", "!search caf\xe9");
	expect(&scene, "PRIVMSG #a :Un caf\xc3\xa9 [zejh]");
	end(&scene);
}

Test(irc_talk, hears_people_only)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	hear_as(&scene, "irc.example.net", NULL, "#a", "!quote");
	hear_as(&scene, "irc.example.net", NULL, "quoted", "quote");
	hear_as(&scene, "quoted!q@h", NULL, "#a", "!quote");
	hear_as(&scene, "a,b!b@c", NULL, "quoted", "quote");
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_talk, hears_no_bot_but_bridges)
{
	struct irc_message message = {
		.origin = "bot!b@c", .target = "#a", .text = "<bob> !quote", .is_by_bot = true};
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.relays, "bridge!*@*");
	irc_talk_message(scene.talk, &message, 0);
	message.text = "!quote";
	irc_talk_message(scene.talk, &message, 0);
	message.target = "quoted";
	message.is_private = true;
	irc_talk_message(scene.talk, &message, 0);
	message.text = "\1VERSION\1";
	irc_talk_message(scene.talk, &message, 0);
	expect(&scene, NULL);
	message = (struct irc_message){
		.origin = "bridge!b@c", .target = "#a", .text = "<bob> !quote", .is_by_bot = true};
	irc_talk_message(scene.talk, &message, 0);
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	end(&scene);
}

Test(irc_talk, ignores_whom_it_is_to_ignore)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.ignore, "*@bad.example");
	strings_add(&scene.options.ignore, "account:eve");
	strings_add(&scene.options.ignore, "mallory");
	strings_add(&scene.options.relays, "bridge");
	hear_as(&scene, "a!b@bad.example", NULL, "#a", "!quote");
	hear_as(&scene, "a!b@c", "Eve", "#a", "!quote");
	hear_as(&scene, "mallory!b@c", NULL, "quoted", "quote");
	hear_as(&scene, "bridge!b@c", NULL, "#a", "<mallory> !quote");
	expect(&scene, NULL);
	hear_as(&scene, "bridge!b@c", NULL, "#a", "<bob> !quote");
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	end(&scene);
}

Test(irc_talk, people_behind_a_bridge_have_budgets_of_their_own)
{
	static const char *const texts[] = {"<bob> !quote", "[bob] !quote", "bob: !quote",
		("\x03"
		 "04<b\xe2\x80\x8bob>\x0f !quote")};
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.relays, "bridge!*@*");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		hear_as(&scene, "bridge!b@c", NULL, "#a", texts[i]);
		expect(&scene, "PRIVMSG #a :An apple [rchg]");
		hear_as(&scene, "nobridge!b@c", NULL, "#a", texts[i]);
		expect(&scene, NULL);
	}
	for (int i = 4; i < 12; i++) {
		hear_as(&scene, "bridge!b@c", NULL, "#a", texts[0]);
		expect(&scene, "PRIVMSG #a :An apple [rchg]");
	}
	hear_as(&scene, "bridge!b@c", NULL, "#a", texts[0]);
	expect(&scene, "PRIVMSG #a :bob: You sent more than 12 commands in a minute, so I am "
		       "ignoring you for 5 minutes.");
	hear_as(&scene, "bridge!b@c", NULL, "#a", texts[0]);
	expect(&scene, NULL);
	hear_as(&scene, "bridge!b@c", NULL, "#a", "<alice> !quote nothing");
	expect(&scene, "PRIVMSG #a :alice: No quote matches 'nothing'.");
	hear_as(&scene, "bridge!b@c", NULL, "#a", "quoted: quote");
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	end(&scene);
}

Test(irc_talk, hears_every_form_of_a_bridge)
{
	static const char *const texts[] = {"<bob> !quote", "[bob] !quote", "(bob) !quote",
		"bob: !quote", "Bob Smith: !quote", "[irc] <bob> !quote", "[irc] bob: !quote",
		"\x02<\x0f\00304b\xe2\x80\x8bob\x0f\x02>\x0f !quote", "<bob>: quoted: quote",
		"<quoted> !quote", "quoted: quote", "!quote a: pear"};
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.relays, "bridge");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		bool is_last = i + 1 == sizeof texts / sizeof texts[0];
		hear_as(&scene, "bridge!b@c", NULL, "#a", texts[i]);
		expect(&scene, is_last ? "NOTICE bridge :No quote matches 'a: pear'."
				       : "PRIVMSG #a :An apple [rchg]");
		expect(&scene, NULL);
	}
	end(&scene);
}

Test(irc_talk, knows_an_author_by_a_part_of_the_name)
{
	struct scene scene;
	prepare(&scene);
	quotes_add(&scene.quotes, "all", "static:An apple\n\t-- Ann Lee");
	quotes_add(&scene.quotes, "all", "static:A pear\n\t-- Ann Ray");
	open_talk(&scene);
	hear(&scene, "#a", "!by LEE");
	expect(&scene, "PRIVMSG #a :An apple | -- Ann Lee [wt3s]");
	hear(&scene, "#a", "!by ann");
	expect(&scene, "NOTICE a :No quote is by 'ann'; did you mean 'Ann Lee'?");
	end(&scene);
}

Test(irc_talk, helps_once_in_private)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	hear(&scene, "#a", "hello there");
	expect(&scene, NULL);
	hear(&scene, "quoted", "hello there");
	expect(&scene,
		"NOTICE a :Commands: quote [ID or WORDS], today, search WORDS, more, fortune "
		"[COLLECTION], id, by AUTHOR, help. In a channel, write \"!quote\" or \"quoted: "
		"quote\"; in private, just \"quote\". Run by me@example.org.");
	hear(&scene, "quoted", "are you a bot?");
	expect(&scene, NULL);
	hear_as(&scene, "x!y@z", NULL, "quoted", "hi");
	cr_assert_eq(irc_queue_count(scene.queue), 1);
	end(&scene);
}

/* A quote that is a command, repeated by a parrot or told by another bot of ours, must not begin a
 * loop, and people must be heard all the same. */
Test(irc_talk, does_not_take_an_answer_for_a_command)
{
	struct scene scene;
	begin(&scene, "static:!quote");
	hear(&scene, "#a", "!quote");
	expect(&scene, "PRIVMSG #a :!quote [0qhw]");
	hear_as(&scene, "parrot!b@c", NULL, "#a", "!quote [0qhw]");
	hear_as(&scene, "other!b@c", NULL, "#a", "!quote [0qhwn]");
	hear_as(&scene, "other!b@c", NULL, "#a", "!quote [0qhw] https://x.example/q/0qhw");
	expect(&scene, NULL);
	hear_as(&scene, "person!b@c", NULL, "#a", "!quote");
	expect(&scene, "PRIVMSG #a :!quote [0qhw]");
	hear_as(&scene, "person!b@c", NULL, "#a", "!quote 0qhw");
	expect(&scene, "PRIVMSG #a :!quote [0qhw]");
	end(&scene);
}

/* Two bots that hear each other, each with quotes that are commands. */
Test(irc_talk, two_bots_do_not_loop)
{
	static const char *const quotes[][2] = {
		{"static:!quote", "static:!quote"},
		{"static:!quote", "static:!today"},
		{"static:!search today", "static:!search search"},
		{"static:quoted: quote", "static:quoted: quote"},
		{"static:!today\xc2\xa0or", "static:!today\xc2\xa0or"},
		{"static:!\xe2\x80\x8btoday or", "static:!\xe2\x80\x8btoday or"},
	};
	for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
		struct scene bots[2];
		double wait;
		int said = 0;
		begin(&bots[0], quotes[i][0]);
		begin(&bots[1], quotes[i][1]);
		hear_as(&bots[0], "person!b@c", NULL, "#a", "!quote");
		for (int turn = 0; turn < 1000; turn++) {
			char *line = irc_queue_pop(bots[turn % 2].queue, turn, &wait);
			if (line == NULL)
				continue;
			said++;
			if (strncmp(line, "PRIVMSG #a :", 12) == 0)
				hear_as(&bots[(turn + 1) % 2], "bot!b@c", NULL, "#a", line + 12);
			free(line);
		}
		cr_assert(said <= 3, "row %zu: %d lines", i, said);
		end(&bots[0]);
		end(&bots[1]);
	}
}

Test(irc_talk, a_person_has_two_answers_waiting)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	for (int i = 0; i < 5; i++)
		hear(&scene, "#a", "!quote");
	hear_as(&scene, "other!b@d", NULL, "#a", "!quote");
	for (int i = 0; i < 3; i++)
		expect(&scene, "PRIVMSG #a :An apple [rchg]");
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_talk, old_answers_are_dropped)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	hear(&scene, "#a", "!quote");
	scene.now = 14;
	hear_as(&scene, "other!b@d", NULL, "quoted", "quote");
	scene.now = 15;
	expect(&scene, "PRIVMSG other :An apple [rchg]");
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_talk, a_channel_and_the_network_are_told_once)
{
	struct scene scene;
	char origin[32];
	prepare(&scene);
	scene.options.channel_per_minute = 2;
	scene.options.network_per_minute = 4;
	quotes_add(&scene.quotes, "all", "static:An apple");
	open_talk(&scene);
	for (int i = 0; i < 4; i++) {
		snprintf(origin, sizeof origin, "n%d!u%d@h", i, i);
		hear_as(&scene, origin, NULL, "#a", "!quote");
	}
	hear_as(&scene, "x!x@h", NULL, "quoted", "quote");
	hear_as(&scene, "y!y@h", NULL, "quoted", "quote");
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	expect(&scene,
		"NOTICE #a :There were more than 2 commands in a minute here; I answer again "
		"in a moment.");
	expect(&scene, "NOTICE x :I got more than 4 commands in a minute on this network; I answer "
		       "again in a moment.");
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_talk, a_channel_has_its_own_prefix_and_commands)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.channel_prefix, "#b ?");
	strings_add(&scene.options.channel_commands, "#b quote,help");
	hear(&scene, "#b", "!quote");
	hear(&scene, "#b", "?today");
	hear(&scene, "#b", "quoted: today");
	expect(&scene, NULL);
	hear(&scene, "#b", "?quote");
	expect(&scene, "PRIVMSG #b :An apple [rchg]");
	hear(&scene, "#b", "?help");
	expect(&scene, "NOTICE a :Commands: quote [ID or WORDS], help. In a channel, write "
		       "\"?quote\" or \"quoted: quote\"; in private, just \"quote\". Run by "
		       "me@example.org.");
	end(&scene);
}

Test(irc_talk, admins_are_known_by_their_account)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	hear_as(&scene, "a!b@c", "alice", "#a", "!part");
	expect(&scene, NULL);
	strings_add(&scene.options.admins, "alice");
	hear_as(&scene, "a!b@c", "Alice", "#a", "!part #b");
	expect(&scene, "NOTICE a :part [#CHANNEL] #b in #a");
	hear_as(&scene, "a!b@c", "eve", "#a", "!part");
	expect(&scene, "NOTICE a :Only my admins can order that.");
	cr_assert_eq(scene.orders, 1);
	end(&scene);
}

Test(irc_talk, asks_for_the_account_if_it_is_not_known)
{
	static const char *const alice[] = {"quoted", "a", "alice", "is logged in as"};
	static const char *const eve[] = {"quoted", "a", "eve", "is logged in as"};
	static const char *const finish[] = {"quoted", "a", "End of WHOIS"};
	static const char *const other[] = {"quoted", "x", "alice", "is logged in as"};
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.admins, "alice");
	hear(&scene, "quoted", "join #b");
	expect(&scene, "WHOIS a");
	irc_talk_numeric(scene.talk, 330, other, 4, 0);
	expect(&scene, NULL);
	irc_talk_numeric(scene.talk, 330, alice, 4, 0);
	irc_talk_numeric(scene.talk, 318, finish, 3, 0);
	expect(&scene, "NOTICE a :join #CHANNEL [KEY] #b in a");
	expect(&scene, NULL);
	hear(&scene, "quoted", "join #b");
	expect(&scene, "WHOIS a");
	irc_talk_numeric(scene.talk, 330, eve, 4, 0);
	expect(&scene, "NOTICE a :Only my admins can order that.");
	hear(&scene, "quoted", "join #b");
	expect(&scene, "WHOIS a");
	irc_talk_numeric(scene.talk, 318, finish, 3, 0);
	expect(&scene, "NOTICE a :Only my admins can order that.");
	irc_talk_numeric(scene.talk, 330, alice, 4, 0);
	expect(&scene, NULL);
	cr_assert_eq(scene.orders, 1);
	end(&scene);
}

Test(irc_talk, an_admin_can_have_people_ignored)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.admins, "alice");
	hear_as(&scene, "a!b@c", "alice", "#a", "!ignore eve!*@*");
	expect(&scene, "NOTICE a :I ignore eve!*@* until I am started again; to keep it, write it "
		       "into the setting ignore.");
	hear_as(&scene, "eve!b@d", NULL, "#a", "!quote");
	expect(&scene, NULL);
	hear_as(&scene, "a!b@c", "alice", "#a", "!ignore -eve!*@*");
	expect(&scene, "NOTICE a :I hear eve!*@* again.");
	hear_as(&scene, "eve!b@d", NULL, "#a", "!quote");
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	hear_as(&scene, "a!b@c", "alice", "#a", "!ignore -eve!*@*");
	expect(&scene, "NOTICE a :I did not ignore eve!*@*.");
	hear_as(&scene, "a!b@c", "alice", "#a", "!ignore");
	expect(&scene,
		"NOTICE a :Write a mask, as in \"nick!*@*\"; with a - before it, I hear them "
		"again.");
	end(&scene);
}

Test(irc_talk, refuses_what_it_does_not_know)
{
	static const struct {
		const char *charset, *collections, *error;
	} rows[] = {
		{"klingon", NULL, "fallback_charset: "},
		{"ISO-8859-1", "#a al",
			"channel_collections: '#a al': no collection 'al' is shown here; did you "
			"mean 'all'?"},
		{"ISO-8859-1", "#a all,zzzzzz",
			"channel_collections: '#a all,zzzzzz': no collection 'zzzzzz' is shown "
			"here"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct scene scene;
		struct error error;
		begin(&scene, "static:An apple");
		free(scene.options.fallback_charset);
		scene.options.fallback_charset = mem_strdup(rows[i].charset);
		if (rows[i].collections != NULL)
			strings_add(&scene.options.channel_collections, rows[i].collections);
		struct irc_speech speech = {
			&scene.context, &scene.options, scene.queue, "quoted", .full = false};
		cr_assert_null(irc_talk_create(&speech, on_order, &scene, &error));
		cr_assert_eq(strncmp(error.text, rows[i].error, strlen(rows[i].error)), 0, "%s",
			error.text);
		end(&scene);
	}
}
