#include "frontends/mail/service/mail_service_parts.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/loop_support.h"
#include "tests/support/mail_scene.h"
#include "tests/support/scratch.h"

TestSuite(mail_task, .init = scratch_enter, .fini = scratch_leave);

Test(mail_task, puts_off_what_cannot_be_kept)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	scratch_write("quoted.db", "This is not a database, but a text of some length.", 50);
	mail_scene_open(&scene);
	for (int i = 0; i < 2; i++) {
		cr_assert_not_null(mail_scene_take(
			&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, MAIL_SCENE_ID "\r\nx\r\n"));
		cr_assert_eq(
			mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_LATER);
	}
	cr_expect_not_null(strstr(mail_service_failure(scene.service), "the file is damaged"));
	cr_assert_eq(unlink("quoted.db"), 0);
	cr_assert_not_null(mail_scene_take(
		&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, MAIL_SCENE_ID "\r\nx\r\n"));
	cr_assert_eq(mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_expect_null(mail_service_failure(scene.service));
	mail_scene_finish(&scene);
}

Test(mail_task, puts_off_what_the_queue_has_no_room_for)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	scene.mail.queue_limit = 2;
	mail_scene_open(&scene);
	cr_assert_not_null(mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_assert_eq(mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_assert_not_null(mail_scene_take(&scene, "b@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_expect_eq(mail_scene_take_at_once(&scene, "c@b.example", "\r\n"), SMTP_VERDICT_LATER);
	cr_assert_eq(mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_expect_eq(mail_scene_take_at_once(&scene, "c@b.example", "\r\n"), SMTP_VERDICT_LATER);
	mail_scene_finish(&scene);
}

Test(mail_task, calls_nothing_that_was_abandoned)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	mail_scene_open(&scene);
	mail_service_abandon(
		mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	struct mail_task *other =
		mail_scene_take(&scene, "c@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n");
	cr_assert_not_null(other);
	peer_finish(&scene.relay);
	peer_init(&scene.relay, scene.loop);
	cr_assert(loop_support_until(scene.loop, mail_scene_is_answered, &scene));
	cr_expect_eq(scene.answers, 1);
	mail_scene_finish(&scene);
}
