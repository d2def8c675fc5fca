#include "frontends/mail/subscription/subscription_store.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

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

TestSuite(subscription_store, .init = open, .fini = finish);

static struct subscription_token read_token(const char *text)
{
	struct subscription_token token;
	cr_assert(subscription_token_read(text, &token), "%s", text);
	return token;
}

static int64_t count(void)
{
	int64_t count;
	cr_assert(subscription_store_tidy(tables.db, "mail.test", tables.now, &count));
	return count;
}

Test(subscription_store, confirms_once)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(subscriber_tables_ask(&tables, "mail.test", "ann@b.example", 720, token),
		SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(count(), 0, "it is not confirmed");
	cr_expect_eq(subscriber_tables_confirm(&tables, token), SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(subscriber_tables_confirm(&tables, token), SUBSCRIPTION_OUTCOME_WRONG,
		"it is used");
	cr_expect_eq(count(), 1);
}

Test(subscription_store, confirms_within_seven_days)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(subscriber_tables_ask(&tables, "mail.test", "ann@b.example", 720, token),
		SUBSCRIPTION_OUTCOME_DONE);
	tables.now += 7 * DAY;
	cr_expect_eq(subscriber_tables_confirm(&tables, token), SUBSCRIPTION_OUTCOME_WRONG);
	tables.now -= 1;
	cr_expect_eq(subscriber_tables_confirm(&tables, token), SUBSCRIPTION_OUTCOME_DONE);
}

Test(subscription_store, refuses_the_token_of_another)
{
	char ann[SUBSCRIPTION_TOKEN_SIZE];
	char bob[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(subscriber_tables_ask(&tables, "mail.test", "ann@b.example", 720, ann),
		SUBSCRIPTION_OUTCOME_DONE);
	cr_assert_eq(subscriber_tables_ask(&tables, "mail.test", "bob@b.example", 720, bob),
		SUBSCRIPTION_OUTCOME_DONE);
	cr_assert_eq(ann[1], '1');
	ann[1] = '2';
	cr_expect_eq(subscriber_tables_confirm(&tables, ann), SUBSCRIPTION_OUTCOME_WRONG);
	ann[1] = '9';
	cr_expect_eq(subscriber_tables_confirm(&tables, ann), SUBSCRIPTION_OUTCOME_WRONG,
		"there is no such request");
	cr_expect_eq(subscriber_tables_confirm(&tables, bob), SUBSCRIPTION_OUTCOME_DONE);
}

Test(subscription_store, keeps_few_requests_of_a_mailbox)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_expect_eq(subscriber_tables_ask(&tables, "mail.test", "ann@b.example", 720, token),
		SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(subscriber_tables_ask(&tables, "mail.test", "Ann@B.example", 720, token),
		SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(subscriber_tables_ask(&tables, "mail.test", "ann@b.example", 720, token),
		SUBSCRIPTION_OUTCOME_CROWDED);
	cr_expect_eq(subscriber_tables_ask(&tables, "mail.test", "bob@b.example", 720, token),
		SUBSCRIPTION_OUTCOME_DONE);
	tables.now += 7 * DAY;
	cr_expect_eq(subscriber_tables_ask(&tables, "mail.test", "ann@b.example", 720, token),
		SUBSCRIPTION_OUTCOME_DONE);
}

Test(subscription_store, has_one_subscription_of_a_mailbox)
{
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	subscriber_tables_add(&tables, "mail.test", "ANN@b.example", 780);
	cr_expect_eq(count(), 1);
	tables.now += 10 * HOUR;
	cr_expect_eq(subscriber_tables_send(&tables, true), 1);
}

static void end(const char *text, enum subscription_outcome expected)
{
	enum subscription_outcome outcome;
	struct subscription_row row;
	struct subscription_token token = read_token(text);
	cr_assert(subscription_store_end(tables.db, &token, &row, &outcome));
	cr_expect_eq(outcome, expected, "%s: %d", text, outcome);
	subscription_row_finish(&row);
}

Test(subscription_store, ends_by_token_or_address)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	enum subscription_outcome outcome;
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	subscriber_tables_write_token(&tables, SUBSCRIPTION_TOKEN_END, "bob@b.example", token);
	end(token, SUBSCRIPTION_OUTCOME_WRONG);
	subscriber_tables_write_token(&tables, SUBSCRIPTION_TOKEN_BOUNCE, "ann@b.example", token);
	token[0] = SUBSCRIPTION_TOKEN_END;
	end(token, SUBSCRIPTION_OUTCOME_WRONG);
	subscriber_tables_write_token(&tables, SUBSCRIPTION_TOKEN_END, "ann@b.example", token);
	end(token, SUBSCRIPTION_OUTCOME_DONE);
	end(token, SUBSCRIPTION_OUTCOME_WRONG);
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	cr_assert(
		subscription_store_end_address(tables.db, "mail.other", "ann@b.example", &outcome));
	cr_expect_eq(outcome, SUBSCRIPTION_OUTCOME_WRONG);
	cr_assert(
		subscription_store_end_address(tables.db, "mail.test", "Ann@b.example", &outcome));
	cr_expect_eq(outcome, SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(count(), 0);
}

static bool bounce(int64_t day, int64_t expected)
{
	char text[SUBSCRIPTION_TOKEN_SIZE];
	enum subscription_outcome outcome;
	struct subscription_row row;
	subscriber_tables_write_token(&tables, SUBSCRIPTION_TOKEN_BOUNCE, "ann@b.example", text);
	struct subscription_token token = read_token(text);
	cr_assert(subscription_store_bounce(tables.db, &token, day, 3, &row, &outcome));
	int64_t bounces = row.bounces;
	subscription_row_finish(&row);
	cr_expect_eq(bounces, expected, "%ld", (long)bounces);
	return outcome == SUBSCRIPTION_OUTCOME_DONE;
}

Test(subscription_store, suspends_after_days_of_bounces)
{
	cr_expect_not(bounce(100, 0), "there is no such subscription");
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	cr_expect(bounce(100, 1));
	cr_expect(bounce(100, 1));
	cr_expect(bounce(102, 2));
	cr_expect(bounce(105, 1), "they count anew");
	cr_expect(bounce(106, 2));
	cr_expect_eq(count(), 1);
	cr_expect(bounce(107, 3));
	cr_expect_eq(count(), 0);
	tables.now += DAY;
	cr_expect_eq(subscriber_tables_send(&tables, true), 0);
	cr_expect_eq(subscriber_tables_next(&tables), 0);
	subscriber_tables_add(&tables, "mail.test", "ann@b.example", 720);
	cr_expect_eq(count(), 1);
	cr_expect(bounce(107, 1));
}

struct seen {
	int subscriptions;
	int requests;
};

static void look(void *data, const struct subscription_row *row)
{
	struct seen *seen = data;
	bool confirmed = row->expires == 0;
	cr_expect_str_eq(row->collection, "pears");
	cr_expect_eq(row->minute, 450);
	cr_expect(confirmed || row->expires == tables.now + SUBSCRIPTION_STORE_REQUEST);
	cr_expect_eq(row->since, confirmed ? tables.now : 0);
	cr_expect_eq(row->due > 0, confirmed);
	seen->subscriptions += confirmed;
	seen->requests += !confirmed;
}

static void expect(int subscriptions, int requests)
{
	struct seen seen = {0, 0};
	cr_assert(subscription_store_list(tables.db, look, &seen));
	cr_expect_eq(seen.subscriptions, subscriptions, "%d", seen.subscriptions);
	cr_expect_eq(seen.requests, requests, "%d", seen.requests);
}

Test(subscription_store, erases_one_mailbox_everywhere)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	int64_t subscriptions;
	int64_t requests;
	subscriber_tables_add(&tables, "mail.a", "ann@b.example", 450);
	subscriber_tables_add(&tables, "mail.b", "Ann@B.example", 450);
	subscriber_tables_add(&tables, "mail.a", "anna@b.example", 450);
	subscriber_tables_ask(&tables, "mail.a", "ann@b.example", 450, token);
	subscriber_tables_ask(&tables, "mail.a", "bob@b.example", 450, token);
	expect(3, 2);
	cr_assert(subscription_store_erase(tables.db, "ANN@b.example", &subscriptions, &requests));
	cr_expect(subscriptions == 2 && requests == 1);
	expect(1, 1);
	cr_assert(subscription_store_erase(tables.db, "ann@b.example", &subscriptions, &requests));
	cr_expect(subscriptions == 0 && requests == 0);
}

Test(subscription_store, fails_with_the_database)
{
	struct seen seen = {0, 0};
	int64_t count;
	cr_assert(db_execute(tables.db, "DROP TABLE subscription_request"));
	cr_expect_not(subscription_store_list(tables.db, look, &seen));
	cr_expect_not(subscription_store_erase(tables.db, "ann@b.example", &count, &count));
}
