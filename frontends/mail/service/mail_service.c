#include "frontends/mail/service/mail_service.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_command.h"
#include "frontends/mail/mail_headers.h"
#include "frontends/mail/mime.h"
#include "frontends/mail/mime_compose.h"
#include "frontends/mail/service/answered.h"
#include "frontends/mail/service/mail_answer.h"
#include "frontends/mail/service/mail_signup.h"
#include "frontends/mail/subscription/subscription_desk.h"
#include "frontends/net/limits.h"

enum {
	SENDER_LIMIT = 10000, /* senders whose budgets are kept, at the least */
	MS = 1000,
};

struct mail_service {
	struct mail_service_options options;
	struct mail_queue *queue;
	struct limits *limits;
	struct answered *answered;
	struct subscriptions *subscriptions; /* NULL: there are none */
	struct mail_signup *signup;          /* to them; NULL as well */
	struct mail_task *tasks;
	struct question *questions;
};

/* Who may hear what became of a message. A token says whose it is, although the sender may be
 * forged or a program. */
enum hearer { HEARER_SENDER, HEARER_OWNER, HEARER_NOBODY };

/* What a message asks for; its task waits for the answer, then until that is durable. */
struct question {
	struct mail_task *task;
	struct question *next;
	struct ask_ticket *ticket;
	struct mail_headers headers;        /* of the message */
	const struct smtp_address *mailbox; /* ours, that it came to */
	char *sender;
	enum hearer hearer;
	struct subscription_order order;
	struct subscription_task *change;
};

struct mail_task {
	struct mail_service *service;
	struct mail_task *next;
	mail_service_callback *callback; /* NULL: abandoned */
	void *data;
	char *key;   /* of the message in answered */
	int pending; /* answers and jobs that are waited for */
	struct subscription_task *bounce;
	enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT];
};

static struct limits *create_limits(const struct mail_service_options *options)
{
	double by_one = (double)options->sender_per_hour;
	double by_all = (double)options->total_per_hour;
	return limits_create(&(struct limits_options){
		.loop = options->context->loop,
		.name = options->context->name,
		.unit = "answer",
		.one = {"sender_per_hour", options->sender_per_hour, by_one, by_one / 3600},
		.all = {"total_per_hour", options->total_per_hour, by_all, by_all / 3600},
		/* With fewer, senders beyond them would get silence. */
		.keys = by_all > SENDER_LIMIT ? (size_t)by_all : SENDER_LIMIT,
		.seed = rng_next(options->context->rng),
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
	if (service->options.context->on_state != NULL)
		service->options.context->on_state(service->options.context);
}

/* A letter that the relay itself refuses bounces as well as one that comes back. */
static void on_refused(void *data, const char *sender)
{
	struct mail_service *service = data;
	struct smtp_address path;
	const char *detail;
	if (service->subscriptions != NULL && smtp_address_parse(sender, &path) &&
		smtp_mailboxes_find(service->options.policy.own, &path, &detail) != NULL)
		subscriptions_do(service->subscriptions,
			&(struct subscription_wish){
				.action = SUBSCRIPTION_ACTION_BOUNCE, .token = detail},
			NULL, NULL);
}

static struct subscriptions *create_subscriptions(struct mail_service *service)
{
	const struct mail_service_options *options = &service->options;
	return subscriptions_create(&(struct subscriptions_options){
		.context = options->context,
		.queue = service->queue,
		.mailboxes = options->policy.own,
		.from_name = options->from_name,
		.hostname = options->hostname,
		.fit = options->fit,
		.max_unconfirmed = options->max_unconfirmed,
		.bounce_days = options->bounce_days,
		.subscribers_row = MAIL_SERVICE_METRICS_SUBSCRIBERS,
	});
}

static struct mail_signup *create_signup(const struct mail_service *service)
{
	return mail_signup_create(&(struct mail_signup_options){
		.context = service->options.context,
		.subscriptions = service->subscriptions,
		.queue = service->queue,
		.limits = service->limits,
		.policy = &service->options.policy,
		.minute = service->options.subscription_minute,
	});
}

struct mail_service *mail_service_create(
	const struct mail_service_options *options, struct error *reterr)
{
	struct mail_service *service = mem_alloc(sizeof *service);
	service->options = *options;
	service->limits = create_limits(options);
	service->answered = answered_create(MAIL_QUEUE_RECENT);
	service->options.queue.on_recent = on_recent;
	service->options.queue.on_state = on_state;
	service->options.queue.on_refused = on_refused;
	service->options.queue.data = service;
	service->queue = mail_queue_create(&service->options.queue, reterr);
	if (service->queue == NULL) {
		mail_service_destroy(service);
		return NULL;
	}
	if (options->subscription_minute >= 0) {
		service->subscriptions = create_subscriptions(service);
		service->signup = create_signup(service);
	}
	return service;
}

static void task_destroy(struct mail_task *task)
{
	struct mail_task **link = &task->service->tasks;
	while (*link != task)
		link = &(*link)->next;
	*link = task->next;
	subscriptions_abandon(task->bounce);
	free(task->key);
	free(task);
}

static void finish_part(struct mail_task *task)
{
	if (--task->pending)
		return;
	if (task->callback)
		task->callback(task->data, task->verdicts);
	task_destroy(task);
}

static void count(const struct mail_service *service, size_t row)
{
	metrics_add(service->options.context->metrics, row, 1);
}

/* The sender as the log shows it. */
static void show_sender(const char *sender, char ret_text[SMTP_ADDRESS_PATH_MAX])
{
	snprintf(ret_text, SMTP_ADDRESS_PATH_MAX, "%s", sender);
	log_shorten_mailbox(ret_text, sender);
}

static void take_verdict(
	struct mail_task *task, enum smtp_recipient recipient, enum mail_queue_verdict verdict)
{
	if (verdict == MAIL_QUEUE_VERDICT_FAILED)
		task->verdicts[recipient] = SMTP_VERDICT_LATER;
	if (verdict == MAIL_QUEUE_VERDICT_REPEATED)
		count(task->service, MAIL_SERVICE_METRICS_REPEATED);
}

static void on_answered(void *data, enum mail_queue_verdict verdict)
{
	struct mail_task *task = data;
	answered_set(task->service->answered, task->key,
		verdict == MAIL_QUEUE_VERDICT_FAILED ? ANSWERED_STATE_FAILED : ANSWERED_STATE_DONE);
	take_verdict(task, SMTP_RECIPIENT_ADDRESS, verdict);
	finish_part(task);
}

static void on_forwarded(void *data, enum mail_queue_verdict verdict)
{
	struct mail_task *task = data;
	take_verdict(task, SMTP_RECIPIENT_POSTMASTER, verdict);
	finish_part(task);
}

/* Takes over the text. Returns false if the queue is full. */
static bool submit(struct mail_task *task, const struct relay_message *message, const char *key,
	mail_queue_callback *done)
{
	struct mail_service *service = task->service;
	if (!mail_queue_is_full(service->queue)) {
		struct relay_message copy = *message;
		copy.sender = mem_strdup(message->sender);
		copy.recipient = mem_strdup(message->recipient);
		task->pending++;
		mail_queue_add(service->queue, &copy, key, done, task);
		return true;
	}
	count(service, MAIL_SERVICE_METRICS_QUEUE);
	log_warning(service->options.context->name,
		"put off a message: too many are waiting for the relay; raise queue_limit or "
		"workers");
	free(message->text);
	return false;
}

static char *compose(const struct question *question, const struct mail_answer *answer)
{
	size_t length;
	const struct mail_service *service = question->task->service;
	const struct mail_headers *headers = &question->headers;
	const struct mail_service_options *options = &service->options;
	time_t date = time(NULL);
	char *id = mem_format("%" PRIx64 ".%016" PRIx64 "@%s", (uint64_t)date,
		rng_next(options->context->rng), options->hostname);
	char *text = mime_compose(
		&(struct mime_answer){
			.from_name = options->from_name,
			.from_address = question->mailbox->text,
			.to_address = question->sender,
			.message_id = id,
			.subject = mail_headers_find(headers, "Subject"),
			.in_reply_to = mail_headers_find(headers, "Message-ID"),
			.references = mail_headers_find(headers, "References"),
			.text = answer->text.data,
			.html = answer->html.data,
			.date = date,
		},
		&length);
	free(id);
	return text;
}

/* Charges the budgets, unless an earlier attempt to answer the message was charged already. */
static bool within_budget(
	struct mail_service *service, const struct smtp_message *message, enum answered_state state)
{
	return state == ANSWERED_STATE_FAILED ||
	       take_budget(service, message->sender.text, ev_now(service->options.context->loop));
}

static void read_command(const struct mail_service *service, const struct smtp_message *message,
	const struct mail_headers *headers, struct mail_command *ret_command)
{
	const char *field = mail_headers_find(headers, "Subject");
	char *subject = field != NULL ? mime_decode(field) : NULL;
	char *line = mime_first_line(message->text.data, message->text.length);
	mail_command_choose(service->options.context->asker,
		&(struct mail_command_places){subject, message->detail, line}, ret_command);
	free(line);
	free(subject);
}

static void free_question(struct question *question)
{
	struct question **link = &question->task->service->questions;
	while (*link != question)
		link = &(*link)->next;
	*link = question->next;
	subscriptions_abandon(question->change);
	subscription_desk_finish(&question->order);
	mail_headers_finish(&question->headers);
	free(question->sender);
	free(question);
}

/* Sends \p mail, which it takes over. Returns false if the queue is full. */
static bool send_mail(const struct question *question, char *mail)
{
	char null_path[] = "";
	struct relay_message message = {.sender = null_path, .recipient = question->sender};
	message.text = mail;
	return submit(question->task, &message, question->task->key, on_answered);
}

/* Sends the quote, or the reason why there is none. */
static bool reply(const struct question *question, const struct ask_answer *found)
{
	const struct mail_service *service = question->task->service;
	struct mail_answer answer = {.daily = service->subscriptions != NULL};
	mail_answer_write(service->options.context, &service->options.fit, found, &answer);
	char *mail = compose(question, &answer);
	mail_answer_finish(&answer);
	return send_mail(question, mail);
}

static void put_off(struct mail_task *task)
{
	task->verdicts[SMTP_RECIPIENT_ADDRESS] = SMTP_VERDICT_LATER;
	answered_set(task->service->answered, task->key, ANSWERED_STATE_FAILED);
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct question *question = data;
	struct mail_task *task = question->task;
	struct mail_service *service = task->service;
	/* The sender's server tries again, and may then get a quote. */
	bool later = answer->outcome == ASK_OUTCOME_LATER || answer->outcome == ASK_OUTCOME_FAILED;
	if (later) {
		char sender[SMTP_ADDRESS_PATH_MAX];
		count(service, MAIL_SERVICE_METRICS_LATER);
		show_sender(question->sender, sender);
		log_warning(service->options.context->name, "put off a message from %s: %s", sender,
			answer->reason);
	}
	if (later || !reply(question, answer))
		put_off(task);
	free_question(question);
	finish_part(task);
}

/* Says what became of a subscription, to whom it belongs. */
static bool tell_change(struct question *question, const struct subscription_result *result)
{
	const struct mail_service *service = question->task->service;
	const struct subscription_wish *wish = &question->order.wish;
	struct mail_answer answer = {0};
	bool asks = wish->action == SUBSCRIPTION_ACTION_ASK &&
		    result->outcome == SUBSCRIPTION_OUTCOME_DONE;
	if (asks)
		return send_mail(question,
			subscriptions_compose(service->subscriptions, wish, result->token));
	if (result->row.address != NULL) {
		free(question->sender);
		question->sender = mem_strdup(result->row.address);
	}
	subscription_desk_explain(wish->action, result, &answer.text);
	char *mail = compose(question, &answer);
	mail_answer_finish(&answer);
	return send_mail(question, mail);
}

static void on_changed(void *data, const struct subscription_result *result)
{
	struct question *question = data;
	struct mail_task *task = question->task;
	bool done = result->outcome == SUBSCRIPTION_OUTCOME_DONE;
	bool told = question->hearer == HEARER_SENDER || (question->hearer == HEARER_OWNER && done);
	question->change = NULL;
	if (result->outcome == SUBSCRIPTION_OUTCOME_FAILED ||
		(told && !tell_change(question, result)))
		put_off(task);
	else if (!told)
		answered_set(task->service->answered, task->key, ANSWERED_STATE_DONE);
	free_question(question);
	finish_part(task);
}

static void explain(struct question *question, const char *reason)
{
	on_answer(question, &(struct ask_answer){.outcome = ASK_OUTCOME_NONE, .reason = reason});
}

static void change_subscription(struct question *question, const struct mail_command *command)
{
	const struct mail_service *service = question->task->service;
	struct buffer reason = {0};
	if (subscription_desk_read(service->subscriptions, command, question->sender,
		    service->options.subscription_minute, &question->order, &reason))
		question->change = subscriptions_do(
			service->subscriptions, &question->order.wish, on_changed, question);
	else
		explain(question, reason.data);
	buffer_finish(&reason);
}

/* It has a token, but does not use it, and its sender may not be answered. */
static void drop_question(struct question *question)
{
	struct mail_task *task = question->task;
	answered_set(task->service->answered, task->key, ANSWERED_STATE_DONE);
	free_question(question);
	finish_part(task);
}

static void ask_or_explain(struct mail_service *service, const struct smtp_message *message,
	const struct mail_headers *headers, struct question *question)
{
	struct ask ask;
	struct mail_command command;
	struct ask_ticket *ticket = NULL;
	read_command(service, message, headers, &command);
	bool about_subscriptions = service->subscriptions != NULL && subscription_desk_is(&command);
	if (about_subscriptions)
		change_subscription(question, &command);
	else if (question->hearer != HEARER_SENDER)
		drop_question(question);
	else if (mail_command_ask(&command, &service->options.fit, &ask))
		ticket = asker_ask(service->options.context->asker, &ask, on_answer, question);
	else
		explain(question, mail_answer_reason(&command));
	/* Without one, the question has been answered and freed. */
	if (ticket != NULL)
		question->ticket = ticket;
	mail_command_finish(&command);
}

static enum smtp_verdict send_answer(struct mail_task *task, const struct smtp_message *message,
	const struct mail_headers *headers, enum hearer hearer)
{
	struct mail_service *service = task->service;
	struct question *question = mem_alloc(sizeof *question);
	question->task = task;
	question->next = service->questions;
	service->questions = question;
	question->sender = mem_strdup(message->sender.text);
	question->mailbox = message->mailbox;
	question->hearer = hearer;
	for (size_t i = 0; i < headers->count; i++)
		mail_headers_add(
			&question->headers, headers->items[i].name, headers->items[i].value);
	task->pending++;
	answered_set(service->answered, task->key, ANSWERED_STATE_RUNNING);
	ask_or_explain(service, message, headers, question);
	return task->verdicts[SMTP_RECIPIENT_ADDRESS];
}

/* The row is that of the reason in the metrics. */
static void leave_unanswered(const struct mail_service *service, const struct smtp_message *message,
	size_t row, const char *reason)
{
	char sender[SMTP_ADDRESS_PATH_MAX];
	show_sender(message->sender.text, sender);
	count(service, row);
	log_info(service->options.context->name, "no answer to <%s>: %s", sender, reason);
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
	finish_part(task);
}

/* To a return path comes what must never be answered. */
static enum smtp_verdict take_bounce(struct mail_task *task, const struct smtp_message *message)
{
	struct mail_service *service = task->service;
	if (!subscription_desk_is_bounce(
		    &message->sender, message->text.data, message->text.length)) {
		leave_unanswered(service, message, MAIL_SERVICE_METRICS_AUTOMATIC,
			"it came to the return path of a letter, and is not a failure");
		return SMTP_VERDICT_TAKEN;
	}
	count(service, MAIL_SERVICE_METRICS_BOUNCES);
	task->pending++;
	task->bounce = subscriptions_do(service->subscriptions,
		&(struct subscription_wish){
			.action = SUBSCRIPTION_ACTION_BOUNCE, .token = message->detail},
		on_bounced, task);
	return SMTP_VERDICT_TAKEN;
}

static enum hearer hearer_of(enum autoreply_decision decision)
{
	bool may_be_forged = decision == AUTOREPLY_DECISION_STRANGER ||
			     decision == AUTOREPLY_DECISION_UNAUTHENTICATED;
	if (decision == AUTOREPLY_DECISION_ANSWER)
		return HEARER_SENDER;
	return may_be_forged ? HEARER_OWNER : HEARER_NOBODY;
}

/* A program may end a subscription, but not begin one. */
static bool is_heard(enum subscription_token_kind kind, enum hearer hearer)
{
	return hearer == HEARER_SENDER || kind == SUBSCRIPTION_TOKEN_END ||
	       (kind == SUBSCRIPTION_TOKEN_CONFIRM && hearer == HEARER_OWNER);
}

static bool is_repeated(struct mail_task *task, const struct smtp_message *message,
	enum answered_state state, enum smtp_verdict *ret_verdict)
{
	bool done = state == ANSWERED_STATE_DONE;
	if (!done && state != ANSWERED_STATE_RUNNING)
		return false;
	leave_unanswered(task->service, message, MAIL_SERVICE_METRICS_REPEATED,
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
	count(service, METRICS_REQUESTS);
	if (kind == SUBSCRIPTION_TOKEN_BOUNCE)
		return take_bounce(task, message);
	enum autoreply_decision decision =
		autoreply_decide(&service->options.policy, &message->sender, headers);
	if (decision == AUTOREPLY_DECISION_ANSWER && !whole_header)
		decision = AUTOREPLY_DECISION_BIG_HEADER;
	enum hearer hearer = hearer_of(decision);
	if (!is_heard(kind, hearer)) {
		leave_unanswered(service, message, MAIL_SERVICE_METRICS_AUTOMATIC,
			autoreply_reason(decision));
		return SMTP_VERDICT_TAKEN;
	}
	enum answered_state state = answered_get(service->answered, task->key);
	if (is_repeated(task, message, state, &verdict))
		return verdict;
	if (!within_budget(service, message, state)) {
		leave_unanswered(service, message, MAIL_SERVICE_METRICS_BUDGET,
			"sender_per_hour or total_per_hour is used up");
		if (kind != SUBSCRIPTION_TOKEN_END)
			return SMTP_VERDICT_TAKEN;
		hearer = HEARER_NOBODY;
	}
	return send_answer(task, message, headers, hearer);
}

static char *trace(const struct mail_service *service, const struct smtp_message *message)
{
	char date[64];
	struct tm parts;
	time_t now = time(NULL);
	gmtime_r(&now, &parts);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &parts);
	return mem_format("Received: by %s (quoted); %s\r\n%s", service->options.hostname, date,
		message->text.data ? message->text.data : "");
}

static enum smtp_verdict forward(struct mail_task *task, const struct smtp_message *message,
	const struct mail_headers *headers)
{
	const struct mail_service *service = task->service;
	long hops = 0;
	for (size_t i = 0; i < headers->count; i++)
		hops += strcasecmp(headers->items[i].name, "Received") == 0;
	if (hops > service->options.policy.max_received) {
		log_warning(service->options.context->name,
			"refused a message to postmaster: it has too many Received fields, as in a "
			"mail loop");
		return SMTP_VERDICT_REFUSED;
	}
	/* We do not use SMTPUTF8 with the relay, so a sender who needs it becomes the null path.
	 * Two copies are better than none. */
	char *sender = mem_strdup(message->sender.utf8 ? "" : message->sender.text);
	char *postmaster = mem_strdup(service->options.postmaster);
	bool sent = submit(task,
		&(struct relay_message){.sender = sender,
			.recipient = postmaster,
			.text = trace(service, message),
			.repeat = true},
		NULL, on_forwarded);
	free(sender);
	free(postmaster);
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

static struct mail_task *task_create(
	struct mail_service *service, mail_service_callback *callback, void *data)
{
	struct mail_task *task = mem_alloc(sizeof *task);
	task->service = service;
	task->callback = callback;
	task->data = data;
	task->next = service->tasks;
	task->pending = 1; /* for mail_service_take() itself */
	service->tasks = task;
	return task;
}

struct mail_task *mail_service_take(struct mail_service *service,
	const struct smtp_message *message, mail_service_callback *callback, void *data,
	enum smtp_verdict ret_verdicts[SMTP_RECIPIENT_COUNT])
{
	struct mail_headers headers = {0};
	bool whole_header = read_headers(message, &headers);
	struct mail_task *task = task_create(service, callback, data);
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
	task_destroy(task);
	return NULL;
}

void mail_service_abandon(struct mail_task *task)
{
	task->callback = NULL;
}

size_t mail_service_pending(const struct mail_service *service)
{
	size_t questions = 0;
	for (const struct question *at = service->questions; at != NULL; at = at->next)
		questions++;
	size_t changes =
		service->subscriptions != NULL ? subscriptions_pending(service->subscriptions) : 0;
	return mail_queue_pending(service->queue) + questions + changes;
}

void mail_service_subscribe(struct mail_service *service, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	mail_signup_take(service->signup, wish, callback, data);
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
	mail_signup_destroy(service->signup);
	subscriptions_close(service->subscriptions);
	mail_queue_close(service->queue);
	while (service->questions != NULL) {
		asker_cancel(service->questions->ticket);
		free_question(service->questions);
	}
	while (service->tasks)
		task_destroy(service->tasks);
	answered_destroy(service->answered);
	limits_destroy(service->limits);
	free(service);
}
