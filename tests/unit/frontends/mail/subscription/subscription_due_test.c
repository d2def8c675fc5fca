#include "frontends/mail/subscription/subscription_due.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "tests/support/scratch.h"
#include "tests/support/subscribers.h"

#define HOUR (INT64_C(3600000))
#define DAY (24 * HOUR)

static struct subscriber_tables tables;

static void open(void)
{
	scratch_enter();
	subscriber_tables_open(&tables);
}

static void finish(void)
{
	subscriber_tables_finish(&tables);
	scratch_leave();
}

TestSuite(subscription_due, .init = open, .fini = finish);

Test(subscription_due, sends_once_a_day)
{
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	cr_expect_eq(subscriber_tables_send(&tables, true), 0, "it is not due");
	tables.now = subscriber_tables_next(&tables);
	cr_expect_eq(subscriber_tables_send(&tables, true), 1);
	cr_expect_eq(subscriber_tables_send(&tables, true), 0, "it was sent");
	cr_expect_eq(subscriber_tables_next(&tables), tables.now + DAY);
	tables.now += HOUR;
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 900);
	tables.now += 4 * HOUR;
	cr_expect_eq(subscriber_tables_send(&tables, true), 0,
		"a new time is not a second letter of the day");
	tables.now += DAY;
	cr_expect_eq(subscriber_tables_send(&tables, true), 1);
}

/* The letters of a day are sent late on that day, or not at all. */
Test(subscription_due, sends_none_of_a_day_that_is_over)
{
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	subscriber_tables_add(&tables, "mail.test", "bob@b.example", 1380);
	tables.now += 2 * DAY + 10 * HOUR;
	cr_expect_eq(
		subscriber_tables_send(&tables, true), 1, "Ann's of today, whose time has come");
	cr_expect_eq(subscriber_tables_send(&tables, true), 0);
	tables.now = subscriber_tables_next(&tables);
	cr_expect_eq(subscriber_tables_send(&tables, true), 1, "Bob's");
}

Test(subscription_due, bears_a_clock_that_is_set)
{
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	tables.now = subscriber_tables_next(&tables);
	cr_expect_eq(subscriber_tables_send(&tables, true), 1);
	tables.now -= HOUR;
	cr_expect_eq(subscriber_tables_send(&tables, true), 0, "an hour back");
	tables.now += 400 * DAY + 6 * HOUR;
	cr_expect_eq(subscriber_tables_send(&tables, true), 1, "a year ahead, by mistake");
	tables.now -= 399 * DAY;
	cr_expect_leq(subscriber_tables_next(&tables), tables.now, "it does not wait for a year");
	cr_expect_eq(subscriber_tables_send(&tables, true), 1);
	cr_expect_eq(subscriber_tables_send(&tables, true), 0);
}

/* 02:30 is skipped on 2026-03-29 and comes twice on 2026-10-25. */
Test(subscription_due, sends_once_on_the_days_of_summer_time)
{
	static const char *const days[] = {"2026-03-28", "2026-10-24"};
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		int64_t day;
		size_t sent = 0;
		enum subscription_outcome outcome;
		cr_assert(day_parse(days[i], &day));
		tables.now = (int64_t)day_begin(day) * 1000;
		subscriber_tables_add(&tables, "mail.test", "ann@b.example", 150);
		for (int minute = 0; minute < 3 * 24 * 60; minute++, tables.now += 60000)
			sent += subscriber_tables_next(&tables) <= tables.now
					? subscriber_tables_send(&tables, true)
					: 0;
		cr_expect_eq(sent, 3, "%s: %zu", days[i], sent);
		cr_assert(subscription_store_end_address(
			tables.db, "mail.test", "ann@b.example", &outcome));
	}
}

Test(subscription_due, waits_an_hour_for_a_letter)
{
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	tables.now = subscriber_tables_next(&tables);
	cr_expect_eq(subscriber_tables_send(&tables, false), 0);
	cr_expect_eq(subscriber_tables_next(&tables), tables.now + HOUR);
	tables.now += HOUR;
	cr_expect_eq(subscriber_tables_send(&tables, true), 1);
}

Test(subscription_due, writes_a_letter_for_each)
{
	struct mail_store_place place = {.section = "mail.test", .longest = DAY};
	struct relay_session session = {.fd = -1};
	char token[SUBSCRIPTION_TOKEN_SIZE];
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	place.now = tables.now = subscriber_tables_next(&tables);
	cr_assert_eq(subscriber_tables_send(&tables, true), 1);
	cr_assert(mail_store_claim(tables.db, &place, true, &session));
	cr_assert_eq(session.count, 1);
	const struct relay_message *message = &session.messages[0];
	subscriber_tables_write_token(&tables, SUBSCRIPTION_TOKEN_BOUNCE, "ann@b.example", token);
	cr_expect(message->repeat && message->bulk);
	cr_expect_str_eq(message->recipient, "ann@b.example");
	cr_expect_not_null(strstr(message->sender, token), "%s", message->sender);
	cr_expect_not_null(strstr(message->text, "To: ann@b.example\r\n"), "%s", message->text);
	relay_finish(&session);
}
