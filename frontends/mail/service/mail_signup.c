#include "frontends/mail/service/mail_signup.h"

#include <stdlib.h>
#include <string.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "frontends/mail/service/mail_service_parts.h"
#include "frontends/mail/subscription/subscription_desk.h"
#include "frontends/net/limits.h"

/* A wish whose outcome is not known yet. */
struct mail_signup {
	struct mail_service *service;
	struct mail_signup *next;
	struct subscription_task *task; /* NULL: its mail is being kept */
	struct buffer asked;            /* that it was asked to confirm, to be told then */
	frontend_wish_callback *callback;
	void *data;
};

static const char failed[] = "This cannot be done at the moment; please try again in a minute.";

static void tell(struct mail_signup *signup, enum frontend_outcome outcome, const char *text)
{
	LL_DELETE(signup->service->signups, signup);
	signup->callback(signup->data, outcome, text);
	buffer_finish(&signup->asked);
	free(signup);
}

/* Asking */

/* Returns why no mail can go to the address, or NULL. */
static const char *judge(const struct mail_service *service, const char *text)
{
	struct smtp_address address;
	const struct mail_headers none = {0};
	if (!smtp_address_parse(text, &address))
		return "This is not a mail address; write it as name@example.org.";
	enum autoreply_decision decision = autoreply_decide(&service->policy, &address, &none);
	if (address.utf8)
		return "Only addresses in ASCII letters can have a daily quote.";
	/* Who asks to confirm finds out whether a stranger has the mailbox. */
	bool is_person = decision == AUTOREPLY_DECISION_ANSWER ||
			 decision == AUTOREPLY_DECISION_STRANGER ||
			 decision == AUTOREPLY_DECISION_UNAUTHENTICATED;
	return is_person ? NULL : "Daily quotes go to people; use an address that a person reads.";
}

static bool is_over_budget(const struct mail_service *service, const struct frontend_wish *wish)
{
	struct limits *limits = service->limits;
	double now = ev_now(service->section->context->loop);
	char *key = smtp_address_fold(wish->address);
	bool over = limits_take(limits, wish->client, now) != LIMITS_REASON_NONE ||
		    limits_take_key(limits, key, strlen(key), now) != LIMITS_REASON_NONE;
	free(key);
	return over;
}

static void on_kept(void *data, enum mail_queue_verdict verdict)
{
	struct mail_signup *signup = data;
	if (verdict == MAIL_QUEUE_VERDICT_FAILED)
		tell(signup, FRONTEND_OUTCOME_FAILED, failed);
	else
		tell(signup, FRONTEND_OUTCOME_DONE, signup->asked.data);
}

/* Two copies are better than none. */
static void mail_request(struct mail_signup *signup, const struct subscription_result *result)
{
	const struct mail_service *service = signup->service;
	const struct subscription_wish *wish = &result->wish;
	struct relay_message message = {
		.sender = mem_strdup(""),
		.recipient = mem_strdup(wish->address),
		.text = subscriptions_compose(service->subscriptions, wish, result->token),
		.repeat = true,
	};
	buffer_format(&signup->asked,
		"We have written to %s. Open the link in that mail, or reply to it, to get a quote "
		"each day ",
		wish->address);
	subscription_letter_time(wish->collection, wish->minute, &signup->asked);
	buffer_add(&signup->asked, ".");
	mail_queue_add(service->queue, &message, NULL, on_kept, signup);
}

static enum frontend_outcome outcome_of(enum subscription_outcome outcome)
{
	switch (outcome) {
	case SUBSCRIPTION_OUTCOME_DONE:
		return FRONTEND_OUTCOME_DONE;
	case SUBSCRIPTION_OUTCOME_WRONG:
		return FRONTEND_OUTCOME_WRONG;
	case SUBSCRIPTION_OUTCOME_CROWDED:
		return FRONTEND_OUTCOME_LIMITED;
	case SUBSCRIPTION_OUTCOME_FAILED:
		break;
	}
	return FRONTEND_OUTCOME_FAILED;
}

static void on_changed(void *data, const struct subscription_result *result)
{
	struct mail_signup *signup = data;
	struct buffer text = {0};
	signup->task = NULL;
	if (result->outcome == SUBSCRIPTION_OUTCOME_FAILED) {
		tell(signup, FRONTEND_OUTCOME_FAILED, failed);
	} else if (result->wish.action == SUBSCRIPTION_ACTION_ASK &&
		   result->outcome == SUBSCRIPTION_OUTCOME_DONE) {
		mail_request(signup, result);
	} else {
		subscription_desk_explain(result, &text);
		tell(signup, outcome_of(result->outcome), text.data);
	}
	buffer_finish(&text);
}

static void submit(struct mail_service *service, const struct subscription_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	struct mail_signup *signup = mem_alloc(sizeof *signup);
	*signup = (struct mail_signup){.service = service, .callback = callback, .data = data};
	LL_PREPEND(service->signups, signup);
	signup->task = subscriptions_do(service->subscriptions, wish, on_changed, signup);
}

static void ask(struct mail_service *service, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	struct subscription_wish asked;
	struct buffer reason = {0};
	const char *fault = judge(service, wish->address);
	if (fault != NULL)
		buffer_add(&reason, fault);
	else
		subscription_desk_fill(service->subscriptions, wish, &asked, &reason);
	if (reason.length > 0)
		callback(data, FRONTEND_OUTCOME_WRONG, reason.data);
	else if (is_over_budget(service, wish))
		callback(data, FRONTEND_OUTCOME_LIMITED,
			"There were too many requests for this address or from your network; "
			"please try again in an hour.");
	else if (mail_queue_is_full(service->queue))
		callback(data, FRONTEND_OUTCOME_FAILED, failed);
	else
		submit(service, &asked, callback, data);
	buffer_finish(&reason);
}

void mail_signup_take(struct mail_service *service, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	if (wish->token == NULL) {
		ask(service, wish, callback, data);
	} else {
		struct subscription_wish redeemed = subscription_desk_redeem(wish->token);
		submit(service, &redeemed, callback, data);
	}
}

void mail_signup_drop_all(struct mail_service *service)
{
	while (service->signups != NULL) {
		subscriptions_abandon(service->signups->task);
		tell(service->signups, FRONTEND_OUTCOME_FAILED, failed);
	}
}
