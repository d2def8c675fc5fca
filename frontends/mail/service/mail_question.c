#include "frontends/mail/service/mail_service_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include <utlist.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_answer.h"
#include "frontends/mail/mail_command.h"
#include "frontends/mail/mime.h"
#include "frontends/mail/mime_compose.h"
#include "frontends/mail/service/answered.h"
#include "frontends/mail/subscription/subscription_desk.h"

struct mail_question {
	struct mail_task *task;
	struct mail_question *next;
	struct ask_ticket *ticket;
	struct mail_headers headers;        /* of the message */
	const struct smtp_address *mailbox; /* ours, that it came to */
	char *sender;
	enum mail_question_hearer hearer;
	struct subscription_task *change;
};

static char *compose(const struct mail_question *question, const struct mail_answer *answer)
{
	const struct mail_service *service = question->task->service;
	const struct mail_headers *headers = &question->headers;
	const struct mail_section *section = service->section;
	const char *subject = mail_headers_find(headers, "Subject");
	time_t date = time(NULL);
	char *id = mem_format("%" PRIx64 ".%016" PRIx64 "@%s", (uint64_t)date,
		rng_next(section->context->rng), section->hostname);
	char *text = mime_compose(&(struct mime_answer){
		.from_name = section->options->from_name,
		.from_address = question->mailbox->text,
		.to_address = question->sender,
		.message_id = id,
		.subject = subject != NULL && *subject != '\0' ? subject : "quote",
		.in_reply_to = mail_headers_find(headers, "Message-ID"),
		.references = mail_headers_find(headers, "References"),
		.text = answer->text.data,
		.html = answer->html.data,
		.date = date,
	});
	free(id);
	return text;
}

static void read_command(const struct mail_service *service, const struct smtp_message *message,
	const struct mail_headers *headers, struct mail_command *ret_command)
{
	const char *field = mail_headers_find(headers, "Subject");
	char *subject = field != NULL ? mime_decode(field) : NULL;
	char *line = mime_first_line(message->text.data, message->text.length);
	mail_command_choose(service->section->context->asker,
		&(struct mail_command_places){.subject = subject,
			.detail = message->detail,
			.line = line,
			.reply = mail_headers_find(headers, "In-Reply-To") != NULL},
		ret_command);
	free(line);
	free(subject);
}

static void free_question(struct mail_question *question)
{
	LL_DELETE(question->task->service->questions, question);
	subscriptions_abandon(question->change);
	mail_headers_finish(&question->headers);
	free(question->sender);
	free(question);
}

/* Sends \p mail, which it takes over. Returns false if the queue is full. */
static bool send_mail(const struct mail_question *question, char *mail)
{
	return mail_task_send(question->task, SMTP_RECIPIENT_ADDRESS,
		&(struct relay_message){.sender = mem_strdup(""),
			.recipient = mem_strdup(question->sender),
			.text = mail});
}

static bool send_answer(const struct mail_question *question, struct mail_answer *answer)
{
	char *mail = compose(question, answer);
	mail_answer_finish(answer);
	return send_mail(question, mail);
}

/* Sends the quote, or the reason why there is none. */
static bool reply(const struct mail_question *question, const struct ask_answer *found)
{
	const struct mail_service *service = question->task->service;
	struct mail_answer answer = {.daily = service->subscriptions != NULL};
	struct quote_fit fit = mail_options_fit(service->section->options);
	mail_answer_write(service->section->context, &fit, found, &answer);
	return send_answer(question, &answer);
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct mail_question *question = data;
	struct mail_task *task = question->task;
	struct mail_service *service = task->service;
	/* The sender's server tries again, and may then get a quote. */
	bool later = answer->outcome == ASK_OUTCOME_LATER || answer->outcome == ASK_OUTCOME_FAILED;
	if (later) {
		char sender[SMTP_ADDRESS_PATH_MAX];
		mail_task_count(service, MAIL_METRICS_LATER);
		mail_task_show_sender(question->sender, sender);
		log_warning(service->section->context->name, "put off a message from %s: %s",
			sender, answer->reason);
	}
	if (later || !reply(question, answer))
		mail_task_put_off(task);
	free_question(question);
	mail_task_finish_part(task);
}

/* Says what became of a subscription, to whom it belongs. */
static bool tell_change(struct mail_question *question, const struct subscription_result *result)
{
	const struct mail_service *service = question->task->service;
	const struct subscription_wish *wish = &result->wish;
	struct mail_answer answer = {0};
	if (wish->action == SUBSCRIPTION_ACTION_ASK && result->outcome == SUBSCRIPTION_OUTCOME_DONE)
		return send_mail(question,
			subscriptions_compose(service->subscriptions, wish, result->token));
	if (result->row.address != NULL) {
		free(question->sender);
		question->sender = mem_strdup(result->row.address);
	}
	subscription_desk_explain(result, &answer.text);
	return send_answer(question, &answer);
}

static void on_changed(void *data, const struct subscription_result *result)
{
	struct mail_question *question = data;
	struct mail_task *task = question->task;
	bool done = result->outcome == SUBSCRIPTION_OUTCOME_DONE;
	bool told = question->hearer == MAIL_QUESTION_HEARER_SENDER ||
		    (question->hearer == MAIL_QUESTION_HEARER_OWNER && done);
	question->change = NULL;
	if (result->outcome == SUBSCRIPTION_OUTCOME_FAILED ||
		(told && !tell_change(question, result)))
		mail_task_put_off(task);
	else if (!told)
		answered_set(task->service->answered, task->key, ANSWERED_STATE_DONE);
	free_question(question);
	mail_task_finish_part(task);
}

static void explain(struct mail_question *question, const char *reason)
{
	on_answer(question, &(struct ask_answer){.outcome = ASK_OUTCOME_NONE, .reason = reason});
}

static void change_subscription(struct mail_question *question, struct mail_command *command)
{
	const struct mail_service *service = question->task->service;
	struct subscription_wish wish;
	struct buffer reason = {0};
	/* The token of a request ends nothing, but the sender may. */
	if (command->kind == MAIL_COMMAND_KIND_UNSUBSCRIBE &&
		question->hearer == MAIL_QUESTION_HEARER_SENDER &&
		subscription_token_kind(command->argument) == SUBSCRIPTION_TOKEN_CONFIRM)
		*command->argument = '\0';
	if (subscription_desk_read(
		    service->subscriptions, command, question->sender, &wish, &reason))
		question->change =
			subscriptions_do(service->subscriptions, &wish, on_changed, question);
	else
		explain(question, reason.data);
	buffer_finish(&reason);
}

/* It has a token, but does not use it, and its sender may not be answered. */
static void drop_question(struct mail_question *question)
{
	struct mail_task *task = question->task;
	answered_set(task->service->answered, task->key, ANSWERED_STATE_DONE);
	free_question(question);
	mail_task_finish_part(task);
}

static void ask_or_explain(struct mail_service *service, const struct smtp_message *message,
	const struct mail_headers *headers, struct mail_question *question)
{
	struct ask ask;
	struct mail_command command;
	struct ask_ticket *ticket = NULL;
	struct quote_fit fit = mail_options_fit(service->section->options);
	read_command(service, message, headers, &command);
	bool about_subscriptions = service->subscriptions != NULL && subscription_desk_is(&command);
	bool uses_token = about_subscriptions && command.kind != MAIL_COMMAND_KIND_SUBSCRIBE;
	if (!uses_token && question->hearer != MAIL_QUESTION_HEARER_SENDER)
		drop_question(question);
	else if (about_subscriptions)
		change_subscription(question, &command);
	else if (mail_command_ask(&command, &fit, &ask))
		ticket = asker_ask(service->section->context->asker, &ask, on_answer, question);
	else
		explain(question, mail_answer_reason(&command));
	/* Without one, the question has been answered and freed. */
	if (ticket != NULL)
		question->ticket = ticket;
	mail_command_finish(&command);
}

void mail_question_ask(struct mail_task *task, const struct smtp_message *message,
	const struct mail_headers *headers, enum mail_question_hearer hearer)
{
	struct mail_service *service = task->service;
	struct mail_question *question = mem_alloc(sizeof *question);
	question->task = task;
	LL_PREPEND(service->questions, question);
	question->sender = mem_strdup(message->sender.text);
	question->mailbox = message->mailbox;
	question->hearer = hearer;
	for (size_t i = 0; i < headers->count; i++)
		mail_headers_add(
			&question->headers, headers->items[i].name, headers->items[i].value);
	task->pending++;
	answered_set(service->answered, task->key, ANSWERED_STATE_RUNNING);
	ask_or_explain(service, message, headers, question);
}

size_t mail_question_count(const struct mail_service *service)
{
	size_t count;
	const struct mail_question *at;
	LL_COUNT(service->questions, at, count);
	return count;
}

void mail_question_drop_all(struct mail_service *service)
{
	while (service->questions != NULL) {
		asker_cancel(service->questions->ticket);
		free_question(service->questions);
	}
}
