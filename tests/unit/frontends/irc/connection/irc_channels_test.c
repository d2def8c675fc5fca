#include "frontends/irc/connection/irc_channels.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scene {
	struct irc_options options;
	struct irc_queue *queue;
	struct irc_channels *channels;
};

static void begin(struct scene *scene, const char *one, const char *other)
{
	*scene = (struct scene){0};
	setting_defaults(irc_options_rows, &scene->options);
	strings_add(&scene->options.channels, one);
	if (other != NULL)
		strings_add(&scene->options.channels, other);
	scene->queue = irc_queue_create(4, 0, 64);
	scene->channels = irc_channels_create("irc.test", &scene->options, scene->queue);
}

static void end(struct scene *scene)
{
	irc_channels_destroy(scene->channels);
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

static void tick(struct scene *scene, double now, const char *wanted)
{
	irc_channels_tick(scene->channels, now);
	expect(scene, wanted);
}

static bool refuse(struct scene *scene, int code, const char *channel, double now)
{
	const char *const params[] = {"quoted", channel, "words"};
	return irc_channels_numeric(scene->channels, code, params, 3, now);
}

Test(irc_channels, reads_names_and_keys)
{
	static const struct {
		const char *text, *name, *key; /* NULL: it is not one */
	} rows[] = {
		{"#quotes", "#quotes", ""},
		{"#quotes secret", "#quotes", "secret"},
		{"&local  key", "&local", "key"},
		{"#quotes ", "#quotes", NULL},
		{"#quotes two words", "#quotes", NULL},
		{"#quotes a,b", "#quotes", NULL},
		{"#quotes :key", "#quotes", NULL},
		{"quotes", "quotes", NULL},
		{"#a,#b", "#a,#b", NULL},
		{" #a", "", NULL},
		{"", "", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char name[IRC_CHANNELS_NAME_SIZE] = "";
		const char *key = irc_channels_read(rows[i].text, name);
		cr_expect_eq(key != NULL, rows[i].key != NULL, "row %zu", i);
		if (key != NULL && rows[i].key != NULL) {
			cr_expect_str_eq(name, rows[i].name);
			cr_expect_str_eq(key, rows[i].key);
		}
	}
}

Test(irc_channels, joins_with_the_key)
{
	struct scene scene;
	begin(&scene, "#a", "#b secret");
	tick(&scene, 0, "JOIN #a");
	expect(&scene, "JOIN #b secret");
	irc_channels_joined(scene.channels, "#A");
	irc_channels_joined(scene.channels, "#b");
	cr_expect(irc_channels_has(scene.channels, "#B"));
	cr_expect_not(irc_channels_has(scene.channels, "#b secret"));
	tick(&scene, 10000, NULL);
	irc_channels_begin(scene.channels);
	tick(&scene, 10001, "JOIN #a");
	end(&scene);
}

Test(irc_channels, comes_back_after_a_kick, .init = cr_redirect_stderr)
{
	struct scene scene;
	char log[512];
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	irc_channels_joined(scene.channels, "#a");
	irc_channels_left(scene.channels, "#a", "eve!e@h", 100);
	tick(&scene, 129, NULL);
	tick(&scene, 130, "JOIN #a");
	fflush(stderr);
	log[fread(log, 1, sizeof log - 1, cr_get_redirected_stderr())] = '\0';
	cr_assert(strstr(log, "kicked out of #a by eve!e@h; joining it again in 30 s"), "%s", log);
	end(&scene);
}

Test(irc_channels, waits_longer_after_each_kick)
{
	static const double waits[] = {30, 60, 120, 240, 480, 960, 1920, 3600, 3600};
	struct scene scene;
	double now = 0;
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		irc_channels_joined(scene.channels, "#a");
		irc_channels_left(scene.channels, "#a", "eve!e@h", now);
		tick(&scene, now + waits[i] - 1, NULL);
		now += waits[i];
		tick(&scene, now, "JOIN #a");
	}
	irc_channels_joined(scene.channels, "#a");
	now += IRC_CHANNELS_WAIT;
	irc_channels_left(scene.channels, "#a", "eve!e@h", now);
	tick(&scene, now + 29, NULL);
	tick(&scene, now + 30, "JOIN #a");
	end(&scene);
}

/* By services, by the operators of the network, or after a reload that came before the reply. */
Test(irc_channels, leaves_where_the_server_puts_it)
{
	struct scene scene;
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	irc_channels_joined(scene.channels, "#lobby");
	expect(&scene, "PART #lobby");
	irc_channels_left(scene.channels, "#lobby", NULL, 1);
	irc_channels_joined(scene.channels, "#a");
	tick(&scene, 10000, NULL);
	end(&scene);
}

/* As servers with CHANNELLEN do that do not refuse such a name. */
Test(irc_channels, does_not_insist_on_a_name_that_is_cut, .init = cr_redirect_stderr)
{
	struct scene scene;
	char log[512];
	begin(&scene, "#averylongname", NULL);
	tick(&scene, 0, "JOIN #averylongname");
	irc_channels_joined(scene.channels, "#averylo");
	expect(&scene, "PART #averylo");
	tick(&scene, 100000, NULL);
	irc_channels_begin(scene.channels);
	tick(&scene, 100001, "JOIN #averylongname");
	irc_channels_joined(scene.channels, "#other");
	expect(&scene, "PART #other");
	tick(&scene, 200000, "JOIN #averylongname");
	end(&scene);
	fflush(stderr);
	log[fread(log, 1, sizeof log - 1, cr_get_redirected_stderr())] = '\0';
	cr_assert(strstr(log, "the server cuts the name #averylongname to #averylo, which is left; "
			      "write that in channels"),
		"%s", log);
}

Test(irc_channels, waits_longer_after_each_refusal)
{
	static const int codes[] = {403, 405, 437, 471, 473, 475, 476, 477, 489, 520, 599, 926};
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		static const double waits[] = {120, 240, 480, 960, 1920, 3600, 3600};
		struct scene scene;
		double now = 0;
		begin(&scene, "#a", NULL);
		tick(&scene, 0, "JOIN #a");
		for (size_t j = 0; j < sizeof waits / sizeof *waits; j++) {
			cr_assert(refuse(&scene, codes[i], "#a", now));
			tick(&scene, now + waits[j] - 1, NULL);
			now += waits[j];
			tick(&scene, now, "JOIN #a");
		}
		irc_channels_joined(scene.channels, "#a");
		cr_expect_not(refuse(&scene, codes[i], "#a", now), "it is not about joining");
		end(&scene);
	}
}

Test(irc_channels, tells_of_a_server_that_does_not_answer, .init = cr_redirect_stderr)
{
	struct scene scene;
	char log[512];
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	cr_assert(refuse(&scene, 471, "#a", 0));
	tick(&scene, 120, "JOIN #a");
	tick(&scene, 1000, "JOIN #a");
	irc_channels_joined(scene.channels, "#a");
	irc_channels_left(scene.channels, "#a", "eve!e@h", 2000);
	tick(&scene, 3000, "JOIN #a");
	end(&scene);
	fflush(stderr);
	FILE *file = cr_get_redirected_stderr();
	size_t length = fread(log, 1, sizeof log - 1, file);
	log[length] = '\0';
	char *said = strstr(log, "the server has not said what became of JOIN #a; trying again");
	cr_assert_not_null(said, "%s", log);
	cr_expect_null(strstr(said + 1, "the server has not"), "%s", log);
}

Test(irc_channels, stays_away_after_a_ban)
{
	struct scene scene;
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	cr_assert(refuse(&scene, 474, "#a", 0));
	tick(&scene, 1e6, NULL);
	irc_channels_begin(scene.channels);
	tick(&scene, 1e6, "JOIN #a");
	cr_assert(refuse(&scene, 474, "#a", 1e6));
	irc_channels_change(scene.channels, &scene.options);
	tick(&scene, 2e6, "JOIN #a");
	end(&scene);
}

Test(irc_channels, leaves_where_it_is_forwarded_to)
{
	static const char *const params[] = {"quoted", "#a", "##a", "Forwarding"};
	struct scene scene;
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	cr_assert(irc_channels_numeric(scene.channels, 470, params, 4, 0));
	irc_channels_joined(scene.channels, "##A");
	expect(&scene, "PART ##A");
	tick(&scene, 119, NULL);
	tick(&scene, 120, "JOIN #a");
	end(&scene);
	begin(&scene, "#a", "##a");
	irc_channels_tick(scene.channels, 0);
	expect(&scene, "JOIN #a");
	expect(&scene, "JOIN ##a");
	cr_assert(irc_channels_numeric(scene.channels, 470, params, 4, 0));
	irc_channels_joined(scene.channels, "##a");
	expect(&scene, NULL);
	end(&scene);
}

Test(irc_channels, does_not_take_what_is_not_its_own)
{
	struct scene scene;
	begin(&scene, "#a", NULL);
	cr_expect_not(refuse(&scene, 403, "#other", 0));
	cr_expect_not(refuse(&scene, 332, "#a", 0));
	cr_expect_not(irc_channels_numeric(scene.channels, 403, NULL, 0, 0));
	irc_channels_left(scene.channels, "#other", NULL, 0);
	irc_channels_left(scene.channels, "#a", NULL, 0);
	tick(&scene, 0, "JOIN #a");
	end(&scene);
}

Test(irc_channels, leaves_and_joins_after_a_reload)
{
	struct scene scene;
	struct irc_options options = {0};
	begin(&scene, "#a", "#b");
	irc_channels_tick(scene.channels, 0);
	expect(&scene, "JOIN #a");
	expect(&scene, "JOIN #b");
	irc_channels_joined(scene.channels, "#a");
	irc_channels_joined(scene.channels, "#b");
	setting_defaults(irc_options_rows, &options);
	strings_add(&options.channels, "#c");
	strings_add(&options.channels, "#b key");
	irc_channels_change(scene.channels, &options);
	expect(&scene, "PART #a");
	tick(&scene, 1, "JOIN #c");
	expect(&scene, NULL);
	end(&scene);
	setting_finish(irc_options_rows, &options);
}

Test(irc_channels, guests_are_joined_and_forgotten)
{
	struct scene scene;
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	cr_assert(irc_channels_join(scene.channels, "#c", "key"));
	cr_assert(irc_channels_join(scene.channels, "#d", ""));
	tick(&scene, 0, "JOIN #c key");
	expect(&scene, "JOIN #d");
	irc_channels_joined(scene.channels, "#c");
	cr_assert(irc_channels_has(scene.channels, "#C"));
	cr_assert(refuse(&scene, 473, "#d", 0));
	cr_assert_not(irc_channels_has(scene.channels, "#d"));
	irc_channels_begin(scene.channels);
	tick(&scene, 1, "JOIN #a");
	expect(&scene, "JOIN #c key");
	irc_channels_joined(scene.channels, "#c");
	irc_channels_left(scene.channels, "#c", NULL, 1);
	cr_assert_not(irc_channels_has(scene.channels, "#c"));
	end(&scene);
}

Test(irc_channels, has_at_most_32_guests)
{
	struct scene scene;
	char name[16];
	begin(&scene, "#a", NULL);
	for (int i = 0; i < IRC_CHANNELS_GUESTS; i++) {
		snprintf(name, sizeof name, "#g%d", i);
		cr_assert(irc_channels_join(scene.channels, name, ""));
	}
	cr_assert_not(irc_channels_join(scene.channels, "#more", ""));
	cr_assert(irc_channels_join(scene.channels, "#g5", ""));
	cr_assert(irc_channels_part(scene.channels, "#g5"));
	cr_assert(irc_channels_join(scene.channels, "#more", ""));
	end(&scene);
}

Test(irc_channels, stays_away_once_it_is_parted)
{
	struct scene scene;
	begin(&scene, "#a", NULL);
	tick(&scene, 0, "JOIN #a");
	irc_channels_joined(scene.channels, "#a");
	cr_assert(irc_channels_part(scene.channels, "#a"));
	expect(&scene, "PART #a");
	irc_channels_left(scene.channels, "#a", NULL, 0);
	tick(&scene, 10000, NULL);
	irc_channels_begin(scene.channels);
	tick(&scene, 10000, NULL);
	cr_assert_not(irc_channels_part(scene.channels, "#x"));
	cr_assert(irc_channels_join(scene.channels, "#a", ""));
	tick(&scene, 10000, "JOIN #a");
	end(&scene);
}
