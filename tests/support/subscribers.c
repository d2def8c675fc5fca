#include "tests/support/subscribers.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "frontends/keeper/searcher.h"
#include "frontends/mail/subscription/subscription_due.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/stores.h"

static void ignore(void *data)
{
	(void)data;
}

static void open_context(struct subscribers *subscribers)
{
	struct error error = {0};
	struct quoter *quoter = quotes_open_one(&subscribers->quotes, "static:An apple a day");
	struct rng *rng = &subscribers->quotes.rng;
	subscribers->searcher = searcher_create(subscribers->loop, quoter, rng, &error);
	cr_assert_not_null(subscribers->searcher, "%s", error.text);
	subscribers->context = (struct frontend_context){.loop = subscribers->loop,
		.rng = rng,
		.name = "mail.test",
		.asker = askers_open(quoter, subscribers->searcher, "mail.test"),
		.store = stores_open(subscribers->loop)};
}

static void open_queue(struct subscribers *subscribers)
{
	struct error error = {0};
	subscribers->queue = mail_queue_create(
		&(struct mail_queue_options){.loop = subscribers->loop,
			.store = subscribers->context.store,
			.rng = &subscribers->quotes.rng,
			.name = "mail.test",
			.relay = {.hostname = "mx.q.example",
				.login = {.ca_file = "", .user = "", .password_file = ""}},
			.workers = 1,
			.limit = 10,
			.retry_first = 60,
			.retry_last = 60,
			.lifetime = 60,
			.on_state = ignore},
		&error);
	cr_assert_not_null(subscribers->queue, "%s", error.text);
}

void subscribers_open(struct subscribers *subscribers)
{
	*subscribers = (struct subscribers){.loop = loop_support_create()};
	open_context(subscribers);
	cr_assert(smtp_address_parse("quote@q.example", &subscribers->address));
	subscribers->mailboxes = (struct smtp_mailboxes){&subscribers->address, 1, "+"};
	open_queue(subscribers);
	subscribers->mail = (struct mail_options){.from_name = "quoted",
		.subscription_time = "07:00",
		.max_unconfirmed = 3,
		.bounce_days = 1};
	subscribers->section = (struct mail_section){.context = &subscribers->context,
		.options = &subscribers->mail,
		.mailboxes = &subscribers->mailboxes,
		.hostname = "mx.q.example"};
	subscribers->subscriptions =
		subscriptions_create(&subscribers->section, subscribers->queue);
}

void subscribers_finish(struct subscribers *subscribers)
{
	subscriptions_close(subscribers->subscriptions);
	mail_queue_close(subscribers->queue);
	stores_close(subscribers->context.store);
	asker_destroy(subscribers->context.asker);
	searcher_destroy(subscribers->searcher);
	quotes_finish(&subscribers->quotes);
	ev_loop_destroy(subscribers->loop);
}

static struct db *open_schema(const char *directory, const struct store_schema *schema)
{
	struct error error = {0};
	struct db *opened = store_open(directory, true, schema, &error);
	cr_assert_not_null(opened, "%s", error.text);
	return opened;
}

void subscriber_tables_open(struct subscriber_tables *tables)
{
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	char *directory = getcwd(NULL, 0);
	db_close(open_schema(directory, &mail_store_schema));
	*tables = (struct subscriber_tables){
		.db = open_schema(directory, &subscription_store_schema),
		.now = (20000 * 24 + 5) * INT64_C(3600000),
		.home = {.delimiter = '+',
			.section = mem_strdup("mail.test"),
			.hostname = mem_strdup("mx.q.example")},
	};
	free(directory);
	cr_assert(smtp_address_parse("quote@q.example", &tables->home.mailbox));
	cr_assert(subscription_store_secret(tables->db, tables->home.secret));
}

enum subscription_outcome subscriber_tables_ask(struct subscriber_tables *tables,
	const char *section, const char *address, int minute,
	char ret_token[SUBSCRIPTION_TOKEN_SIZE])
{
	enum subscription_outcome outcome;
	struct subscription_row row = {.section = mem_strdup(section),
		.address = mem_strdup(address),
		.collection = mem_strdup("pears"),
		.minute = minute};
	cr_assert(
		subscription_store_request(tables->db, &row, 2, tables->now, ret_token, &outcome));
	subscription_row_finish(&row);
	return outcome;
}

enum subscription_outcome subscriber_tables_confirm(
	struct subscriber_tables *tables, const char *text)
{
	enum subscription_outcome outcome;
	struct subscription_row row;
	struct subscription_token token;
	cr_assert(subscription_token_read(text, &token), "%s", text);
	cr_assert(subscription_store_confirm(tables->db, &token, tables->now, &row, &outcome));
	subscription_row_finish(&row);
	return outcome;
}

void subscriber_tables_add(
	struct subscriber_tables *tables, const char *section, const char *address, int minute)
{
	char token[SUBSCRIPTION_TOKEN_SIZE];
	cr_assert_eq(subscriber_tables_ask(tables, section, address, minute, token),
		SUBSCRIPTION_OUTCOME_DONE);
	cr_assert_eq(subscriber_tables_confirm(tables, token), SUBSCRIPTION_OUTCOME_DONE);
}

size_t subscriber_tables_send(struct subscriber_tables *tables, bool with_letter)
{
	size_t sent;
	char text[] = "Subject: x\r\n\r\nx\r\n";
	char collection[] = "pears";
	struct mail_store_place place = {.section = "mail.test", .now = tables->now};
	struct subscription_letter letter = {.home = &tables->home,
		.day = day_of((time_t)(tables->now / 1000)),
		.collection = collection,
		.text = with_letter ? text : NULL};
	cr_assert(subscription_due_send(tables->db, &place, &letter, &sent));
	return sent;
}

int64_t subscriber_tables_next(struct subscriber_tables *tables)
{
	struct subscription_row row;
	cr_assert(subscription_due_next(tables->db, "mail.test", tables->now, &row));
	int64_t due = row.due;
	subscription_row_finish(&row);
	return due;
}

void subscriber_tables_write_token(struct subscriber_tables *tables,
	enum subscription_token_kind kind, const char *address,
	char ret_token[SUBSCRIPTION_TOKEN_SIZE])
{
	struct subscription_token_facts facts = {kind, 1, "mail.test", address, "", 0, 0};
	subscription_token_write(tables->home.secret, &facts, ret_token);
}

void subscriber_tables_finish(struct subscriber_tables *tables)
{
	subscription_home_finish(&tables->home);
	db_close(tables->db);
}
