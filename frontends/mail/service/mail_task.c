#include "frontends/mail/service/mail_service_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/service/answered.h"

struct mail_task *mail_task_create(
	struct mail_service *service, mail_service_callback *callback, void *data)
{
	struct mail_task *task = mem_alloc(sizeof *task);
	task->service = service;
	task->callback = callback;
	task->data = data;
	task->pending = 1; /* for mail_service_take() itself */
	LL_PREPEND(service->tasks, task);
	return task;
}

void mail_task_destroy(struct mail_task *task)
{
	LL_DELETE(task->service->tasks, task);
	subscriptions_abandon(task->bounce);
	free(task->key);
	free(task);
}

void mail_task_finish_part(struct mail_task *task)
{
	if (--task->pending)
		return;
	if (task->callback)
		task->callback(task->data, task->verdicts);
	mail_task_destroy(task);
}

void mail_task_count(const struct mail_service *service, size_t row)
{
	metrics_add(service->section->context->metrics, row, 1);
}

void mail_task_show_sender(const char *sender, char ret_text[SMTP_ADDRESS_PATH_MAX])
{
	snprintf(ret_text, SMTP_ADDRESS_PATH_MAX, "%s", sender);
	log_shorten_mailbox(ret_text, SMTP_ADDRESS_PATH_MAX, sender);
}

static void take_verdict(
	struct mail_task *task, enum smtp_recipient recipient, enum mail_queue_verdict verdict)
{
	if (verdict == MAIL_QUEUE_VERDICT_FAILED)
		task->verdicts[recipient] = SMTP_VERDICT_LATER;
	if (verdict == MAIL_QUEUE_VERDICT_REPEATED)
		mail_task_count(task->service, MAIL_METRICS_REPEATED);
}

static void on_answered(void *data, enum mail_queue_verdict verdict)
{
	struct mail_task *task = data;
	answered_set(task->service->answered, task->key,
		verdict == MAIL_QUEUE_VERDICT_FAILED ? ANSWERED_STATE_FAILED : ANSWERED_STATE_DONE);
	take_verdict(task, SMTP_RECIPIENT_ADDRESS, verdict);
	mail_task_finish_part(task);
}

static void on_forwarded(void *data, enum mail_queue_verdict verdict)
{
	struct mail_task *task = data;
	take_verdict(task, SMTP_RECIPIENT_POSTMASTER, verdict);
	mail_task_finish_part(task);
}

bool mail_task_send(
	struct mail_task *task, enum smtp_recipient recipient, const struct relay_message *message)
{
	struct mail_service *service = task->service;
	bool is_answer = recipient == SMTP_RECIPIENT_ADDRESS;
	if (!mail_queue_is_full(service->queue)) {
		task->pending++;
		mail_queue_add(service->queue, message, is_answer ? task->key : NULL,
			is_answer ? on_answered : on_forwarded, task);
		return true;
	}
	mail_task_count(service, MAIL_METRICS_QUEUE);
	log_warning(service->section->context->name,
		"put off a message: too many are waiting for the relay; raise queue_limit or "
		"workers");
	free(message->sender);
	free(message->recipient);
	free(message->text);
	return false;
}

void mail_task_put_off(struct mail_task *task)
{
	task->verdicts[SMTP_RECIPIENT_ADDRESS] = SMTP_VERDICT_LATER;
	answered_set(task->service->answered, task->key, ANSWERED_STATE_FAILED);
}
