#include "frontends/mail/service/mail_signup.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "frontends/mail/service/mail_service_parts.h"
#include "frontends/net/limits.h"
#include "tests/support/loop_support.h"
#include "tests/support/scratch.h"
#include "tests/support/subscribers.h"

TestSuite(mail_signup, .init = scratch_enter, .fini = scratch_leave);

struct scene {
	struct subscribers base;
	struct mail_service service;
	int answers;
	enum frontend_outcome outcome;
	char text[200];
};

static void open(struct scene *scene)
{
	*scene = (struct scene){0};
	struct subscribers *base = &scene->base;
	subscribers_open(base);
	scene->service = (struct mail_service){.section = &base->section,
		.policy = {.own = &base->mailboxes,
			.hostname = base->section.hostname,
			.trusted_authserv = ""},
		.queue = base->queue,
		.limits = limits_create(
			&(struct limits_options){.one = {"sender_per_hour", 2, 2, 0.001},
				.all = {"total_per_hour", 9, 9, 0.001},
				.keys = 10}),
		.subscriptions = base->subscriptions};
}

static void finish(struct scene *scene)
{
	mail_signup_drop_all(&scene->service);
	subscribers_finish(&scene->base);
	limits_destroy(scene->service.limits);
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
	mail_signup_take(&scene->service, &wish, on_wish, scene);
}

static bool is_answered(void *data)
{
	return ((struct scene *)data)->answers > 0;
}

static enum frontend_outcome outcome_of(struct scene *scene, const char *token, const char *address)
{
	take(scene, token, address);
	cr_assert(loop_support_until(scene->base.loop, is_answered, scene));
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
