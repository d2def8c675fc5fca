#include "frontends/mail/service/mail_signup.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

TestSuite(mail_signup, .init = scratch_enter, .fini = scratch_leave);

struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct searcher *searcher;
	struct frontend_context context;
	struct smtp_address address;
	struct smtp_mailboxes mailboxes;
	struct autoreply_policy policy;
	struct limits *limits;
	struct mail_queue *queue;
	struct subscriptions *subscriptions;
	struct mail_signup *signup;
	int answers;
	enum frontend_outcome outcome;
	char text[200];
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

static void open_signup(struct scene *scene)
{
	scene->subscriptions =
		subscriptions_create(&(struct subscriptions_options){.context = &scene->context,
			.queue = scene->queue,
			.mailboxes = &scene->mailboxes,
			.from_name = "quoted",
			.hostname = "mx.q.example",
			.max_unconfirmed = 3,
			.bounce_days = 1});
	scene->limits =
		limits_create(&(struct limits_options){.one = {"sender_per_hour", 2, 2, 0.001},
			.all = {"total_per_hour", 9, 9, 0.001},
			.keys = 10});
	scene->policy = (struct autoreply_policy){
		.own = &scene->mailboxes, .hostname = "mx.q.example", .trusted_authserv = ""};
	scene->signup = mail_signup_create(&(struct mail_signup_options){&scene->context,
		scene->subscriptions, scene->queue, scene->limits, &scene->policy, 420});
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
	open_signup(scene);
}

static void finish(struct scene *scene)
{
	mail_signup_destroy(scene->signup);
	subscriptions_close(scene->subscriptions);
	mail_queue_close(scene->queue);
	limits_destroy(scene->limits);
	stores_close(scene->context.store);
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static void on_wish(void *data, enum frontend_outcome outcome, const char *text)
{
	struct scene *scene = data;
	scene->answers++;
	scene->outcome = outcome;
	snprintf(scene->text, sizeof scene->text, "%s", text);
}

static void take(struct scene *scene, const char *token, const char *address)
{
	static const struct address client; /* of no network, as that of a unix socket */
	struct frontend_wish wish = {token, address, "", "", &client};
	scene->answers = 0;
	mail_signup_take(scene->signup, &wish, on_wish, scene);
}

static bool is_answered(void *data)
{
	return ((struct scene *)data)->answers > 0;
}

static enum frontend_outcome outcome_of(struct scene *scene, const char *token, const char *address)
{
	take(scene, token, address);
	cr_assert(loop_support_until(scene->loop, is_answered, scene));
	cr_assert_eq(scene->answers, 1);
	return scene->outcome;
}

Test(mail_signup, writes_to_people_alone)
{
	struct scene scene;
	open(&scene);
	cr_expect_eq(outcome_of(&scene, NULL, "ann"), FRONTEND_OUTCOME_WRONG);
	cr_expect_eq(outcome_of(&scene, NULL, "quote+x@q.example"), FRONTEND_OUTCOME_WRONG);
	cr_expect_eq(outcome_of(&scene, NULL, "ann@b.org"), FRONTEND_OUTCOME_DONE);
	cr_expect_not_null(strstr(scene.text, "We have written to ann@b.org."), "%s", scene.text);
	finish(&scene);
}

Test(mail_signup, keeps_to_the_budgets)
{
	struct scene scene;
	open(&scene);
	cr_expect_eq(outcome_of(&scene, NULL, "ann@b.org"), FRONTEND_OUTCOME_DONE);
	cr_expect_eq(outcome_of(&scene, NULL, "Ann@B.org"), FRONTEND_OUTCOME_DONE);
	cr_expect_eq(outcome_of(&scene, NULL, "ann@b.org"), FRONTEND_OUTCOME_LIMITED);
	cr_expect_eq(outcome_of(&scene, NULL, "bob@b.org"), FRONTEND_OUTCOME_LIMITED,
		"and of a network");
	finish(&scene);
}

Test(mail_signup, knows_no_strange_token)
{
	struct scene scene;
	open(&scene);
	cr_expect_eq(outcome_of(&scene, "c1-x", NULL), FRONTEND_OUTCOME_WRONG);
	cr_expect_eq(
		outcome_of(&scene, "u1-abcdefghijklmnopqrstuvwxyz", NULL), FRONTEND_OUTCOME_WRONG);
	finish(&scene);
}

Test(mail_signup, tells_those_that_wait_when_it_ends)
{
	struct scene scene;
	open(&scene);
	take(&scene, NULL, "ann@b.org");
	cr_expect_eq(scene.answers, 0);
	finish(&scene);
	cr_expect_eq(scene.answers, 1);
	cr_expect_eq(scene.outcome, FRONTEND_OUTCOME_FAILED);
}
