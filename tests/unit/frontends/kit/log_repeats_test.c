#include "frontends/kit/log_repeats.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static char told[4096];

static void tell(struct log_line *line)
{
	size_t length = strlen(told);
	snprintf(told + length, sizeof told - length, "%d %s: %s (%zu in %.0f)\n", (int)line->level,
		line->name, line->text, line->repeated, line->seconds);
}

static struct log_repeats three_in_60_s(void)
{
	told[0] = '\0';
	return (struct log_repeats){.shown = 3, .seconds = 60, .tell = tell};
}

static bool say(struct log_repeats *repeats, const char *name, const char *format, const char *text,
	double now)
{
	struct log_line line = {.level = LOG_LEVEL_WARNING, .name = name, .text = text};
	return log_repeats_take(repeats, &line, format, now);
}

static int say_often(struct log_repeats *repeats, int times, double now)
{
	int let_through = 0;
	for (int i = 0; i < times; i++) {
		char text[64];
		snprintf(text, sizeof text, "no place for 192.0.2.%d", i);
		let_through += say(repeats, "web", "no place for %s", text, now);
	}
	return let_through;
}

Test(log_repeats, counts_a_flood_whatever_address_it_names)
{
	struct log_repeats repeats = three_in_60_s();
	cr_assert_eq(say_often(&repeats, 44, 100), 3);
	cr_assert_eq(log_repeats_due(&repeats), 160);
	log_repeats_flush(&repeats, 159, false);
	cr_assert_str_eq(told, "");
	log_repeats_flush(&repeats, 160, false);
	cr_assert_str_eq(told, "1 web: no place for 192.0.2.43 (41 in 60)\n");
	cr_assert_lt(log_repeats_due(&repeats), 0);
	cr_assert_eq(say_often(&repeats, 5, 160), 3, "it begins anew");
	log_repeats_flush(&repeats, 161, true);
}

Test(log_repeats, tells_everything_at_the_end)
{
	struct log_repeats repeats = three_in_60_s();
	say_often(&repeats, 4, 0);
	log_repeats_flush(&repeats, 12, true);
	cr_assert_str_eq(told, "1 web: no place for 192.0.2.3 (1 in 12)\n");
}

Test(log_repeats, needs_no_flush_to_end_a_count)
{
	struct log_repeats repeats = three_in_60_s();
	say_often(&repeats, 4, 0);
	cr_assert(say(&repeats, "web", "no place for %s", "no place for x", 61));
	cr_assert_str_eq(told, "1 web: no place for 192.0.2.3 (1 in 61)\n");
	log_repeats_flush(&repeats, 61, true);
}

Test(log_repeats, tells_messages_apart)
{
	struct log_repeats repeats = three_in_60_s();
	say_often(&repeats, 3, 0);
	cr_assert(say(&repeats, "irc", "no place for %s", "no place for 192.0.2.1", 0));
	cr_assert(say(&repeats, "web", "failed: %s", "failed: x", 0));
	struct log_line info = {.level = LOG_LEVEL_INFO, .name = "web", .text = "no place for x"};
	cr_assert(log_repeats_take(&repeats, &info, "no place for %s", 0));
	for (int i = 0; i < 10; i++) {
		char sentence[] = "sentence 0";
		sentence[9] = (char)('0' + i);
		cr_assert(say(&repeats, "web", "%s", sentence, 0), "each is another");
	}
	log_repeats_flush(&repeats, 0, true);
	cr_assert_str_eq(told, "");
}

Test(log_repeats, loses_nothing_when_its_table_is_full)
{
	struct log_repeats repeats = three_in_60_s();
	say_often(&repeats, 5, 0);
	for (int i = 1; i <= LOG_REPEATS_MESSAGES; i++) {
		char text[32];
		snprintf(text, sizeof text, "sentence %d", i);
		cr_assert(say(&repeats, "web", "%s", text, 1));
	}
	cr_assert_str_eq(told, "1 web: no place for 192.0.2.4 (2 in 1)\n");
	cr_assert_leq(repeats.count, LOG_REPEATS_MESSAGES);
	log_repeats_flush(&repeats, 1, true);
}

Test(log_repeats, can_be_without_a_limit)
{
	struct log_repeats repeats = {.seconds = 60, .tell = tell};
	cr_assert_eq(say_often(&repeats, 1000, 0), 1000);
}
