#include "frontends/mail/service/mail_service.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/support/mail_scene.h"
#include "tests/support/scratch.h"

TestSuite(mail_service, .init = scratch_enter, .fini = scratch_leave);

Test(mail_service, keeps_an_answer_and_sends_it)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	mail_scene_open(&scene);
	cr_assert_not_null(mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS,
		MAIL_SCENE_ID "Subject: hello\r\n\r\nx\r\n"));
	cr_assert_eq(mail_service_pending(scene.service), 1);
	cr_assert_eq(mail_scene_take_at_once(&scene, "a@b.example", MAIL_SCENE_ID "\r\nx\r\n"),
		SMTP_VERDICT_LATER, "it is being answered");
	cr_assert_eq(mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_assert_eq(mail_scene_take_at_once(&scene, "a@b.example", MAIL_SCENE_ID "\r\nx\r\n"),
		SMTP_VERDICT_TAKEN, "it is answered");
	mail_scene_relay(&scene);
	const char *heard = scene.relay.heard.data;
	cr_expect_not_null(strstr(heard, "MAIL FROM:<>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "RCPT TO:<a@b.example>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "Subject: Auto: hello\r\n"), "%s", heard);
	cr_expect_not_null(strstr(heard, "In-Reply-To: <1@b.example>\r\n"), "%s", heard);
	cr_expect_not_null(strstr(heard, "\r\n\r\nAn apple a day\r\n"), "%s", heard);
	mail_scene_finish(&scene);
}

/* A reply to it then asks for another. */
Test(mail_service, answers_a_message_without_a_subject_with_one)
{
	static const char *const fields[] = {"", "Subject:\r\n", "Subject: \r\n"};
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		struct mail_scene scene;
		char text[64];
		snprintf(text, sizeof text, "%s\r\nx\r\n", fields[i]);
		mail_scene_prepare(&scene);
		mail_scene_open(&scene);
		cr_assert_not_null(
			mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, text));
		cr_assert_eq(
			mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
		mail_scene_relay(&scene);
		cr_expect_not_null(strstr(scene.relay.heard.data, "Subject: Auto: quote\r\n"), "%s",
			scene.relay.heard.data);
		mail_scene_finish(&scene);
	}
}

/* Of the answers before a restart, the message and the sender's budget are remembered. */
Test(mail_service, remembers_over_a_restart)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	scene.mail.sender_per_hour = 2;
	mail_scene_open(&scene);
	cr_assert_not_null(mail_scene_take(
		&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, MAIL_SCENE_ID "\r\nx\r\n"));
	cr_assert_eq(mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	mail_service_destroy(scene.service);
	mail_scene_open(&scene);
	/* Behind what the queue reads at its begin. */
	cr_assert_not_null(
		mail_scene_take(&scene, "c@b.example", SMTP_RECIPIENT_ADDRESS, "\r\nx\r\n"));
	cr_assert_eq(mail_scene_verdict(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_expect_eq(mail_scene_take_at_once(&scene, "a@b.example", MAIL_SCENE_ID "\r\nx\r\n"),
		SMTP_VERDICT_TAKEN);
	cr_assert_not_null(
		mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\nx\r\n"));
	cr_expect_eq(mail_scene_take_at_once(&scene, "a@b.example", "\r\nx\r\n"),
		SMTP_VERDICT_TAKEN, "the budget");
	mail_scene_finish(&scene);
}

Test(mail_service, answers_no_machine)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	mail_scene_open(&scene);
	cr_expect_eq(mail_scene_take_at_once(&scene, "", "\r\nx\r\n"), SMTP_VERDICT_TAKEN);
	cr_expect_eq(
		mail_scene_take_at_once(&scene, "a@b.example", "Precedence: bulk\r\n\r\nx\r\n"),
		SMTP_VERDICT_TAKEN);
	cr_expect_eq(mail_scene_take_at_once(&scene, "a@b.example", "not a header\r\n"),
		SMTP_VERDICT_TAKEN);
	cr_expect_eq(mail_service_pending(scene.service), 0);
	mail_scene_finish(&scene);
}

Test(mail_service, keeps_to_the_budgets)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	scene.mail.sender_per_hour = 1;
	scene.mail.total_per_hour = 2;
	mail_scene_open(&scene);
	cr_expect_not_null(mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_expect_eq(mail_scene_take_at_once(&scene, "A@b.example", "\r\n"), SMTP_VERDICT_TAKEN,
		"the same sender");
	cr_expect_not_null(mail_scene_take(&scene, "c@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_expect_eq(mail_scene_take_at_once(&scene, "d@b.example", "\r\n"), SMTP_VERDICT_TAKEN,
		"all together");
	mail_scene_finish(&scene);
}

Test(mail_service, forwards_to_the_postmaster)
{
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	mail_scene_open(&scene);
	cr_assert_not_null(mail_scene_take(
		&scene, "a@b.example", SMTP_RECIPIENT_POSTMASTER, "Subject: help\r\n\r\nx\r\n"));
	cr_expect_eq(mail_scene_verdict(&scene, SMTP_RECIPIENT_POSTMASTER), SMTP_VERDICT_TAKEN);
	mail_scene_relay(&scene);
	const char *heard = scene.relay.heard.data;
	cr_expect_not_null(strstr(heard, "MAIL FROM:<a@b.example>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "RCPT TO:<admin@q.example>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "Received: by mx.q.example (quoted); "));
	cr_expect_not_null(strstr(heard, "\nSubject: help\r\n"), "%s", heard);
	cr_expect_not_null(strstr(heard, "\r\n\r\nx\r\n.\r\n"), "%s", heard);
	mail_scene_finish(&scene);
}

Test(mail_service, ends_a_loop_of_mail)
{
	static const char hop[] = "Received: by x; Thu, 1 Jan 2026 00:00:00 +0000\r\n";
	struct mail_scene scene;
	mail_scene_prepare(&scene);
	mail_scene_open(&scene);
	char *text = mem_format("%s%s%s\r\nx\r\n", hop, hop, hop);
	cr_assert_null(mail_scene_take(&scene, "a@b.example", SMTP_RECIPIENT_POSTMASTER, text));
	cr_expect_eq(scene.verdicts[SMTP_RECIPIENT_POSTMASTER], SMTP_VERDICT_REFUSED);
	free(text);
	mail_scene_finish(&scene);
}
