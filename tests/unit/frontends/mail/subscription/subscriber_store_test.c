#include "frontends/mail/subscription/subscriber_store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "frontends/mail/subscription/subscription_store.h"
#include "tests/support/scratch.h"

static struct db *db;

static void open(void)
{
	struct error error = {0};
	scratch_enter();
	char *directory = getcwd(NULL, 0);
	db = store_open(directory, true, &subscription_store_schema, &error);
	cr_assert_not_null(db, "%s", error.text);
	free(directory);
}

static void finish(void)
{
	db_close(db);
	scratch_leave();
}

TestSuite(subscriber_store, .init = open, .fini = finish);

static void ask(const char *section, const char *address, char ret_token[SUBSCRIPTION_TOKEN_SIZE])
{
	enum subscription_outcome outcome;
	struct subscription_row row = {.section = mem_strdup(section),
		.address = mem_strdup(address),
		.collection = mem_strdup("pears"),
		.minute = 450};
	cr_assert(subscription_store_request(db, &row, 9, 1000, ret_token, &outcome));
	subscription_row_finish(&row);
}

static void subscribe(const char *section, const char *address)
{
	char text[SUBSCRIPTION_TOKEN_SIZE];
	struct subscription_token token;
	struct subscription_row row;
	enum subscription_outcome outcome;
	ask(section, address, text);
	cr_assert(subscription_token_read(text, &token));
	cr_assert(subscription_store_confirm(db, &token, 2000, &row, &outcome));
	cr_assert_eq(outcome, SUBSCRIPTION_OUTCOME_DONE);
	subscription_row_finish(&row);
}

struct seen {
	int subscriptions;
	int requests;
};

static void look(void *data, const struct subscriber_row *row)
{
	struct seen *seen = data;
	bool confirmed = row->expires == 0;
	cr_expect_str_eq(row->collection, "pears");
	cr_expect_eq(row->minute, 450);
	cr_expect(confirmed || row->expires == 1000 + SUBSCRIPTION_STORE_REQUEST);
	cr_expect_eq(row->since, confirmed ? 2000 : 0);
	cr_expect_eq(row->due > 0, confirmed);
	seen->subscriptions += confirmed;
	seen->requests += !confirmed;
}

static void expect(int subscriptions, int requests)
{
	struct seen seen = {0, 0};
	cr_assert(subscriber_store_list(db, look, &seen));
	cr_expect_eq(seen.subscriptions, subscriptions, "%d", seen.subscriptions);
	cr_expect_eq(seen.requests, requests, "%d", seen.requests);
}

Test(subscriber_store, erases_one_mailbox_everywhere)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	int64_t subscriptions;
	int64_t requests;
	subscribe("mail.a", "ann@b.example");
	subscribe("mail.b", "Ann@B.example");
	subscribe("mail.a", "anna@b.example");
	ask("mail.a", "ann@b.example", token);
	ask("mail.a", "bob@b.example", token);
	expect(3, 2);
	cr_assert(subscriber_store_erase(db, "ANN@b.example", &subscriptions, &requests));
	cr_expect(subscriptions == 2 && requests == 1);
	expect(1, 1);
	cr_assert(subscriber_store_erase(db, "ann@b.example", &subscriptions, &requests));
	cr_expect(subscriptions == 0 && requests == 0);
}

Test(subscriber_store, fails_with_the_database)
{
	struct seen seen = {0, 0};
	int64_t count;
	cr_assert(db_execute(db, "DROP TABLE subscription_request"));
	cr_expect_not(subscriber_store_list(db, look, &seen));
	cr_expect_not(subscriber_store_erase(db, "ann@b.example", &count, &count));
}
