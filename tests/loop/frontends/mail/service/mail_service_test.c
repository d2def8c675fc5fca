#include "frontends/mail/service/mail_service.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

TestSuite(mail_service, .init = scratch_enter, .fini = scratch_leave);

/* A service with a scripted relay, and its last verdicts. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct frontend_context context;
	struct searcher *searcher;
	struct smtp_address address;
	struct smtp_mailboxes mailboxes;
	struct mail_service_options options;
	struct mail_service *service;
	struct peer relay;
	int answers;
	enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT];
};

static void prepare(struct scene *scene)
{
	struct error error = {0};
	*scene = (struct scene){.loop = loop_support_create()};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->searcher = searcher_create(scene->loop, quoter, &scene->quotes.rng, &error);
	cr_assert_not_null(scene->searcher, "%s", error.text);
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "mail.test",
		.asker = askers_open(quoter, scene->searcher, "mail.test"),
		.store = stores_open(scene->loop),
	};
	cr_assert(smtp_address_parse("quote@q.example", &scene->address));
	scene->mailboxes = (struct smtp_mailboxes){&scene->address, 1, "+"};
	scene->options = (struct mail_service_options){
		.context = &scene->context,
		.from_name = "quoted",
		.hostname = "mx.q.example",
		.postmaster = "admin@q.example",
		.policy = {&scene->mailboxes, "mx.q.example", "", NULL, 2},
		.queue = {.loop = scene->loop,
			.store = scene->context.store,
			.rng = &scene->quotes.rng,
			.name = "mail.test",
			.relay = {.servers = {{.host = "127.0.0.1"}},
				.server_count = 1,
				.timeout = 60,
				.hostname = "mx.q.example",
				.login = {.ca_file = "", .user = "", .password_file = ""}},
			.workers = 1,
			.limit = 10,
			.retry_first = 60,
			.retry_last = 60,
			.lifetime = 60},
		.sender_per_hour = 10,
		.total_per_hour = 10,
		.subscription_minute = -1,
		.max_unconfirmed = 3,
		.bounce_days = 1,
	};
	peer_init(&scene->relay, scene->loop);
	struct relay_server *server = &scene->options.queue.relay.servers[0];
	snprintf(server->port, sizeof server->port, "%u", peer_listen(&scene->relay));
}

static void open(struct scene *scene)
{
	struct error error = {0};
	scene->service = mail_service_create(&scene->options, &error);
	cr_assert_not_null(scene->service, "%s", error.text);
}

static void finish(struct scene *scene)
{
	mail_service_destroy(scene->service);
	stores_close(scene->context.store);
	peer_finish(&scene->relay);
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static void on_verdicts(void *data, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT])
{
	struct scene *scene = data;
	scene->answers++;
	memcpy(scene->verdicts, verdicts, sizeof scene->verdicts);
}

/* Hands a message over; returns NULL if the verdicts are there at once. */
static struct mail_task *take(
	struct scene *scene, const char *sender, enum smtp_recipient recipient, const char *text)
{
	struct smtp_message message = {.size = strlen(text)};
	const char *end;
	char *path = mem_format("<%s>", sender);
	cr_assert(smtp_address_parse_path(path, &message.sender, &end), "%s", path);
	message.wanted[recipient] = true;
	message.mailbox = &scene->address;
	buffer_add(&message.text, text);
	struct mail_task *task =
		mail_service_take(scene->service, &message, on_verdicts, scene, scene->verdicts);
	buffer_finish(&message.text);
	free(path);
	return task;
}

static enum smtp_verdict take_at_once(struct scene *scene, const char *sender, const char *text)
{
	cr_assert_null(take(scene, sender, SMTP_RECIPIENT_ADDRESS, text), "%s", text);
	return scene->verdicts[SMTP_RECIPIENT_ADDRESS];
}

static bool is_answered(void *data)
{
	return ((const struct scene *)data)->answers > 0;
}

/* Says the line of an SMTP server once the client has said so much. */
static void reply(struct scene *scene, const char *heard, const char *line)
{
	cr_assert(peer_hears(&scene->relay, heard, 1), "%s is not in %s", heard,
		scene->relay.heard.length > 0 ? scene->relay.heard.data : "");
	cr_assert(peer_says(&scene->relay, line, strlen(line)));
}

/* Waits until the message is kept, and the verdict on it. */
static enum smtp_verdict verdict_of(struct scene *scene, enum smtp_recipient recipient)
{
	cr_assert(loop_support_until(scene->loop, is_answered, scene));
	cr_assert_eq(scene->answers, 1);
	scene->answers = 0;
	return scene->verdicts[recipient];
}

static bool is_idle(void *data)
{
	return mail_service_pending(((const struct scene *)data)->service) == 0;
}

/* Relays one message. */
static void relay(struct scene *scene)
{
	cr_assert(peer_says(&scene->relay, "220 x\r\n", 7));
	reply(scene, "EHLO ", "250 x\r\n");
	reply(scene, "MAIL FROM:", "250 x\r\n");
	reply(scene, "RCPT TO:", "250 x\r\n");
	reply(scene, "DATA\r\n", "354 x\r\n");
	reply(scene, "\r\n.\r\n", "250 x\r\n");
	reply(scene, "QUIT", "221 x\r\n");
	cr_assert(loop_support_until(scene->loop, is_idle, scene));
}

#define ID "Message-ID: <1@b.example>\r\n"

Test(mail_service, keeps_an_answer_and_sends_it)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	cr_assert_not_null(take(
		&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, ID "Subject: hello\r\n\r\nx\r\n"));
	cr_assert_eq(mail_service_pending(scene.service), 1);
	cr_assert_eq(take_at_once(&scene, "a@b.example", ID "\r\nx\r\n"), SMTP_VERDICT_LATER,
		"it is being answered");
	cr_assert_eq(verdict_of(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_assert_eq(take_at_once(&scene, "a@b.example", ID "\r\nx\r\n"), SMTP_VERDICT_TAKEN,
		"it is answered");
	relay(&scene);
	const char *heard = scene.relay.heard.data;
	cr_expect_not_null(strstr(heard, "MAIL FROM:<>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "RCPT TO:<a@b.example>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "Subject: Auto: hello\r\n"), "%s", heard);
	cr_expect_not_null(strstr(heard, "In-Reply-To: <1@b.example>\r\n"), "%s", heard);
	cr_expect_not_null(strstr(heard, "\r\n\r\nAn apple a day\r\n"), "%s", heard);
	finish(&scene);
}

/* Of the answers before a restart, the message and the sender's budget are remembered. */
Test(mail_service, remembers_over_a_restart)
{
	struct scene scene;
	prepare(&scene);
	scene.options.sender_per_hour = 2;
	open(&scene);
	cr_assert_not_null(take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, ID "\r\nx\r\n"));
	cr_assert_eq(verdict_of(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	mail_service_destroy(scene.service);
	open(&scene);
	/* Behind what the queue reads at its begin. */
	cr_assert_not_null(take(&scene, "c@b.example", SMTP_RECIPIENT_ADDRESS, "\r\nx\r\n"));
	cr_assert_eq(verdict_of(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_expect_eq(take_at_once(&scene, "a@b.example", ID "\r\nx\r\n"), SMTP_VERDICT_TAKEN);
	cr_assert_not_null(take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\nx\r\n"));
	cr_expect_eq(
		take_at_once(&scene, "a@b.example", "\r\nx\r\n"), SMTP_VERDICT_TAKEN, "the budget");
	finish(&scene);
}

Test(mail_service, puts_off_what_cannot_be_kept)
{
	struct scene scene;
	prepare(&scene);
	scratch_write("quoted.db", "This is not a database, but a text of some length.", 50);
	open(&scene);
	for (int i = 0; i < 2; i++) {
		cr_assert_not_null(
			take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, ID "\r\nx\r\n"));
		cr_assert_eq(verdict_of(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_LATER);
	}
	cr_expect_not_null(strstr(mail_service_failure(scene.service), "the file is damaged"));
	cr_assert_eq(unlink("quoted.db"), 0);
	cr_assert_not_null(take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, ID "\r\nx\r\n"));
	cr_assert_eq(verdict_of(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_expect_null(mail_service_failure(scene.service));
	finish(&scene);
}

Test(mail_service, answers_no_machine)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	cr_expect_eq(take_at_once(&scene, "", "\r\nx\r\n"), SMTP_VERDICT_TAKEN);
	cr_expect_eq(take_at_once(&scene, "a@b.example", "Precedence: bulk\r\n\r\nx\r\n"),
		SMTP_VERDICT_TAKEN);
	cr_expect_eq(take_at_once(&scene, "a@b.example", "not a header\r\n"), SMTP_VERDICT_TAKEN);
	cr_expect_eq(mail_service_pending(scene.service), 0);
	finish(&scene);
}

Test(mail_service, keeps_to_the_budgets)
{
	struct scene scene;
	prepare(&scene);
	scene.options.sender_per_hour = 1;
	scene.options.total_per_hour = 2;
	open(&scene);
	cr_expect_not_null(take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_expect_eq(
		take_at_once(&scene, "A@b.example", "\r\n"), SMTP_VERDICT_TAKEN, "the same sender");
	cr_expect_not_null(take(&scene, "c@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_expect_eq(
		take_at_once(&scene, "d@b.example", "\r\n"), SMTP_VERDICT_TAKEN, "all together");
	finish(&scene);
}

Test(mail_service, puts_off_what_the_queue_has_no_room_for)
{
	struct scene scene;
	prepare(&scene);
	scene.options.queue.limit = 2;
	open(&scene);
	cr_assert_not_null(take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_assert_eq(verdict_of(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_assert_not_null(take(&scene, "b@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	cr_expect_eq(take_at_once(&scene, "c@b.example", "\r\n"), SMTP_VERDICT_LATER);
	cr_assert_eq(verdict_of(&scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	cr_expect_eq(take_at_once(&scene, "c@b.example", "\r\n"), SMTP_VERDICT_LATER);
	finish(&scene);
}

/* The same message sent again is not a duplicate. */
Test(mail_service, puts_off_a_search_that_cannot_be_made_now)
{
	static const char text[] = ID "Subject: search apple\r\n\r\nx\r\n";
	struct scene scene;
	prepare(&scene);
	open(&scene);
	searcher_stop(scene.searcher);
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(take_at_once(&scene, "a@b.example", text), SMTP_VERDICT_LATER);
		cr_assert_eq(mail_service_pending(scene.service), 0);
	}
	finish(&scene);
}

Test(mail_service, answers_a_search_before_there_is_an_index)
{
	static const char text[] = ID "Subject: search apple\r\n\r\nx\r\n";
	struct scene scene;
	prepare(&scene);
	open(&scene);
	/* A busy machine may not look at all quotes in time, and puts the message off. */
	enum smtp_verdict verdict = SMTP_VERDICT_LATER;
	for (int i = 0; i < 100 && verdict == SMTP_VERDICT_LATER; i++) {
		cr_assert_not_null(take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, text));
		verdict = verdict_of(&scene, SMTP_RECIPIENT_ADDRESS);
	}
	cr_expect_eq(verdict, SMTP_VERDICT_TAKEN);
	finish(&scene);
}

/* Hands a message over, and returns what the relay has heard of the answer. */
static const char *answer_to(struct scene *scene, const char *text)
{
	cr_assert_not_null(take(scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, text));
	cr_assert_eq(verdict_of(scene, SMTP_RECIPIENT_ADDRESS), SMTP_VERDICT_TAKEN);
	relay(scene);
	return scene->relay.heard.data;
}

Test(mail_service, obeys_the_command_of_a_message)
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
		struct scene scene;
		prepare(&scene);
		asker_browse(scene.context.asker);
		open(&scene);
		const char *heard = answer_to(&scene, rows[i].text);
		cr_expect_not_null(strstr(heard, rows[i].heard), "%s", heard);
		finish(&scene);
	}
}

Test(mail_service, forwards_to_the_postmaster)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	cr_assert_not_null(take(
		&scene, "a@b.example", SMTP_RECIPIENT_POSTMASTER, "Subject: help\r\n\r\nx\r\n"));
	cr_expect_eq(verdict_of(&scene, SMTP_RECIPIENT_POSTMASTER), SMTP_VERDICT_TAKEN);
	relay(&scene);
	const char *heard = scene.relay.heard.data;
	cr_expect_not_null(strstr(heard, "MAIL FROM:<a@b.example>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "RCPT TO:<admin@q.example>"), "%s", heard);
	cr_expect_not_null(strstr(heard, "Received: by mx.q.example (quoted); "));
	cr_expect_not_null(strstr(heard, "\nSubject: help\r\n"), "%s", heard);
	cr_expect_not_null(strstr(heard, "\r\n\r\nx\r\n.\r\n"), "%s", heard);
	finish(&scene);
}

Test(mail_service, ends_a_loop_of_mail)
{
	static const char hop[] = "Received: by x; Thu, 1 Jan 2026 00:00:00 +0000\r\n";
	struct scene scene;
	prepare(&scene);
	open(&scene);
	char *text = mem_format("%s%s%s\r\nx\r\n", hop, hop, hop);
	cr_assert_null(take(&scene, "a@b.example", SMTP_RECIPIENT_POSTMASTER, text));
	cr_expect_eq(scene.verdicts[SMTP_RECIPIENT_POSTMASTER], SMTP_VERDICT_REFUSED);
	free(text);
	finish(&scene);
}

Test(mail_service, calls_nothing_that_was_abandoned)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	mail_service_abandon(take(&scene, "a@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n"));
	struct mail_task *other = take(&scene, "c@b.example", SMTP_RECIPIENT_ADDRESS, "\r\n");
	cr_assert_not_null(other);
	peer_finish(&scene.relay);
	peer_init(&scene.relay, scene.loop);
	cr_assert(loop_support_until(scene.loop, is_answered, &scene));
	cr_expect_eq(scene.answers, 1);
	finish(&scene);
}
