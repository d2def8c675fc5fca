#include "frontends/mail/subscription/subscription_store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "tests/support/scratch.h"

#define HOUR (INT64_C(3600000))
#define DAY (24 * HOUR)

static struct db *db;
static int64_t now;
static struct subscription_home home;

static struct db *open_tables(const char *directory, const struct store_schema *schema)
{
	struct error error = {0};
	struct db *opened = store_open(directory, true, schema, &error);
	cr_assert_not_null(opened, "%s", error.text);
	return opened;
}

static void open(void)
{
	scratch_enter();
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	char *directory = getcwd(NULL, 0);
	db_close(open_tables(directory, &mail_store_schema));
	db = open_tables(directory, &subscription_store_schema);
	free(directory);
	now = 20000 * DAY + 5 * HOUR; /* 06:00 or 07:00 in Berlin */
	home = (struct subscription_home){.delimiter = '+',
		.section = mem_strdup("mail.test"),
		.hostname = mem_strdup("mx.q.example")};
	cr_assert(smtp_address_parse("quote@q.example", &home.mailbox));
	cr_assert(subscription_store_secret(db, home.secret));
}

static void finish(void)
{
	subscription_home_finish(&home);
	db_close(db);
	scratch_leave();
}

TestSuite(subscription_store, .init = open, .fini = finish);

static struct subscription_token read_token(const char *text)
{
	struct subscription_token token;
	cr_assert(subscription_token_read(text, &token), "%s", text);
	return token;
}

/* Asks for a letter a day, at 12:00 unless there is another time. */
static enum subscription_outcome ask(
	const char *address, int minute, char ret_token[SUBSCRIPTION_TOKEN_SIZE])
{
	enum subscription_outcome outcome;
	struct subscription_row row = {.section = mem_strdup("mail.test"),
		.address = mem_strdup(address),
		.collection = mem_strdup("pears"),
		.minute = minute};
	cr_assert(subscription_store_request(db, &row, 2, now, ret_token, &outcome));
	subscription_row_finish(&row);
	return outcome;
}

static enum subscription_outcome confirm(const char *text)
{
	enum subscription_outcome outcome;
	struct subscription_row row;
	struct subscription_token token = read_token(text);
	cr_assert(subscription_store_confirm(db, &token, now, &row, &outcome));
	subscription_row_finish(&row);
	return outcome;
}

static void subscribe(const char *address, int minute)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(ask(address, minute, token), SUBSCRIPTION_OUTCOME_DONE);
	cr_assert_eq(confirm(token), SUBSCRIPTION_OUTCOME_DONE);
}

static struct subscription_batch send(bool with_letter)
{
	struct mail_store_place place = {.section = "mail.test", .now = now};
	struct subscription_batch batch = {.place = &place,
		.collection = "pears",
		.letter = {&home, with_letter ? "Subject: x\r\n\r\nx\r\n" : NULL,
			day_of((time_t)(now / 1000))}};
	cr_assert(subscription_store_send(db, &batch));
	return batch;
}

static int64_t next_due(void)
{
	struct subscription_next next;
	cr_assert(subscription_store_next(db, "mail.test", now, &next));
	free(next.collection);
	return next.due;
}

static int64_t subscribers(void)
{
	int64_t count;
	cr_assert(subscription_store_tidy(db, "mail.test", now, &count));
	return count;
}

Test(subscription_store, confirms_once)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(ask("ann@b.example", 720, token), SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(subscribers(), 0, "it is not confirmed");
	cr_expect_eq(confirm(token), SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(confirm(token), SUBSCRIPTION_OUTCOME_WRONG, "it is used");
	cr_expect_eq(subscribers(), 1);
}

Test(subscription_store, confirms_within_seven_days)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(ask("ann@b.example", 720, token), SUBSCRIPTION_OUTCOME_DONE);
	now += 7 * DAY;
	cr_expect_eq(confirm(token), SUBSCRIPTION_OUTCOME_WRONG);
	now -= 1;
	cr_expect_eq(confirm(token), SUBSCRIPTION_OUTCOME_DONE);
}

Test(subscription_store, refuses_the_token_of_another)
{
	char ann[SUBSCRIPTION_TOKEN_SIZE];
	char bob[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(ask("ann@b.example", 720, ann), SUBSCRIPTION_OUTCOME_DONE);
	cr_assert_eq(ask("bob@b.example", 720, bob), SUBSCRIPTION_OUTCOME_DONE);
	cr_assert_eq(ann[1], '1');
	ann[1] = '2';
	cr_expect_eq(confirm(ann), SUBSCRIPTION_OUTCOME_WRONG);
	ann[1] = '9';
	cr_expect_eq(confirm(ann), SUBSCRIPTION_OUTCOME_WRONG, "there is no such request");
	cr_expect_eq(confirm(bob), SUBSCRIPTION_OUTCOME_DONE);
}

Test(subscription_store, keeps_few_requests_of_a_mailbox)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_expect_eq(ask("ann@b.example", 720, token), SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(ask("Ann@B.example", 720, token), SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(ask("ann@b.example", 720, token), SUBSCRIPTION_OUTCOME_CROWDED);
	cr_expect_eq(ask("bob@b.example", 720, token), SUBSCRIPTION_OUTCOME_DONE);
	now += 7 * DAY;
	cr_expect_eq(ask("ann@b.example", 720, token), SUBSCRIPTION_OUTCOME_DONE);
}

Test(subscription_store, has_one_subscription_of_a_mailbox)
{
	subscribe("ann@b.example", 720);
	subscribe("ANN@b.example", 780);
	cr_expect_eq(subscribers(), 1);
	now += 10 * HOUR;
	cr_expect_eq(send(true).sent, 1);
}

static void end(const char *text, enum subscription_outcome expected)
{
	enum subscription_outcome outcome;
	struct subscription_row row;
	struct subscription_token token = read_token(text);
	cr_assert(subscription_store_end(db, &token, &row, &outcome));
	cr_expect_eq(outcome, expected, "%s: %d", text, outcome);
	subscription_row_finish(&row);
}

static void write_token(
	enum subscription_token_kind kind, const char *address, char ret[SUBSCRIPTION_TOKEN_SIZE])
{
	struct subscription_token_facts facts = {kind, 1, "mail.test", address, "", 0, 0};
	subscription_token_write(home.secret, &facts, ret);
}

Test(subscription_store, ends_by_token_or_address)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	enum subscription_outcome outcome;
	subscribe("ann@b.example", 720);
	write_token(SUBSCRIPTION_TOKEN_END, "bob@b.example", token);
	end(token, SUBSCRIPTION_OUTCOME_WRONG);
	write_token(SUBSCRIPTION_TOKEN_BOUNCE, "ann@b.example", token);
	token[0] = SUBSCRIPTION_TOKEN_END;
	end(token, SUBSCRIPTION_OUTCOME_WRONG);
	write_token(SUBSCRIPTION_TOKEN_END, "ann@b.example", token);
	end(token, SUBSCRIPTION_OUTCOME_DONE);
	end(token, SUBSCRIPTION_OUTCOME_WRONG);
	subscribe("ann@b.example", 720);
	cr_assert(subscription_store_end_address(db, "mail.other", "ann@b.example", &outcome));
	cr_expect_eq(outcome, SUBSCRIPTION_OUTCOME_WRONG);
	cr_assert(subscription_store_end_address(db, "mail.test", "Ann@b.example", &outcome));
	cr_expect_eq(outcome, SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(subscribers(), 0);
}

Test(subscription_store, sends_once_a_day)
{
	subscribe("ann@b.example", 720);
	cr_expect_eq(send(true).sent, 0, "it is not due");
	now = next_due();
	cr_expect_eq(send(true).sent, 1);
	cr_expect_eq(send(true).sent, 0, "it was sent");
	cr_expect_eq(next_due(), now + DAY);
	now += HOUR;
	subscribe("ann@b.example", 900);
	now += 4 * HOUR;
	cr_expect_eq(send(true).sent, 0, "a new time is not a second letter of the day");
	now += DAY;
	cr_expect_eq(send(true).sent, 1);
}

/* The letters of a day are sent late on that day, or not at all. */
Test(subscription_store, sends_none_of_a_day_that_is_over)
{
	subscribe("ann@b.example", 720);
	subscribe("bob@b.example", 1380);
	now += 2 * DAY + 10 * HOUR;
	cr_expect_eq(send(true).sent, 1, "Ann's of today, whose time has come");
	cr_expect_eq(send(true).sent, 0);
	now = next_due();
	cr_expect_eq(send(true).sent, 1, "Bob's");
}

Test(subscription_store, bears_a_clock_that_is_set)
{
	subscribe("ann@b.example", 720);
	now = next_due();
	cr_expect_eq(send(true).sent, 1);
	now -= HOUR;
	cr_expect_eq(send(true).sent, 0, "an hour back");
	now += 400 * DAY + 6 * HOUR;
	cr_expect_eq(send(true).sent, 1, "a year ahead, by mistake");
	now -= 399 * DAY;
	cr_expect_leq(next_due(), now, "it does not wait for a year");
	cr_expect_eq(send(true).sent, 1);
	cr_expect_eq(send(true).sent, 0);
}

/* 02:30 is skipped on 2026-03-29 and comes twice on 2026-10-25. */
Test(subscription_store, sends_once_on_the_days_of_summer_time)
{
	static const char *const days[] = {"2026-03-28", "2026-10-24"};
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		int64_t day;
		size_t sent = 0;
		enum subscription_outcome outcome;
		cr_assert(day_parse(days[i], &day));
		now = (int64_t)day_begin(day) * 1000;
		subscribe("ann@b.example", 150);
		for (int minute = 0; minute < 3 * 24 * 60; minute++, now += 60000)
			sent += next_due() <= now ? send(true).sent : 0;
		cr_expect_eq(sent, 3, "%s: %zu", days[i], sent);
		cr_assert(
			subscription_store_end_address(db, "mail.test", "ann@b.example", &outcome));
	}
}

Test(subscription_store, waits_an_hour_for_a_letter)
{
	subscribe("ann@b.example", 720);
	now = next_due();
	cr_expect_eq(send(false).sent, 0);
	cr_expect_eq(next_due(), now + HOUR);
	now += HOUR;
	cr_expect_eq(send(true).sent, 1);
}

static bool bounce(int64_t day, int64_t expected)
{
	char text[SUBSCRIPTION_TOKEN_SIZE];
	int64_t bounces = 0;
	enum subscription_outcome outcome;
	struct subscription_row row;
	write_token(SUBSCRIPTION_TOKEN_BOUNCE, "ann@b.example", text);
	struct subscription_token token = read_token(text);
	cr_assert(subscription_store_bounce(db, &token, day, 3, &row, &bounces, &outcome));
	subscription_row_finish(&row);
	cr_expect_eq(bounces, expected, "%ld", (long)bounces);
	return outcome == SUBSCRIPTION_OUTCOME_DONE;
}

Test(subscription_store, suspends_after_days_of_bounces)
{
	cr_expect_not(bounce(100, 0), "there is no such subscription");
	subscribe("ann@b.example", 720);
	cr_expect(bounce(100, 1));
	cr_expect(bounce(100, 1));
	cr_expect(bounce(102, 2));
	cr_expect(bounce(105, 1), "they count anew");
	cr_expect(bounce(106, 2));
	cr_expect_eq(subscribers(), 1);
	cr_expect(bounce(107, 3));
	cr_expect_eq(subscribers(), 0);
	now += DAY;
	cr_expect_eq(send(true).sent, 0);
	cr_expect_eq(next_due(), 0);
	subscribe("ann@b.example", 720);
	cr_expect_eq(subscribers(), 1);
	cr_expect(bounce(107, 1));
}

Test(subscription_store, writes_a_letter_for_each)
{
	struct mail_store_place place = {.section = "mail.test", .longest = DAY};
	struct relay_session session = {.fd = -1};
	char token[SUBSCRIPTION_TOKEN_SIZE];
	subscribe("ann@b.example", 720);
	place.now = now = next_due();
	cr_assert_eq(send(true).sent, 1);
	cr_assert(mail_store_claim(db, &place, true, &session));
	cr_assert_eq(session.count, 1);
	const struct relay_message *message = &session.messages[0];
	write_token(SUBSCRIPTION_TOKEN_BOUNCE, "ann@b.example", token);
	cr_expect(message->repeat && message->bulk);
	cr_expect_str_eq(message->recipient, "ann@b.example");
	cr_expect_not_null(strstr(message->sender, token), "%s", message->sender);
	cr_expect_not_null(strstr(message->text, "To: ann@b.example\r\n"), "%s", message->text);
	relay_finish(&session);
}
