#include "frontends/mail/subscription/subscriptions.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"
#include "tests/support/scratch.h"
#include "tests/support/subscribers.h"

TestSuite(subscriptions, .init = scratch_enter, .fini = scratch_leave);

struct scene {
	struct subscribers base;
	int answers;
	enum subscription_outcome outcome;
	int minute;
	char token[SUBSCRIPTION_TOKEN_SIZE];
};

static void open(struct scene *scene)
{
	*scene = (struct scene){0};
	subscribers_open(&scene->base);
}

static void on_result(void *data, const struct subscription_result *result)
{
	struct scene *scene = data;
	scene->answers++;
	scene->outcome = result->outcome;
	scene->minute = result->wish.minute;
	memcpy(scene->token, result->token, sizeof scene->token);
}

static bool is_idle(void *data)
{
	return subscriptions_pending(((struct scene *)data)->base.subscriptions) == 0;
}

static enum subscription_outcome outcome_of(
	struct scene *scene, enum subscription_action action, const char *token)
{
	struct subscription_wish wish = {action, "ann@b.example", "", -1, token};
	scene->answers = 0;
	subscriptions_do(scene->base.subscriptions, &wish, on_result, scene);
	cr_assert_eq(subscriptions_pending(scene->base.subscriptions), 1);
	cr_assert(loop_support_until(scene->base.loop, is_idle, scene));
	cr_assert_eq(scene->answers, 1);
	return scene->outcome;
}

Test(subscriptions, are_asked_for_confirmed_and_ended)
{
	struct scene scene;
	char token[SUBSCRIPTION_TOKEN_SIZE];
	open(&scene);
	cr_expect_eq(outcome_of(&scene, SUBSCRIPTION_ACTION_ASK, NULL), SUBSCRIPTION_OUTCOME_DONE);
	cr_expect_eq(scene.minute, 420, "the usual one");
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
	subscribers_finish(&scene.base);
}

Test(subscriptions, tell_that_the_store_failed)
{
	struct scene scene;
	scratch_write("quoted.db", "This is not a database, but a text of some length.", 50);
	open(&scene);
	cr_expect_eq(
		outcome_of(&scene, SUBSCRIPTION_ACTION_ASK, NULL), SUBSCRIPTION_OUTCOME_FAILED);
	subscribers_finish(&scene.base);
}

Test(subscriptions, are_closed_while_a_wish_is_under_way)
{
	struct scene scene;
	open(&scene);
	struct subscription_wish wish = {SUBSCRIPTION_ACTION_ASK, "ann@b.example", "", 450, NULL};
	subscriptions_do(scene.base.subscriptions, &wish, on_result, &scene);
	subscribers_finish(&scene.base);
	cr_expect_eq(scene.answers, 0);
}

Test(subscriptions, ask_with_a_token_to_answer_to)
{
	struct scene scene;
	struct subscription_wish wish = {SUBSCRIPTION_ACTION_ASK, "ann@b.example", "", 450, NULL};
	open(&scene);
	char *mail = subscriptions_compose(scene.base.subscriptions, &wish, "c1-x");
	cr_expect_not_null(strstr(mail, "Reply-To: quote+c1-x@q.example\r\n"), "%s", mail);
	cr_expect_not_null(strstr(mail, "Subject: Confirm c1-x\r\n"), "%s", mail);
	cr_expect_not_null(strstr(mail, "To: ann@b.example\r\n"), "%s", mail);
	cr_expect_not_null(strstr(mail, "Auto-Submitted: auto-generated\r\n"), "%s", mail);
	free(mail);
	subscribers_finish(&scene.base);
}

Test(subscriptions, know_the_collections)
{
	struct scene scene;
	struct buffer reason = {0};
	open(&scene);
	cr_expect(subscriptions_know(scene.base.subscriptions, "", &reason));
	cr_expect_not(subscriptions_know(scene.base.subscriptions, "pears", &reason));
	cr_expect_str_eq(reason.data, "There is no collection 'pears'.");
	buffer_finish(&reason);
	subscribers_finish(&scene.base);
}
