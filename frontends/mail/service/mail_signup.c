#include "frontends/mail/service/mail_signup.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/mail/subscription/subscription_desk.h"

/* A wish whose outcome is not known yet. */
struct guest {
	struct mail_signup *signup;
	struct guest *next;
	struct subscription_task *task; /* NULL: its mail is being kept */
	struct buffer asked;            /* that it was asked to confirm, to be told then */
	frontend_wish_callback *callback;
	void *data;
};

struct mail_signup {
	struct mail_signup_options options;
	struct guest *guests;
};

static const char failed[] = "This cannot be done at the moment; please try again in a minute.";

struct mail_signup *mail_signup_create(const struct mail_signup_options *options)
{
	struct mail_signup *signup = mem_alloc(sizeof *signup);
	signup->options = *options;
	return signup;
}

static void tell(struct guest *guest, enum frontend_outcome outcome, const char *text)
{
	struct guest **link = &guest->signup->guests;
	while (*link != guest)
		link = &(*link)->next;
	*link = guest->next;
	guest->callback(guest->data, outcome, text);
	buffer_finish(&guest->asked);
	free(guest);
}

/* Asking */

/* Returns why no mail can go to the address, or NULL. */
static const char *judge(const struct mail_signup *signup, const char *text)
{
	struct smtp_address address;
	const struct mail_headers none = {0};
	if (!smtp_address_parse(text, &address))
		return "This is not a mail address; write it as name@example.org.";
	enum autoreply_decision decision =
		autoreply_decide(signup->options.policy, &address, &none);
	if (address.utf8)
		return "Only addresses in ASCII letters can have a daily quote.";
	/* Who asks to confirm finds out whether a stranger has the mailbox. */
	bool is_person = decision == AUTOREPLY_DECISION_ANSWER ||
			 decision == AUTOREPLY_DECISION_STRANGER ||
			 decision == AUTOREPLY_DECISION_UNAUTHENTICATED;
	return is_person ? NULL : "Daily quotes go to people; use an address that a person reads.";
}

static bool is_over_budget(struct mail_signup *signup, const struct frontend_wish *wish)
{
	struct limits *limits = signup->options.limits;
	double now = ev_now(signup->options.context->loop);
	char *key = smtp_address_fold(wish->address);
	bool over = limits_take(limits, wish->client, now) != LIMITS_REASON_NONE ||
		    limits_take_key(limits, key, strlen(key), now) != LIMITS_REASON_NONE;
	free(key);
	return over;
}

static void on_kept(void *data, enum mail_queue_verdict verdict)
{
	struct guest *guest = data;
	if (verdict == MAIL_QUEUE_VERDICT_FAILED)
		tell(guest, FRONTEND_OUTCOME_FAILED, failed);
	else
		tell(guest, FRONTEND_OUTCOME_DONE, guest->asked.data);
}

/* Two copies are better than none. */
static void mail_request(struct guest *guest, const struct subscription_result *result)
{
	const struct mail_signup_options *options = &guest->signup->options;
	const struct subscription_wish *wish = &result->wish;
	struct relay_message message = {
		.sender = mem_strdup(""),
		.recipient = mem_strdup(wish->address),
		.text = subscriptions_compose(options->subscriptions, wish, result->token),
		.repeat = true,
	};
	buffer_format(&guest->asked,
		"We have written to %s. Open the link in that mail, or reply to it, to get a quote "
		"each day ",
		wish->address);
	subscription_letter_time(wish->collection, wish->minute, &guest->asked);
	buffer_add(&guest->asked, ".");
	mail_queue_add(options->queue, &message, NULL, on_kept, guest);
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
	struct guest *guest = data;
	struct buffer text = {0};
	guest->task = NULL;
	if (result->outcome == SUBSCRIPTION_OUTCOME_FAILED) {
		tell(guest, FRONTEND_OUTCOME_FAILED, failed);
	} else if (result->wish.action == SUBSCRIPTION_ACTION_ASK &&
		   result->outcome == SUBSCRIPTION_OUTCOME_DONE) {
		mail_request(guest, result);
	} else {
		subscription_desk_explain(result, &text);
		tell(guest, outcome_of(result->outcome), text.data);
	}
	buffer_finish(&text);
}

static void submit(struct mail_signup *signup, const struct subscription_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	struct guest *guest = mem_alloc(sizeof *guest);
	*guest = (struct guest){
		.signup = signup, .next = signup->guests, .callback = callback, .data = data};
	signup->guests = guest;
	guest->task = subscriptions_do(signup->options.subscriptions, wish, on_changed, guest);
}

static void ask(struct mail_signup *signup, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	struct subscription_wish asked;
	struct buffer reason = {0};
	const char *fault = judge(signup, wish->address);
	if (fault != NULL)
		buffer_add(&reason, fault);
	else
		subscription_desk_fill(signup->options.subscriptions, wish, signup->options.minute,
			&asked, &reason);
	if (reason.length > 0)
		callback(data, FRONTEND_OUTCOME_WRONG, reason.data);
	else if (is_over_budget(signup, wish))
		callback(data, FRONTEND_OUTCOME_LIMITED,
			"There were too many requests for this address or from your network; "
			"please try again in an hour.");
	else if (mail_queue_is_full(signup->options.queue))
		callback(data, FRONTEND_OUTCOME_FAILED, failed);
	else
		submit(signup, &asked, callback, data);
	buffer_finish(&reason);
}

void mail_signup_take(struct mail_signup *signup, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	if (wish->token == NULL) {
		ask(signup, wish, callback, data);
	} else {
		struct subscription_wish redeemed = subscription_desk_redeem(wish->token);
		submit(signup, &redeemed, callback, data);
	}
}

void mail_signup_destroy(struct mail_signup *signup)
{
	if (signup == NULL)
		return;
	while (signup->guests != NULL) {
		subscriptions_abandon(signup->guests->task);
		tell(signup->guests, FRONTEND_OUTCOME_FAILED, failed);
	}
	free(signup);
}
