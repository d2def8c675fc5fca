#include "frontends/mail/service/mail_service.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_headers.h"
#include "frontends/mail/mime.h"
#include "frontends/mail/service/answered.h"
#include "frontends/mail/service/mail_service_parts.h"
#include "frontends/mail/service/mail_signup.h"
#include "frontends/mail/subscription/subscription_desk.h"
#include "frontends/net/limits.h"

enum {
	SENDER_LIMIT = 10000, /* senders whose budgets are kept, at the least */
	MS = 1000,
};

static struct limits *create_limits(const struct mail_section *section)
{
	double by_one = (double)section->options->sender_per_hour;
	double by_all = (double)section->options->total_per_hour;
	return limits_create(&(struct limits_options){
		.loop = section->context->loop,
		.name = section->context->name,
		.unit = "answer",
		.one = {"sender_per_hour", section->options->sender_per_hour, by_one,
			by_one / 3600},
		.all = {"total_per_hour", section->options->total_per_hour, by_all, by_all / 3600},
		/* With fewer, senders beyond them would get silence. */
		.keys = by_all > SENDER_LIMIT ? (size_t)by_all : SENDER_LIMIT,
		.seed = rng_next(section->context->rng),
	});
}

/* The loop's time, as the budgets have it. */
static bool take_budget(struct mail_service *service, const char *sender, double now)
{
	char *key = smtp_address_fold(sender);
	bool within = limits_take_key(service->limits, key, strlen(key), now) == LIMITS_REASON_NONE;
	free(key);
	return within;
}

/* An answer before a restart counts as one after it. */
static void on_recent(void *data, const char *key, const char *sender, int64_t at)
{
	struct mail_service *service = data;
	answered_set(service->answered, key, ANSWERED_STATE_DONE);
	take_budget(service, sender, (double)at / MS);
}

static void on_state(void *data)
{
	const struct mail_service *service = data;
	if (service->section->context->on_state != NULL)
		service->section->context->on_state(service->section->context);
}

/* A letter that the relay itself refuses bounces as well as one that comes back. */
static void on_refused(void *data, const char *sender)
{
	struct mail_service *service = data;
	struct smtp_address path;
	const char *detail;
	if (service->subscriptions != NULL && smtp_address_parse(sender, &path) &&
		smtp_mailboxes_find(service->policy.own, &path, &detail) != NULL)
		subscriptions_do(service->subscriptions,
			&(struct subscription_wish){
				.action = SUBSCRIPTION_ACTION_BOUNCE, .token = detail},
			NULL, NULL);
}

static struct mail_queue *create_queue(struct mail_service *service, struct error *reterr)
{
	const struct mail_section *section = service->section;
	const struct mail_options *options = section->options;
	return mail_queue_create(
		&(struct mail_queue_options){
			.loop = section->context->loop,
			.store = section->context->store,
			.rng = section->context->rng,
			.metrics = section->context->metrics,
			.name = section->context->name,
			.relay = mail_options_relay(options, section->hostname),
			.workers = options->workers,
			.limit = options->queue_limit,
			.retry_first = options->retry_first,
			.retry_last = options->retry_last,
			.lifetime = options->queue_lifetime,
			.on_recent = on_recent,
			.on_refused = on_refused,
			.on_state = on_state,
			.data = service,
		},
		reterr);
}

struct mail_service *mail_service_create(const struct mail_section *section, struct error *reterr)
{
	struct mail_service *service = mem_alloc(sizeof *service);
	const struct mail_options *options = section->options;
	service->section = section;
	service->policy = (struct autoreply_policy){section->mailboxes, section->hostname,
		options->trusted_authserv, &options->sender_domains, options->max_received};
	service->limits = create_limits(section);
	service->answered = answered_create(MAIL_QUEUE_RECENT);
	service->queue = create_queue(service, reterr);
	if (service->queue == NULL) {
		mail_service_destroy(service);
		return NULL;
	}
	if (mail_options_minute(options) >= 0)
		service->subscriptions = subscriptions_create(section, service->queue);
	return service;
}

/* Charges the budgets, unless an earlier attempt to answer the message was charged already. */
static bool within_budget(
	struct mail_service *service, const struct smtp_message *message, enum answered_state state)
{
	return state == ANSWERED_STATE_FAILED ||
	       take_budget(service, message->sender.text, ev_now(service->section->context->loop));
}

/* The row is that of the reason in the metrics. */
static void leave_unanswered(const struct mail_service *service, const struct smtp_message *message,
	size_t row, const char *reason)
{
	char sender[SMTP_ADDRESS_PATH_MAX];
	mail_task_show_sender(message->sender.text, sender);
	mail_task_count(service, row);
	log_info(service->section->context->name, "no answer to <%s>: %s", sender, reason);
}

static enum subscription_token_kind token_kind(
	const struct mail_service *service, const struct smtp_message *message)
{
	return service->subscriptions != NULL ? subscription_token_kind(message->detail)
					      : SUBSCRIPTION_TOKEN_NONE;
}

static void on_bounced(void *data, const struct subscription_result *result)
{
	struct mail_task *task = data;
	if (result->outcome == SUBSCRIPTION_OUTCOME_FAILED)
		task->verdicts[SMTP_RECIPIENT_ADDRESS] = SMTP_VERDICT_LATER;
	task->bounce = NULL;
	mail_task_finish_part(task);
}

/* To a return path comes what must never be answered. */
static enum smtp_verdict take_bounce(struct mail_task *task, const struct smtp_message *message)
{
	struct mail_service *service = task->service;
	if (!subscription_desk_is_bounce(
		    &message->sender, message->text.data, message->text.length)) {
		leave_unanswered(service, message, MAIL_METRICS_AUTOMATIC,
			"it came to the return path of a letter, and is not a failure");
		return SMTP_VERDICT_TAKEN;
	}
	mail_task_count(service, MAIL_METRICS_BOUNCES);
	task->pending++;
	task->bounce = subscriptions_do(service->subscriptions,
		&(struct subscription_wish){
			.action = SUBSCRIPTION_ACTION_BOUNCE, .token = message->detail},
		on_bounced, task);
	return SMTP_VERDICT_TAKEN;
}

static enum mail_question_hearer hearer_of(enum autoreply_decision decision)
{
	bool may_be_forged = decision == AUTOREPLY_DECISION_STRANGER ||
			     decision == AUTOREPLY_DECISION_UNAUTHENTICATED;
	if (decision == AUTOREPLY_DECISION_ANSWER)
		return MAIL_QUESTION_HEARER_SENDER;
	return may_be_forged ? MAIL_QUESTION_HEARER_OWNER : MAIL_QUESTION_HEARER_NOBODY;
}

/* A program may end a subscription, but not begin one. */
static bool is_heard(enum subscription_token_kind kind, enum mail_question_hearer hearer)
{
	return hearer == MAIL_QUESTION_HEARER_SENDER || kind == SUBSCRIPTION_TOKEN_END ||
	       (kind == SUBSCRIPTION_TOKEN_CONFIRM && hearer == MAIL_QUESTION_HEARER_OWNER);
}

static bool is_repeated(struct mail_task *task, const struct smtp_message *message,
	enum answered_state state, enum smtp_verdict *ret_verdict)
{
	bool done = state == ANSWERED_STATE_DONE;
	if (!done && state != ANSWERED_STATE_RUNNING)
		return false;
	leave_unanswered(task->service, message, MAIL_METRICS_REPEATED,
		done ? "the message was answered before" : "the message is being answered already");
	*ret_verdict = done ? SMTP_VERDICT_TAKEN : SMTP_VERDICT_LATER;
	return true;
}

static enum smtp_verdict answer(struct mail_task *task, const struct smtp_message *message,
	const struct mail_headers *headers, bool whole_header)
{
	struct mail_service *service = task->service;
	enum subscription_token_kind kind = token_kind(service, message);
	enum smtp_verdict verdict;
	mail_task_count(service, METRICS_REQUESTS);
	if (kind == SUBSCRIPTION_TOKEN_BOUNCE)
		return take_bounce(task, message);
	enum autoreply_decision decision =
		autoreply_decide(&service->policy, &message->sender, headers);
	if (decision == AUTOREPLY_DECISION_ANSWER && !whole_header)
		decision = AUTOREPLY_DECISION_BIG_HEADER;
	enum mail_question_hearer hearer = hearer_of(decision);
	if (!is_heard(kind, hearer)) {
		leave_unanswered(
			service, message, MAIL_METRICS_AUTOMATIC, autoreply_reason(decision));
		return SMTP_VERDICT_TAKEN;
	}
	enum answered_state state = answered_get(service->answered, task->key);
	if (is_repeated(task, message, state, &verdict))
		return verdict;
	if (!within_budget(service, message, state)) {
		leave_unanswered(service, message, MAIL_METRICS_BUDGET,
			"sender_per_hour or total_per_hour is used up");
		if (kind != SUBSCRIPTION_TOKEN_END)
			return SMTP_VERDICT_TAKEN;
		hearer = MAIL_QUESTION_HEARER_NOBODY;
	}
	mail_question_ask(task, message, headers, hearer);
	return task->verdicts[SMTP_RECIPIENT_ADDRESS];
}

static char *trace(const struct mail_service *service, const struct smtp_message *message)
{
	char date[64];
	struct tm parts;
	time_t now = time(NULL);
	gmtime_r(&now, &parts);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &parts);
	return mem_format("Received: by %s (quoted); %s\r\n%s", service->section->hostname, date,
		message->text.data ? message->text.data : "");
}

static enum smtp_verdict forward(struct mail_task *task, const struct smtp_message *message,
	const struct mail_headers *headers)
{
	const struct mail_service *service = task->service;
	long hops = 0;
	for (size_t i = 0; i < headers->count; i++)
		hops += strcasecmp(headers->items[i].name, "Received") == 0;
	if (hops > service->policy.max_received) {
		log_warning(service->section->context->name,
			"refused a message to postmaster: it has too many Received fields, as in a "
			"mail loop");
		return SMTP_VERDICT_REFUSED;
	}
	/* We do not use SMTPUTF8 with the relay, so a sender who needs it becomes the null path.
	 * Two copies are better than none. */
	bool sent = mail_task_send(task, SMTP_RECIPIENT_POSTMASTER,
		&(struct relay_message){
			.sender = mem_strdup(message->sender.utf8 ? "" : message->sender.text),
			.recipient = mem_strdup(service->section->options->postmaster),
			.text = trace(service, message),
			.repeat = true});
	return sent ? SMTP_VERDICT_TAKEN : SMTP_VERDICT_LATER;
}

/* Returns false if the header is malformed, or larger than what was kept. */
static bool read_headers(const struct smtp_message *message, struct mail_headers *headers)
{
	struct buffer text = {0};
	buffer_append(&text, message->text.data, message->text.length);
	/* A message may be a header alone (RFC 5322 3.5). */
	if (message->size == message->text.length)
		buffer_add(&text, "\r\n");
	bool whole = mime_read_headers(text.data, text.length, headers);
	buffer_finish(&text);
	return whole;
}

static char *message_key(const struct smtp_message *message, const struct mail_headers *headers)
{
	const char *field = mail_headers_find(headers, "Message-ID");
	char *id = field ? mime_message_id(field) : NULL;
	char *key = id ? mem_format("%s %s", message->sender.text, id) : mem_strdup("");
	free(id);
	return key;
}

struct mail_task *mail_service_take(struct mail_service *service,
	const struct smtp_message *message, mail_service_callback *callback, void *data,
	enum smtp_verdict ret_verdicts[SMTP_RECIPIENT_COUNT])
{
	struct mail_headers headers = {0};
	bool whole_header = read_headers(message, &headers);
	struct mail_task *task = mail_task_create(service, callback, data);
	task->key = message_key(message, &headers);
	if (message->wanted[SMTP_RECIPIENT_ADDRESS]) {
		task->verdicts[SMTP_RECIPIENT_ADDRESS] =
			answer(task, message, &headers, whole_header);
	}
	if (message->wanted[SMTP_RECIPIENT_POSTMASTER])
		task->verdicts[SMTP_RECIPIENT_POSTMASTER] = forward(task, message, &headers);
	mail_headers_finish(&headers);
	memcpy(ret_verdicts, task->verdicts, sizeof task->verdicts);
	if (--task->pending > 0)
		return task;
	mail_task_destroy(task);
	return NULL;
}

void mail_service_abandon(struct mail_task *task)
{
	task->callback = NULL;
}

size_t mail_service_pending(const struct mail_service *service)
{
	size_t changes =
		service->subscriptions != NULL ? subscriptions_pending(service->subscriptions) : 0;
	return mail_queue_pending(service->queue) + mail_question_count(service) + changes;
}

const char *mail_service_failure(const struct mail_service *service)
{
	return mail_queue_failure(service->queue);
}

void mail_service_drain(struct mail_service *service)
{
	if (service->subscriptions != NULL)
		subscriptions_drain(service->subscriptions);
	mail_queue_drain(service->queue);
}

void mail_service_destroy(struct mail_service *service)
{
	if (service == NULL)
		return;
	mail_signup_drop_all(service);
	subscriptions_close(service->subscriptions);
	mail_queue_close(service->queue);
	mail_question_drop_all(service);
	while (service->tasks)
		mail_task_destroy(service->tasks);
	answered_destroy(service->answered);
	limits_destroy(service->limits);
	free(service);
}
