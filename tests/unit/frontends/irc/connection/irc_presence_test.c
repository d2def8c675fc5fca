#include "frontends/irc/connection/irc_presence.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"

struct scene {
	struct irc_options options;
	struct irc_queue *queue;
	struct irc_presence *presence;
};

static void begin(struct scene *scene, const char *nick)
{
	*scene = (struct scene){0};
	setting_defaults(irc_options_rows, &scene->options);
	free(scene->options.nick);
	scene->options.nick = mem_strdup(nick);
	scene->queue = irc_queue_create(4, 0, 64);
	scene->presence = irc_presence_create("irc.test", &scene->options, scene->queue);
}

static void end(struct scene *scene)
{
	irc_presence_destroy(scene->presence);
	irc_queue_destroy(scene->queue);
	setting_finish(irc_options_rows, &scene->options);
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

/* Says ":s CODE FIRST :LAST" or, if last is NULL, ":s CODE FIRST". */
static void say(struct scene *scene, int code, const char *first, const char *last, double now)
{
	const char *const params[] = {first, last};
	irc_presence_numeric(scene->presence, code, params, last != NULL ? 2 : 1, now);
}

static void feature(struct scene *scene, const char *text)
{
	char copy[256];
	struct irc_line line;
	snprintf(copy, sizeof copy, ":s 005 x %s :are supported", text);
	cr_assert(irc_line_parse(copy, strlen(copy), &line));
	irc_presence_features(scene->presence, &line);
}

Test(irc_presence, is_who_the_server_says)
{
	struct scene scene;
	begin(&scene, "quoted");
	cr_expect_not(irc_presence_is_registered(scene.presence));
	say(&scene, 1, "Guest7", "hi", 0);
	cr_expect(irc_presence_is_registered(scene.presence));
	cr_expect_str_eq(irc_presence_nick(scene.presence), "Guest7");
	irc_presence_renamed(scene.presence, "guest7!u@h", "Other");
	cr_expect(irc_presence_is_me(scene.presence, "other!u@h"));
	irc_presence_renamed(scene.presence, "Otherx!u@h", "thief");
	irc_presence_renamed(scene.presence, "Other!u@h", "two words");
	cr_expect_str_eq(irc_presence_nick(scene.presence), "Other");
	irc_presence_begin(scene.presence);
	cr_expect_not(irc_presence_is_registered(scene.presence));
	cr_expect_str_eq(irc_presence_nick(scene.presence), "quoted");
	end(&scene);
}

Test(irc_presence, tries_other_nicknames_until_it_is_welcome)
{
	struct scene scene;
	begin(&scene, "quoted");
	say(&scene, 433, "*", "in use", 0);
	expect(&scene, "NICK quoted_");
	say(&scene, 433, "*", "in use", 0);
	expect(&scene, "NICK quoted__");
	say(&scene, 437, "*", "unavailable", 0);
	expect(&scene, "NICK quoted3");
	say(&scene, 1, "quoted3", "hi", 0);
	say(&scene, 433, "quoted3", "in use", 0);
	expect(&scene, NULL);
	end(&scene);
}

/* What this server cannot accept is asked for once. */
Test(irc_presence, does_not_insist_on_what_is_erroneous)
{
	struct scene scene;
	begin(&scene, "\xc3\xa9t\xc3\xa9");
	say(&scene, 432, "*", "Erroneous nickname", 0);
	expect(&scene, "NICK quoted_");
	say(&scene, 432, "*", "Erroneous nickname", 0);
	expect(&scene, "NICK quoted__");
	say(&scene, 1, "quoted__", "hi", 0);
	irc_presence_tick(scene.presence, 10000);
	expect(&scene, NULL);
	irc_presence_begin(scene.presence);
	say(&scene, 1, "other", "hi", 20000);
	irc_presence_tick(scene.presence, 20100);
	expect(&scene, "ISON \xc3\xa9t\xc3\xa9");
	end(&scene);
}

Test(irc_presence, does_not_ask_for_a_nickname_that_the_server_cuts)
{
	static const char *const features[] = {"NICKLEN=9", "CHANTYPES=#"};
	for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
		struct scene scene;
		begin(&scene, "averyveryverylongnickname");
		say(&scene, 1, "averyvery", "hi", 0);
		feature(&scene, features[i]);
		for (int now = 0; now < 1000; now += 100)
			irc_presence_tick(scene.presence, now);
		expect(&scene, NULL);
		end(&scene);
	}
}

Test(irc_presence, asks_for_the_part_that_the_server_takes)
{
	struct scene scene;
	begin(&scene, "averyveryverylongnickname");
	say(&scene, 433, "*", "in use", 0);
	expect(&scene, "NICK averyveryverylongnickname_");
	say(&scene, 1, "averyver_", "hi", 0);
	feature(&scene, "NICKLEN=9");
	irc_presence_tick(scene.presence, 60);
	expect(&scene, "ISON averyvery");
	end(&scene);
}

Test(irc_presence, takes_its_nickname_when_it_is_free)
{
	struct scene scene;
	begin(&scene, "quoted");
	say(&scene, 433, "*", "in use", 0);
	expect(&scene, "NICK quoted_");
	say(&scene, 1, "quoted_", "hi", 0);
	say(&scene, 303, "quoted_", "", 1);
	irc_presence_tick(scene.presence, 59);
	expect(&scene, NULL);
	irc_presence_tick(scene.presence, 60);
	expect(&scene, "ISON quoted");
	say(&scene, 303, "quoted_", "other Quoted ", 61);
	expect(&scene, NULL);
	irc_presence_tick(scene.presence, 120);
	expect(&scene, "ISON quoted");
	say(&scene, 303, "quoted_", "quotedx", 121);
	expect(&scene, "NICK quoted");
	irc_presence_renamed(scene.presence, "quoted!u@h", "away");
	expect(&scene, "NICK quoted");
	irc_presence_renamed(scene.presence, "quoted_!u@h", "quoted");
	irc_presence_tick(scene.presence, 1000);
	expect(&scene, NULL);
	end(&scene);
}

/* Services keep it for its owner. */
Test(irc_presence, gives_up_a_nickname_that_is_kept_for_another)
{
	struct scene scene;
	begin(&scene, "quoted");
	say(&scene, 1, "quoted", "hi", 0);
	irc_presence_renamed(scene.presence, "quoted!u@h", "Guest1");
	for (int now = 60; now <= 120; now += 60) {
		irc_presence_tick(scene.presence, now);
		expect(&scene, "ISON quoted");
		say(&scene, 303, "Guest1", "", now);
		expect(&scene, "NICK quoted");
		say(&scene, 432, "Guest1", "Services reserved nickname: held", now);
	}
	irc_presence_tick(scene.presence, 10000);
	irc_presence_renamed(scene.presence, "quoted!u@h", "gone");
	expect(&scene, NULL);
	irc_presence_begin(scene.presence);
	say(&scene, 432, "*", "Services reserved nickname: held", 20000);
	expect(&scene, "NICK quoted_");
	say(&scene, 1, "quoted_", "hi", 20000);
	irc_presence_tick(scene.presence, 20100);
	expect(&scene, "ISON quoted");
	end(&scene);
}

Test(irc_presence, gives_up_a_nickname_that_is_refused_each_time)
{
	static const int codes[] = {435, 438, 447, 484};
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		struct scene scene;
		begin(&scene, "quoted");
		say(&scene, 433, "*", "in use", 0);
		expect(&scene, "NICK quoted_");
		say(&scene, 1, "quoted_", "hi", 0);
		for (int now = 60; now <= 180; now += 60) {
			irc_presence_tick(scene.presence, now);
			expect(&scene, "ISON quoted");
			say(&scene, 303, "quoted_", "", now);
			expect(&scene, "NICK quoted");
			say(&scene, codes[i], "quoted_", "Not now", now);
		}
		irc_presence_tick(scene.presence, 10000);
		expect(&scene, NULL);
		end(&scene);
	}
}

Test(irc_presence, is_told_by_monitor)
{
	struct scene scene;
	begin(&scene, "quoted");
	say(&scene, 433, "*", "in use", 0);
	expect(&scene, "NICK quoted_");
	say(&scene, 1, "quoted_", "hi", 0);
	feature(&scene, "MONITOR=100");
	irc_presence_tick(scene.presence, 60);
	expect(&scene, "MONITOR + quoted");
	irc_presence_tick(scene.presence, 120);
	expect(&scene, "MONITOR S");
	say(&scene, 731, "quoted_", "other", 121);
	expect(&scene, NULL);
	say(&scene, 731, "quoted_", "other,quoted!u@h", 121);
	expect(&scene, "NICK quoted");
	irc_presence_renamed(scene.presence, "quoted_!u@h", "quoted");
	expect(&scene, "MONITOR - quoted");
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_presence, has_services_free_its_nickname)
{
	struct scene scene;
	begin(&scene, "quoted");
	say(&scene, 433, "*", "in use", 0);
	expect(&scene, "NICK quoted_");
	say(&scene, 900, "quoted_", "You are now logged in as bot", 0);
	say(&scene, 1, "quoted_", "hi", 0);
	irc_presence_tick(scene.presence, 60);
	expect(&scene, "PRIVMSG NickServ :REGAIN quoted");
	expect(&scene, "ISON quoted");
	irc_presence_tick(scene.presence, 120);
	expect(&scene, "PRIVMSG NickServ :GHOST quoted");
	expect(&scene, "ISON quoted");
	irc_presence_tick(scene.presence, 180);
	expect(&scene, "PRIVMSG NickServ :RELEASE quoted");
	expect(&scene, "ISON quoted");
	irc_presence_tick(scene.presence, 240);
	expect(&scene, "ISON quoted");
	expect(&scene, NULL);
	end(&scene);
}

static void begin_with_services(struct scene *scene)
{
	begin(scene, "quoted");
	strings_add(&scene->options.channels, "#a");
	free(scene->options.account);
	scene->options.account = mem_strdup("bot");
	irc_presence_change(scene->presence, &scene->options);
	irc_presence_identify(scene->presence, "hush");
	say(scene, 1, "quoted", "hi", 0);
	expect(scene, "PRIVMSG NickServ :IDENTIFY bot hush");
	expect(scene, NULL);
}

Test(irc_presence, identifies_before_it_joins)
{
	static const struct {
		const char *origin, *text;
		bool consents;
	} rows[] = {
		{"NickServ!s@services", "You are now identified for bot.", true},
		{"NickServ!s@services", "Password accepted - you are now recognized.", true},
		{"NickServ!s@services", "This nickname is registered.", false},
		{"mallory!s@h", "You are now identified for bot.", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene scene;
		begin_with_services(&scene);
		irc_presence_notice(scene.presence, rows[i].origin, rows[i].text, 1);
		expect(&scene, rows[i].consents ? "JOIN #a" : NULL);
		end(&scene);
	}
	struct scene scene;
	begin_with_services(&scene);
	say(&scene, 900, "quoted", "You are now logged in as bot", 1);
	expect(&scene, "JOIN #a");
	end(&scene);
}

Test(irc_presence, does_not_wait_for_services_for_ever)
{
	struct scene scene;
	begin_with_services(&scene);
	irc_presence_tick(scene.presence, 14);
	expect(&scene, NULL);
	irc_presence_tick(scene.presence, 15);
	expect(&scene, "JOIN #a");
	irc_presence_begin(scene.presence);
	say(&scene, 1, "quoted", "hi", 100);
	expect(&scene, "PRIVMSG NickServ :IDENTIFY bot hush");
	end(&scene);
}

Test(irc_presence, survives_numerics_without_parameters)
{
	struct scene scene;
	begin(&scene, "quoted");
	for (int code = 0; code < 1000; code++) {
		irc_presence_numeric(scene.presence, code, NULL, 0, 0);
		say(&scene, code, "", NULL, 0);
		say(&scene, code, "quoted", "", 0);
	}
	end(&scene);
}
