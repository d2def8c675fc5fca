#include "frontends/mail/service/mail_service_parts.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/support/mail_scene.h"
#include "tests/support/scratch.h"

TestSuite(mail_question, .init = scratch_enter, .fini = scratch_leave);

/* The same message sent again is not a duplicate. */
Test(mail_question, puts_off_a_search_that_cannot_be_made_now)
{
	static const char text[] = MAIL_SCENE_ID "Subject: search apple\r\n\r\nx\r\n";
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	mail_scene_open(&scene);
	searcher_stop(scene.searcher);
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(
			mail_scene_take_at_once(&scene, "a@b.example", text), SMTP_VERDICT_LATER);
		cr_assert_eq(mail_service_pending(scene.service), 0);
	}
	mail_scene_finish(&scene);
}

Test(mail_question, answers_a_search_before_there_is_an_index)
{
	static const char text[] = MAIL_SCENE_ID "Subject: search apple\r\n\r\nx\r\n";
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	mail_scene_open(&scene);
	/* A busy machine may not look at all quotes in time, and puts the message off. */
	enum smtp_verdict verdict = SMTP_VERDICT_LATER;
	for (int i = 0; i < 100 && verdict == SMTP_VERDICT_LATER; i++) {
		cr_assert_not_null(
			mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, text));
		verdict = mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS);
	}
	cr_expect_eq(verdict, SMTP_VERDICT_TAKEN);
	mail_scene_finish(&scene);
}

/* Hands a message over, and returns what the relay has heard of the answer. */
static const char *answer_to(struct mail_scene *scene, const char *text)
{
	cr_assert_not_null(mail_scene_take(scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, text));
	cr_assert_eq(mail_scene_verdict(scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	mail_scene_relay(scene);
	return scene->relay.heard.data;
}

Test(mail_question, obeys_the_command_of_a_message)
{
	static const struct {
		const char *text;
		const char *heard;
	} rows[] = {
		{"Subject: =?utf-8?B?aGVscA==?=\r\n\r\nx\r\n", "Write one of these"},
		{"Subject: hello\r\n\r\nhelp\r\n", "Write one of these"},
		{"Subject: hello\r\n\r\nhello\r\n", "An apple a day"},
		{"Subject: AW: quote zzzz\r\n\r\nx\r\n", "No quote matches 'zzzz'"},
		{"Subject: collection pears\r\n\r\nx\r\n", "There is no collection 'pears'"},
		{"Subject: subscribe\r\n\r\nx\r\n", "There are no subscriptions here"},
		{"Subject: confirm c1-x\r\n\r\nx\r\n", "There are no subscriptions here"},
		{"Subject: 2999-01-01\r\n\r\nx\r\n", "has not come yet"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_scene scene;
		mail_scene_prepare(&scene);
		asker_browse(scene.context.asker);
		mail_scene_open(&scene);
		const char *heard = answer_to(&scene, rows[i].text);
		cr_expect_not_null(strstr(heard, rows[i].heard), "%s", heard);
		mail_scene_finish(&scene);
	}
}
