#include "tests/support/subscribers.h"

#include <criterion/criterion.h>

#include "frontends/keeper/searcher.h"
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
