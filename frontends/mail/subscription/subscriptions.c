#include "frontends/mail/subscription/subscriptions.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utlist.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mime_compose.h"
#include "frontends/mail/subscription/subscription_run.h"

enum { MS = 1000 };

struct subscriptions {
	const struct mail_section *section;
	struct subscription_run *run;
	struct subscription_task *tasks;
};

struct subscription_task {
	struct store_work work;
	struct subscriptions *subscriptions; /* NULL: they are closed */
	struct subscription_task *next;
	struct subscription_row asked; /* of ASK and END_ADDRESS */
	struct subscription_token token;
	bool has_token;
	long most; /* max_unconfirmed or bounce_days */
	int64_t now;
	struct subscription_result result;
	subscription_callback *callback; /* NULL: abandoned */
	void *data;
};

/* Returns the address of the page for \p token, the caller's to free; NULL: there is none. */
static char *page_for(const struct frontend_context *context, const char *token)
{
	struct buffer page = {0};
	if (context->write_link == NULL || !context->write_link(context, "subscription/", &page))
		return NULL;
	buffer_add(&page, token);
	return page.data;
}

void subscriptions_fill_home(const struct mail_section *section, struct subscription_home *ret_home)
{
	const struct smtp_mailboxes *mailboxes = section->mailboxes;
	*ret_home = (struct subscription_home){
		.delimiter = *mailboxes->delimiters,
		.section = mem_strdup(section->context->name),
		.hostname = mem_strdup(section->hostname),
	};
	smtp_address_copy(&ret_home->mailbox, &mailboxes->items[0]);
	ret_home->page = page_for(section->context, "");
	if (ret_home->page != NULL && strncmp(ret_home->page, "https:", 6) != 0) {
		free(ret_home->page);
		ret_home->page = NULL;
	}
}

struct subscriptions *subscriptions_create(
	const struct mail_section *section, struct mail_queue *queue)
{
	struct subscriptions *subscriptions = mem_alloc(sizeof *subscriptions);
	subscriptions->section = section;
	subscriptions->run = subscription_run_create(section, queue);
	return subscriptions;
}

static bool run_task(struct store_work *work, struct db *db)
{
	struct subscription_task *task = (struct subscription_task *)work;
	struct subscription_result *result = &task->result;
	const struct subscription_row *asked = &task->asked;
	result->outcome = SUBSCRIPTION_OUTCOME_WRONG;
	switch (result->wish.action) {
	case SUBSCRIPTION_ACTION_ASK:
		return subscription_store_request(
			db, asked, task->most, task->now, result->token, &result->outcome);
	case SUBSCRIPTION_ACTION_CONFIRM:
		return !task->has_token || subscription_store_confirm(db, &task->token, task->now,
						   &result->row, &result->outcome);
	case SUBSCRIPTION_ACTION_END:
		return !task->has_token ||
		       subscription_store_end(db, &task->token, &result->row, &result->outcome);
	case SUBSCRIPTION_ACTION_END_ADDRESS:
		return subscription_store_end_address(
			db, asked->section, asked->address, &result->outcome);
	case SUBSCRIPTION_ACTION_BOUNCE:
		return !task->has_token ||
		       subscription_store_bounce(db, &task->token, day_of((time_t)(task->now / MS)),
			       task->most, &result->row, &result->outcome);
	}
	return false;
}

static void tell(const struct subscription_task *task)
{
	const struct subscription_result *result = &task->result;
	const char *name = task->subscriptions->section->context->name;
	const char *address =
		result->row.address != NULL ? result->row.address : task->asked.address;
	char shown[SMTP_ADDRESS_PATH_MAX];
	snprintf(shown, sizeof shown, "%s", address);
	log_shorten_mailbox(shown, sizeof shown, address);
	switch (result->wish.action) {
	case SUBSCRIPTION_ACTION_ASK:
		log_info(name, "%s is asked to confirm a subscription", shown);
		break;
	case SUBSCRIPTION_ACTION_CONFIRM:
		log_info(name, "%s has subscribed", shown);
		break;
	case SUBSCRIPTION_ACTION_END:
	case SUBSCRIPTION_ACTION_END_ADDRESS:
		log_info(name, "%s has unsubscribed", shown);
		break;
	case SUBSCRIPTION_ACTION_BOUNCE:
		log_info(name, "the letters to %s bounce, for %lld of %ld days%s", shown,
			(long long)result->row.bounces, task->most,
			result->row.bounces >= task->most ? "; the subscription is suspended" : "");
		break;
	}
}

static void free_task(struct subscription_task *task)
{
	subscription_row_finish(&task->asked);
	subscription_row_finish(&task->result.row);
	free(task);
}

static void on_done(struct store_work *work, const char *failure)
{
	struct subscription_task *task = (struct subscription_task *)work;
	struct subscriptions *subscriptions = task->subscriptions;
	if (failure != NULL)
		task->result.outcome = SUBSCRIPTION_OUTCOME_FAILED;
	if (subscriptions != NULL) {
		LL_DELETE(subscriptions->tasks, task);
		if (failure != NULL)
			log_error(subscriptions->section->context->name,
				"a subscription cannot be changed: %s", failure);
		if (task->result.outcome == SUBSCRIPTION_OUTCOME_DONE) {
			tell(task);
			subscription_run_wake(subscriptions->run);
		}
		if (task->callback != NULL)
			task->callback(task->data, &task->result);
	}
	free_task(task);
}

static long limit_of(const struct subscriptions *subscriptions, enum subscription_action action)
{
	const struct mail_options *mail = subscriptions->section->options;
	return action == SUBSCRIPTION_ACTION_ASK ? mail->max_unconfirmed : mail->bounce_days;
}

struct subscription_task *subscriptions_do(struct subscriptions *subscriptions,
	const struct subscription_wish *wish, subscription_callback *callback, void *data)
{
	const struct mail_section *section = subscriptions->section;
	struct subscription_task *task = mem_alloc(sizeof *task);
	task->work = (struct store_work){
		.schema = &subscription_store_schema, .run = run_task, .done = on_done};
	task->subscriptions = subscriptions;
	LL_PREPEND(subscriptions->tasks, task);
	task->asked = (struct subscription_row){
		.section = mem_strdup(section->context->name),
		.address = mem_strdup(wish->address != NULL ? wish->address : ""),
		.collection = mem_strdup(wish->collection != NULL ? wish->collection : ""),
		.minute = wish->minute >= 0 ? wish->minute : mail_options_minute(section->options),
	};
	task->result.wish = (struct subscription_wish){wish->action, task->asked.address,
		task->asked.collection, (int)task->asked.minute, NULL};
	task->has_token = wish->token != NULL && subscription_token_read(wish->token, &task->token);
	task->most = limit_of(subscriptions, wish->action);
	task->now = mail_store_now();
	task->callback = callback;
	task->data = data;
	store_submit(section->context->store, &task->work);
	return task;
}

void subscriptions_abandon(struct subscription_task *task)
{
	if (task != NULL)
		task->callback = NULL;
}

static void take_reason(void *data, const struct ask_answer *answer)
{
	struct buffer *reason = data;
	buffer_add(reason, answer->count > 0 ? "" : answer->reason);
}

/* RANDOM is answered at once. */
bool subscriptions_know(
	const struct subscriptions *subscriptions, const char *collection, struct buffer *reason)
{
	struct ask ask = {.kind = ASK_KIND_RANDOM, .collection = collection, .limit = 1};
	if (*collection == '\0')
		return true;
	asker_ask(subscriptions->section->context->asker, &ask, take_reason, reason);
	return reason->length == 0;
}

static char *compose(const struct subscriptions *subscriptions,
	const struct subscription_wish *wish, const char *title, const char *reply_to,
	const char *text)
{
	const struct mail_section *section = subscriptions->section;
	time_t date = time(NULL);
	char *id = mem_format("%" PRIx64 ".%016" PRIx64 "@%s", (uint64_t)date,
		rng_next(section->context->rng), section->hostname);
	char *mail = mime_compose(&(struct mime_answer){
		.from_name = section->options->from_name,
		.from_address = section->mailboxes->items[0].text,
		.to_address = wish->address,
		.message_id = id,
		.reply_to = reply_to,
		.title = title,
		.generated = true,
		.text = text,
		.date = date,
	});
	free(id);
	return mail;
}

char *subscriptions_compose(const struct subscriptions *subscriptions,
	const struct subscription_wish *wish, const char *token)
{
	struct subscription_home home;
	struct buffer reply_to = {0};
	struct buffer text = {0};
	char *title = mem_format("Confirm %s", token);
	subscriptions_fill_home(subscriptions->section, &home);
	subscription_letter_mailbox(&home, token, &reply_to);
	char *link = page_for(subscriptions->section->context, token);
	subscription_letter_ask(wish->collection, wish->minute, link, &text);
	free(link);
	char *mail = compose(subscriptions, wish, title, reply_to.data, text.data);
	subscription_home_finish(&home);
	buffer_finish(&reply_to);
	buffer_finish(&text);
	free(title);
	return mail;
}

size_t subscriptions_pending(const struct subscriptions *subscriptions)
{
	size_t count;
	const struct subscription_task *at;
	LL_COUNT(subscriptions->tasks, at, count);
	return count;
}

void subscriptions_drain(struct subscriptions *subscriptions)
{
	subscription_run_drain(subscriptions->run);
}

void subscriptions_close(struct subscriptions *subscriptions)
{
	if (subscriptions == NULL)
		return;
	subscription_run_close(subscriptions->run);
	for (struct subscription_task *at = subscriptions->tasks; at != NULL; at = at->next)
		at->subscriptions = NULL;
	free(subscriptions);
}
