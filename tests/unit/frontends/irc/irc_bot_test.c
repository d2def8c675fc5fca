#include "frontends/irc/irc_bot.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/collection.h"
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
	scene->bot =
		irc_bot_create(&scene->context, &scene->options, scene->queue, scene->presence);
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
	irc_bot_message(scene.bot, "a!b@c", "#a", "!quote", 0);
	irc_bot_tick(scene.bot, 0);
	expect(&scene, NULL);
	welcome(&scene);
	irc_bot_message(scene.bot, "a!b@c", "#a", "!quote", 0);
	expect(&scene, "PRIVMSG #a :An apple");
	irc_bot_mute(scene.bot);
	irc_bot_message(scene.bot, "a!b@c", "#a", "!quote", 0);
	expect(&scene, NULL);
	end(&scene);
}

static void set_text(char **field, const char *text)
{
	free(*field);
	*field = mem_strdup(text);
}

/* The commands that the help suggests must work. */
Test(irc_bot, help_says_what_works)
{
	static const struct {
		const char *prefix;
		const char *help;
	} cases[] = {
		{"!", "NOTICE a :Commands: quote, quote ID, today, search WORDS, help. In a "
		      "channel, write \"!quote\" or \"quoted: quote\"; in private, just "
		      "\"quote\". Run by me@example.org."},
		{"", "NOTICE a :Commands: quote, quote ID, today, search WORDS, help. In a "
		     "channel, write \"quoted: quote\"; in private, just \"quote\". Run by "
		     "me@example.org."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct scene scene = {0};
		begin(&scene, "static:An apple");
		set_text(&scene.options.prefix, cases[i].prefix);
		set_text(&scene.options.contact, "me@example.org");
		welcome(&scene);
		irc_bot_message(scene.bot, "a!b@c", "#a", "quoted: help", 0);
		expect(&scene, cases[i].help);
		irc_bot_message(scene.bot, "a!b@c", "#a", "quoted: quote", 0);
		expect(&scene, "PRIVMSG #a :An apple");
		irc_bot_message(scene.bot, "a!b@c", "quoted", "quote", 0);
		expect(&scene, "PRIVMSG a :An apple");
		end(&scene);
	}
}

/* A quote that is a command, repeated by another bot, must not begin a loop. */
Test(irc_bot, does_not_answer_its_own_words)
{
	struct scene scene = {0};
	begin(&scene, "static:!quote");
	welcome(&scene);
	irc_bot_message(scene.bot, "a!b@c", "#a", "quoted: quote", 0);
	expect(&scene, "PRIVMSG #a :!quote");
	irc_bot_message(scene.bot, "parrot!b@c", "#a", "!quote", 0);
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_bot, a_reply_goes_out_whole_or_not_at_all)
{
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	welcome(&scene);
	for (int i = 0; i < 12; i++)
		irc_bot_message(scene.bot, "a!b@c", "#a", "!quote", 0);
	cr_assert_eq(irc_queue_count(scene.queue), 8);
	end(&scene);
}

Test(irc_bot, answers_only_in_its_own_channels)
{
	static const char *const others[] = {"#c", "#a,#b", "#", "@#a", "other"};
	struct scene scene = {0};
	begin(&scene, "static:An apple");
	welcome(&scene);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		irc_bot_message(scene.bot, "a!b@c", others[i], "!quote", 0);
	expect(&scene, NULL);
	irc_bot_message(scene.bot, "a!b@c", "#A", "!quote", 0);
	expect(&scene, "PRIVMSG #A :An apple");
	end(&scene);
}

Test(irc_bot, fits_every_target)
{
	static const struct {
		const char *nick, *channel;
		size_t room;
	} rows[] = {
		{"q", "#a", 512 - 10 - 63 - 3 - 1 - 7 - 32},
		{"quoted", "#a", 512 - 10 - 63 - 8 - 1 - 7 - 32},
		{"quoted", "#a-channel-with-a-name-of-forty-octets-...",
			512 - 10 - 63 - 8 - 1 - 7 - 42},
		{"quoted", "#a a-key-of-the-channel-that-takes-no-room-in-a-message",
			512 - 10 - 63 - 8 - 1 - 7 - 32},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct irc_options options = {
			.max_lines = 3, .nick = (char *)rows[i].nick, .username = "u"};
		strings_add(&options.channels, "#b");
		strings_add(&options.channels, rows[i].channel);
		struct quote_fit fit = irc_bot_fit(&options);
		cr_assert(fit.fold);
		cr_assert_eq(fit.max_lines, 3);
		cr_assert_eq(fit.line_bytes, rows[i].room, "row %zu: %zu", i, fit.line_bytes);
		strings_finish(&options.channels);
	}
}

/* Channels and private messages share one round of no_repeat. */
Test(irc_bot, repeats_no_quote_across_targets)
{
	enum { COUNT = 40 };
	struct scene scene = {0};
	struct collection_options *all = quotes_add(&scene.quotes, "all", "static:q00 ");
	char text[] = "static:q00";
	for (int i = 1; i < COUNT; i++) {
		snprintf(text, sizeof text, "static:q%02d", i);
		strings_add(&all->sources, text);
	}
	struct quote_wire wire = {
		.name = "irc.test", .collections = &(struct strings){0}, .no_repeat = true};
	begin_with(&scene, quotes_open(&scene.quotes), &wire);
	scene.options.commands_per_minute = 1000;
	welcome(&scene);
	bool seen[COUNT] = {false};
	for (int i = 0; i < COUNT; i++) {
		char from[64];
		double wait;
		snprintf(from, sizeof from, "n%.*s!u@h", i,
			"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn");
		irc_bot_message(scene.bot, from, i % 2 == 0 ? "#a" : "quoted", "!quote", 10.0 * i);
		char *line = irc_queue_pop(scene.queue, 10.0 * i, &wait);
		cr_assert_not_null(line);
		int number = atoi(strchr(line, ':') + 2);
		cr_assert(number < COUNT && !seen[number], "%s", line);
		seen[number] = true;
		free(line);
	}
	end(&scene);
}
