#include "tests/support/mail_scene.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/stores.h"

static void listen_as_relay(struct mail_scene *scene)
{
	peer_init(&scene->relay, scene->loop);
	char *server = mem_format("127.0.0.1:%u", peer_listen(&scene->relay));
	strings_add(&scene->mail.relay, server);
	free(server);
}

void mail_scene_prepare(struct mail_scene *scene)
{
	struct error error = {0};
	*scene = (struct mail_scene){.loop = loop_support_create()};
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
	scene->session = (struct smtp_session_options){
		.hostname = "mx.q.example",
		.mailboxes = &scene->mailboxes,
		.max_message_bytes = 100000,
		.max_recipients = 100,
		.max_errors = 5,
		.max_commands = 1000000,
	};
	scene->mail = (struct mail_options){
		.from_name = "quoted",
		.relay_tls = "none",
		.relay_ca = "",
		.relay_user = "",
		.relay_password_file = "",
		.relay_timeout = 60,
		.postmaster = "admin@q.example",
		.trusted_authserv = "",
		.sender_per_hour = 10,
		.total_per_hour = 10,
		.max_received = 2,
		.workers = 1,
		.queue_limit = 10,
		.queue_lifetime = 60,
		.retry_first = 60,
		.retry_last = 60,
		.subscription_time = "",
		.max_unconfirmed = 3,
		.bounce_days = 1,
	};
	scene->section = (struct mail_section){
		.context = &scene->context,
		.options = &scene->mail,
		.mailboxes = &scene->mailboxes,
		.hostname = "mx.q.example",
	};
	listen_as_relay(scene);
}

void mail_scene_open(struct mail_scene *scene)
{
	struct error error = {0};
	scene->service = mail_service_create(&scene->section, &error);
	cr_assert_not_null(scene->service, "%s", error.text);
}

void mail_scene_finish(struct mail_scene *scene)
{
	mail_service_destroy(scene->service);
	peer_finish(&scene->relay);
	stores_close(scene->context.store);
	strings_finish(&scene->mail.relay);
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static void on_verdicts(void *data, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT])
{
	struct mail_scene *scene = data;
	scene->answers++;
	memcpy(scene->verdicts, verdicts, sizeof scene->verdicts);
}

struct mail_task *mail_scene_take(struct mail_scene *scene, const char *sender,
	enum smtp_recipient recipient, const char *text)
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

enum smtp_verdict mail_scene_take_at_once(
	struct mail_scene *scene, const char *sender, const char *text)
{
	cr_assert_null(mail_scene_take(scene, sender, SMTP_RECIPIENT_ADDRESS, text), "%s", text);
	return scene->verdicts[SMTP_RECIPIENT_ADDRESS];
}

bool mail_scene_is_answered(void *data)
{
	return ((const struct mail_scene *)data)->answers > 0;
}

/* Says the line of an SMTP server once the client has said so much. */
static void reply(struct mail_scene *scene, const char *heard, const char *line)
{
	cr_assert(peer_hears(&scene->relay, heard, 1), "%s is not in %s", heard,
		scene->relay.heard.length > 0 ? scene->relay.heard.data : "");
	cr_assert(peer_says(&scene->relay, line, strlen(line)));
}

enum smtp_verdict mail_scene_verdict(struct mail_scene *scene, enum smtp_recipient recipient)
{
	cr_assert(loop_support_until(scene->loop, mail_scene_is_answered, scene));
	cr_assert_eq(scene->answers, 1);
	scene->answers = 0;
	return scene->verdicts[recipient];
}

static bool is_idle(void *data)
{
	return mail_service_pending(((const struct mail_scene *)data)->service) == 0;
}

void mail_scene_relay(struct mail_scene *scene)
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
