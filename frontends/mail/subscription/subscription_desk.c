#include "frontends/mail/subscription/subscription_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "core/base/mem.h"

bool subscription_desk_is(const struct mail_command *command)
{
	return command->kind == MAIL_COMMAND_KIND_SUBSCRIBE ||
	       command->kind == MAIL_COMMAND_KIND_UNSUBSCRIBE ||
	       command->kind == MAIL_COMMAND_KIND_CONFIRM;
}

/* Takes "7:30" too. */
static bool read_time(const char *text, int *ret_minute)
{
	char padded[sizeof "07:30" + 1];
	snprintf(padded, sizeof padded, "%s%s", strcspn(text, ":") == 1 ? "0" : "", text);
	return day_parse_minute(padded, ret_minute);
}

static const char *last_word(const char *argument)
{
	const char *blank = strrchr(argument, ' ');
	return blank != NULL ? blank + 1 : argument;
}

/* The last word is the time, if it can be one, and is cut off; returns whether it is. */
static bool cut_time(char *argument, int *minute)
{
	const char *word = last_word(argument);
	bool timed = read_time(word, minute);
	size_t length = timed ? (size_t)(word - argument) : strlen(argument);
	while (length > 0 && (argument[length - 1] == ' ' || argument[length - 1] == ','))
		length--;
	argument[length] = '\0';
	return timed;
}

/* As in "7.30", "25:00", "7am", "7:30 pm". */
static bool is_like_time(const char *word)
{
	size_t digits = strspn(word, "0123456789");
	return digits > 0 && digits <= 2 && (word[digits] == '\0' || strchr(":.hap", word[digits]));
}

static bool read_subscribe(const struct subscriptions *subscriptions, char *argument,
	struct subscription_wish *wish, struct buffer *reason)
{
	wish->action = SUBSCRIPTION_ACTION_ASK;
	bool timed = cut_time(argument, &wish->minute);
	wish->collection = argument;
	if (subscriptions_know(subscriptions, argument, reason))
		return true;
	if (!timed && (is_like_time(argument) || is_like_time(last_word(argument)))) {
		buffer_consume(reason, reason->length);
		buffer_format(reason,
			"'%s' does not end with a time from 00:00 to 23:59; write it as in "
			"'subscribe 07:30'.",
			argument);
	}
	return false;
}

bool subscription_desk_read(const struct subscriptions *subscriptions, struct mail_command *command,
	const char *sender, struct subscription_wish *ret_wish, struct buffer *reason)
{
	*ret_wish = (struct subscription_wish){.address = sender, .minute = -1};
	if (command->kind == MAIL_COMMAND_KIND_SUBSCRIBE)
		return read_subscribe(subscriptions, command->argument, ret_wish, reason);
	bool confirms = command->kind == MAIL_COMMAND_KIND_CONFIRM;
	bool owner =
		!confirms && subscription_token_kind(command->argument) == SUBSCRIPTION_TOKEN_NONE;
	ret_wish->action = confirms ? SUBSCRIPTION_ACTION_CONFIRM
			   : owner  ? SUBSCRIPTION_ACTION_END_ADDRESS
				    : SUBSCRIPTION_ACTION_END;
	ret_wish->token = command->argument;
	return true;
}

bool subscription_desk_fill(const struct subscriptions *subscriptions,
	const struct frontend_wish *wish, struct subscription_wish *ret_wish, struct buffer *reason)
{
	*ret_wish = (struct subscription_wish){.action = SUBSCRIPTION_ACTION_ASK,
		.address = wish->address,
		.collection = wish->collection,
		.minute = -1};
	if (*wish->time != '\0' && !read_time(wish->time, &ret_wish->minute)) {
		buffer_format(reason, "'%s' is not a time; write it as 07:30.", wish->time);
		return false;
	}
	return subscriptions_know(subscriptions, wish->collection, reason);
}

struct subscription_wish subscription_desk_redeem(const char *token)
{
	bool confirms = subscription_token_kind(token) == SUBSCRIPTION_TOKEN_CONFIRM;
	return (struct subscription_wish){
		.action = confirms ? SUBSCRIPTION_ACTION_CONFIRM : SUBSCRIPTION_ACTION_END,
		.token = token};
}

static void welcome(const struct subscription_row *row, struct buffer *out)
{
	buffer_add(out, "Thank you. You now get a quote each day ");
	subscription_letter_time(row->collection, (int)row->minute, out);
	buffer_add(out, ".\n\nTo stop them, write to us with the subject: unsubscribe\n");
}

void subscription_desk_explain(const struct subscription_result *result, struct buffer *out)
{
	bool done = result->outcome == SUBSCRIPTION_OUTCOME_DONE;
	switch (result->wish.action) {
	case SUBSCRIPTION_ACTION_ASK:
		buffer_add(out,
			"We have already asked this address to confirm, more than once. Please "
			"reply to\none of those mails, or write again in a week.\n");
		break;
	case SUBSCRIPTION_ACTION_CONFIRM:
		if (done)
			welcome(&result->row, out);
		else
			buffer_add(out,
				"This request was confirmed before, or is older than 7 days. To "
				"get a quote\neach day, write to us with the subject: subscribe\n");
		break;
	case SUBSCRIPTION_ACTION_END:
	case SUBSCRIPTION_ACTION_END_ADDRESS:
		buffer_add(out, done ? "You will get no more daily quotes. Thank you for reading "
				       "them.\n"
				     : "This address has no subscription, or it has already "
				       "ended.\n");
		break;
	case SUBSCRIPTION_ACTION_BOUNCE:
		break;
	}
}

bool subscription_desk_is_bounce(const struct smtp_address *sender, const char *text, size_t length)
{
	static const char failed[] = "\nAction: failed";
	static const char status[] = "delivery-status";
	char *kept = mem_strndup(text, length);
	bool bounce = *sender->text == '\0' && strcasestr(kept, status) != NULL &&
		      strcasestr(kept, failed) != NULL;
	free(kept);
	return bounce;
}
