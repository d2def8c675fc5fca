#include "frontends/mail/subscription/subscriptions.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

TestSuite(subscriptions, .init = scratch_enter, .fini = scratch_leave);

struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct searcher *searcher;
	struct frontend_context context;
	struct smtp_address address;
	struct smtp_mailboxes mailboxes;
	struct mail_queue *queue;
	struct subscriptions *subscriptions;
	int answers;
	enum subscription_outcome outcome;
	char token[SUBSCRIPTION_TOKEN_SIZE];
};

static void ignore(void *data)
{
	(void)data;
}

static void open_queue(struct scene *scene)
{
	struct error error = {0};
	scene->queue = mail_queue_create(
		&(struct mail_queue_options){.loop = scene->loop,
			.store = scene->context.store,
			.rng = &scene->quotes.rng,
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
	cr_assert_not_null(scene->queue, "%s", error.text);
}

static void open(struct scene *scene)
{
	struct error error = {0};
	*scene = (struct scene){.loop = loop_support_create()};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->searcher = searcher_create(scene->loop, quoter, &scene->quotes.rng, &error);
	scene->context = (struct frontend_context){.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "mail.test",
		.asker = askers_open(quoter, scene->searcher, "mail.test"),
		.store = stores_open(scene->loop)};
	cr_assert(smtp_address_parse("quote@q.example", &scene->address));
	scene->mailboxes = (struct smtp_mailboxes){&scene->address, 1, "+"};
	open_queue(scene);
	scene->subscriptions =
		subscriptions_create(&(struct subscriptions_options){.context = &scene->context,
			.queue = scene->queue,
			.mailboxes = &scene->mailboxes,
			.from_name = "quoted",
			.hostname = "mx.q.example",
			.max_unconfirmed = 3,
			.bounce_days = 1});
}

static void finish(struct scene *scene)
{
	subscriptions_close(scene->subscriptions);
	mail_queue_close(scene->queue);
	stores_close(scene->context.store);
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static void on_result(void *data, const struct subscription_result *result)
{
	struct scene *scene = data;
	scene->answers++;
	scene->outcome = result->outcome;
	memcpy(scene->token, result->token, sizeof scene->token);
}

static bool is_idle(void *data)
{
	return subscriptions_pending(((struct scene *)data)->subscriptions) == 0;
}

static enum subscription_outcome outcome_of(
	struct scene *scene, enum subscription_action action, const char *token)
{
	struct subscription_wish wish = {action, "ann@b.example", "", 450, token};
	scene->answers = 0;
	subscriptions_do(scene->subscriptions, &wish, on_result, scene);
	cr_assert_eq(subscriptions_pending(scene->subscriptions), 1);
	cr_assert(loop_support_until(scene->loop, is_idle, scene));
	cr_assert_eq(scene->answers, 1);
	return scene->outcome;
}

Test(subscriptions, are_asked_for_confirmed_and_ended)
{
	struct scene scene;
	char token[SUBSCRIPTION_TOKEN_SIZE];
	open(&scene);
	cr_expect_eq(outcome_of(&scene, SUBSCRIPTION_ACTION_ASK, NULL), SUBSCRIPTION_OUTCOME_DONE);
	memcpy(token, scene.token, sizeof token);
	cr_expect_eq(outcome_of(&scene, SUBSCRIPTION_ACTION_END_ADDRESS, NULL),
		SUBSCRIPTION_OUTCOME_WRONG, "it is not confirmed");
	cr_expect_eq(outcome_of(&scene, SUBSCRIPTION_ACTION_CONFIRM, token),
		SUBSCRIPTION_OUTCOME_WRONG, "and forgotten now");
	cr_expect_eq(outcome_of(&scene, SUBSCRIPTION_ACTION_ASK, NULL), SUBSCRIPTION_OUTCOME_DONE);
	memcpy(token, scene.token, sizeof token);
	cr_expect_eq(
		outcome_of(&scene, SUBSCRIPTION_ACTION_CONFIRM, "x"), SUBSCRIPTION_OUTCOME_WRONG);
	cr_expect_eq(
		outcome_of(&scene, SUBSCRIPTION_ACTION_CONFIRM, token), SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(outcome_of(&scene, SUBSCRIPTION_ACTION_END, token), SUBSCRIPTION_OUTCOME_WRONG,
		"a token confirms, and does nothing else");
	cr_expect_eq(outcome_of(&scene, SUBSCRIPTION_ACTION_END_ADDRESS, NULL),
		SUBSCRIPTION_OUTCOME_DONE);
	finish(&scene);
}

Test(subscriptions, tell_that_the_store_failed)
{
	struct scene scene;
	scratch_write("quoted.db", "This is not a database, but a text of some length.", 50);
	open(&scene);
	cr_expect_eq(
		outcome_of(&scene, SUBSCRIPTION_ACTION_ASK, NULL), SUBSCRIPTION_OUTCOME_FAILED);
	finish(&scene);
}

Test(subscriptions, are_closed_while_a_wish_is_under_way)
{
	struct scene scene;
	open(&scene);
	struct subscription_wish wish = {SUBSCRIPTION_ACTION_ASK, "ann@b.example", "", 450, NULL};
	subscriptions_do(scene.subscriptions, &wish, on_result, &scene);
	finish(&scene);
	cr_expect_eq(scene.answers, 0);
}

Test(subscriptions, ask_with_a_token_to_answer_to)
{
	struct scene scene;
	struct subscription_wish wish = {SUBSCRIPTION_ACTION_ASK, "ann@b.example", "", 450, NULL};
	open(&scene);
	char *mail = subscriptions_compose(scene.subscriptions, &wish, "c1-x");
	cr_expect_not_null(strstr(mail, "Reply-To: quote+c1-x@q.example\r\n"), "%s", mail);
	cr_expect_not_null(strstr(mail, "Subject: Confirm c1-x\r\n"), "%s", mail);
	cr_expect_not_null(strstr(mail, "To: ann@b.example\r\n"), "%s", mail);
	cr_expect_not_null(strstr(mail, "Auto-Submitted: auto-generated\r\n"), "%s", mail);
	free(mail);
	finish(&scene);
}

Test(subscriptions, know_the_collections)
{
	struct scene scene;
	struct buffer reason = {0};
	open(&scene);
	cr_expect(subscriptions_know(scene.subscriptions, "", &reason));
	cr_expect_not(subscriptions_know(scene.subscriptions, "pears", &reason));
	cr_expect_str_eq(reason.data, "There is no collection 'pears'.");
	buffer_finish(&reason);
	finish(&scene);
}
