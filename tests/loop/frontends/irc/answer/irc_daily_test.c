#include "frontends/irc/answer/irc_daily.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "tests/support/askers.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

enum { MINUTE = 60, DAY = 24 * 60 };

/* A bot in channels whose members the server tells. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct frontend_context context;
	struct irc_options options;
	struct irc_speech speech;
	struct irc_answers *answers;
	struct irc_daily *daily;
	const char *names; /* of every channel */
	double now;
	time_t clock;
	struct buffer said; /* "09:00 PRIVMSG ...", a line each */
};

static void open_bot(struct scene *scene)
{
	scene->speech = (struct irc_speech){&scene->context, &scene->options,
		irc_queue_create(100, 0, 64), "quoted", .full = false};
	scene->answers = irc_answer_create(&scene->speech);
	scene->daily = irc_daily_create(&scene->speech, scene->answers);
}

static void close_bot(struct scene *scene)
{
	irc_daily_destroy(scene->daily);
	irc_answer_destroy(scene->answers);
	irc_queue_destroy(scene->speech.queue);
	irc_speech_finish(&scene->speech);
}

static void begin_in(struct scene *scene, const char *zone, const char *date)
{
	struct tm local = {.tm_isdst = -1};
	*scene = (struct scene){.names = "@quoted alice"};
	setenv("TZ", zone, 1);
	tzset();
	cr_assert_not_null(strptime(date, "%Y-%m-%d %H:%M", &local));
	scene->clock = mktime(&local);
	scene->loop = ev_loop_new(EVFLAG_AUTO);
	setting_defaults(irc_options_rows, &scene->options);
	strings_add(&scene->options.channels, "#a");
	scene->context = (struct frontend_context){.name = "irc.test",
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.store = stores_open(scene->loop),
		.asker = askers_open(
			quotes_open_one(&scene->quotes, "static:An apple"), NULL, "irc.test")};
	open_bot(scene);
}

static void begin(struct scene *scene, const char *date, const char *daily)
{
	begin_in(scene, "Europe/Berlin", date);
	strings_add(&scene->options.daily, daily);
	irc_daily_change(scene->daily);
}

static void end(struct scene *scene)
{
	close_bot(scene);
	asker_destroy(scene->context.asker);
	stores_close(scene->context.store);
	quotes_finish(&scene->quotes);
	setting_finish(irc_options_rows, &scene->options);
	buffer_finish(&scene->said);
	ev_loop_destroy(scene->loop);
}

static void tell_names(struct scene *scene, const char *channel)
{
	const char *const names[] = {"quoted", "=", channel, scene->names};
	const char *const last[] = {"quoted", channel, "End of NAMES"};
	irc_daily_numeric(scene->daily, 353, names, 4);
	irc_daily_numeric(scene->daily, 366, last, 3);
	stores_drain(scene->context.store, scene->loop);
}

/* Returns whether there was a line to send. */
static bool send_line(struct scene *scene)
{
	double wait;
	char time[8];
	struct tm local;
	char *line = irc_queue_pop(scene->speech.queue, scene->now, &wait);
	if (line == NULL)
		return false;
	localtime_r(&scene->clock, &local);
	strftime(time, sizeof time, "%H:%M", &local);
	if (strncmp(line, "NAMES ", 6) == 0)
		tell_names(scene, line + 6);
	else
		buffer_format(&scene->said, "%s %s\n", time, line);
	free(line);
	return true;
}

static void pass(struct scene *scene, int minutes)
{
	for (int i = 0; i < minutes; i++) {
		irc_daily_tick(scene->daily, scene->now, scene->clock);
		while (send_line(scene))
			;
		scene->now += MINUTE;
		scene->clock += MINUTE;
	}
}

static void expect(struct scene *scene, const char *wanted)
{
	const char *said = scene->said.data != NULL ? scene->said.data : "";
	cr_assert_str_eq(said, wanted);
	buffer_finish(&scene->said);
}

#define APPLE " PRIVMSG #a :An apple [rchg]\n"

TestSuite(irc_daily, .init = scratch_enter, .fini = scratch_leave);

Test(irc_daily, says_one_quote_a_day_at_its_time)
{
	struct scene scene;
	begin(&scene, "2026-05-04 00:00", "#a 09:00");
	pass(&scene, 9 * 60);
	expect(&scene, "");
	pass(&scene, DAY);
	expect(&scene, "09:00" APPLE);
	pass(&scene, DAY);
	expect(&scene, "09:00" APPLE);
	end(&scene);
}

Test(irc_daily, says_it_once_if_the_clock_is_changed)
{
	struct scene scene;
	begin(&scene, "2026-03-29 00:00", "#a 02:30");
	pass(&scene, 20 * 60);
	expect(&scene, "03:00" APPLE);
	end(&scene);
	begin(&scene, "2026-10-25 00:00", "#a 02:30");
	pass(&scene, 20 * 60);
	expect(&scene, "02:30" APPLE);
	end(&scene);
}

Test(irc_daily, catches_up_after_a_sleep_of_up_to_three_hours)
{
	struct scene scene;
	begin(&scene, "2026-05-04 08:59", "#a 09:00");
	pass(&scene, 1);
	scene.clock += 179 * MINUTE;
	pass(&scene, 1);
	expect(&scene, "11:59" APPLE);
	scene.clock += DAY * MINUTE;
	pass(&scene, 60);
	expect(&scene, "");
	end(&scene);
}

Test(irc_daily, remembers_across_restarts)
{
	struct scene scene;
	begin(&scene, "2026-05-04 09:00", "* 09:00");
	pass(&scene, 1);
	expect(&scene, "09:00" APPLE);
	close_bot(&scene);
	stores_close(scene.context.store);
	scene.context.store = stores_open(scene.loop);
	open_bot(&scene);
	pass(&scene, 60);
	expect(&scene, "");
	end(&scene);
}

Test(irc_daily, is_silent_while_nobody_is_there)
{
	struct scene scene;
	begin(&scene, "2026-05-04 09:00", "#a 09:00");
	scene.names = "@quoted";
	pass(&scene, 30);
	scene.names = "alice bob";
	pass(&scene, 30);
	expect(&scene, "");
	scene.names = "quoted @+alice";
	pass(&scene, 10);
	expect(&scene, "10:00" APPLE);
	end(&scene);
}

Test(irc_daily, serves_many_channels_in_turn)
{
	struct scene scene;
	begin(&scene, "2026-05-04 09:00", "* 09:00");
	strings_add(&scene.options.channels, "#b key");
	strings_add(&scene.options.channels, "#c");
	strings_add(&scene.options.daily, "#c 09:05");
	irc_daily_change(scene.daily);
	pass(&scene, 10);
	expect(&scene, "09:00" APPLE "09:01 PRIVMSG #b :An apple [rchg]\n"
		       "09:05 PRIVMSG #c :An apple [rchg]\n");
	end(&scene);
}

Test(irc_daily, knows_the_zone_of_a_channel)
{
	struct scene scene;
	begin(&scene, "2026-05-04 00:00", "#a 08:30 Asia/Tokyo");
	strings_add(&scene.options.channels, "#b");
	strings_add(&scene.options.daily, "#b 23:30 America/New_York");
	irc_daily_change(scene.daily);
	pass(&scene, DAY);
	expect(&scene, "01:30" APPLE "05:30 PRIVMSG #b :An apple [rchg]\n");
	pass(&scene, DAY);
	expect(&scene, "01:30" APPLE "05:30 PRIVMSG #b :An apple [rchg]\n");
	end(&scene);
}

Test(irc_daily, sets_the_topic_if_it_may_and_all_of_the_quote_fits)
{
	struct scene scene;
	begin(&scene, "2026-05-04 09:00", "#a 09:00 topic");
	pass(&scene, DAY);
	expect(&scene, "09:00 TOPIC #a :An apple [rchg]\n");
	scene.speech.topic_length = 14;
	pass(&scene, DAY);
	expect(&scene, "09:00" APPLE);
	scene.speech.topic_length = 15;
	scene.names = "+quoted @alice";
	pass(&scene, DAY);
	expect(&scene, "09:00" APPLE);
	scene.names = "%+quoted @alice";
	pass(&scene, DAY);
	expect(&scene, "09:00 TOPIC #a :An apple [rchg]\n");
	end(&scene);
}

Test(irc_daily, goes_on_if_the_server_does_not_answer)
{
	double wait;
	struct scene scene;
	begin(&scene, "2026-05-04 09:00", "#a 09:00");
	irc_daily_tick(scene.daily, 0, scene.clock);
	free(irc_queue_pop(scene.speech.queue, 0, &wait));
	irc_daily_tick(scene.daily, 29, scene.clock);
	cr_assert_eq(irc_queue_count(scene.speech.queue), 0);
	scene.now = IRC_DAILY_AGAIN;
	pass(&scene, 1);
	expect(&scene, "09:00" APPLE);
	end(&scene);
}

Test(irc_daily, says_nothing_for_a_connection_that_has_ended)
{
	static const char *const names[] = {"quoted", "=", "#a", "quoted alice"};
	static const char *const last[] = {"quoted", "#a", "End"};
	double wait;
	struct scene scene;
	begin(&scene, "2026-05-04 09:00", "#a 09:00");
	irc_daily_tick(scene.daily, 0, scene.clock);
	free(irc_queue_pop(scene.speech.queue, 0, &wait));
	irc_daily_numeric(scene.daily, 353, names, 4);
	irc_daily_numeric(scene.daily, 366, last, 3);
	irc_daily_forget(scene.daily);
	stores_drain(scene.context.store, scene.loop);
	cr_assert_eq(irc_queue_count(scene.speech.queue), 0);
	end(&scene);
}

Test(irc_daily, says_once_that_the_store_is_of_no_use, .init = cr_redirect_stderr)
{
	struct scene scene;
	struct error error;
	char log[1024];
	begin(&scene, "2026-05-04 09:00", "#a 09:00");
	stores_close(scene.context.store);
	scratch_write("file", "", 0);
	scene.context.store = store_create(scene.loop, "file/below", &error);
	pass(&scene, 30);
	expect(&scene, "");
	fflush(stderr);
	log[fread(log, 1, sizeof log - 1, cr_get_redirected_stderr())] = '\0';
	static const char words[] =
		"daily quotes are put off, as it cannot be noted that they were";
	const char *told = strstr(log, words);
	cr_assert(told != NULL && strstr(told + 1, words) == NULL, "%s", log);
	stores_close(scene.context.store);
	scene.context.store = stores_open(scene.loop);
	pass(&scene, 10);
	expect(&scene, "09:30" APPLE);
	end(&scene);
}
