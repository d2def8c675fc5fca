#include "frontends/mail/subscription/subscription_letter.h"

#include <stdlib.h>
#include <string.h>

#include "frontends/tls/digest.h"

void subscription_home_finish(struct subscription_home *home)
{
	free(home->section);
	free(home->hostname);
	free(home->page);
	digest_wipe(home->secret, sizeof home->secret);
	*home = (struct subscription_home){0};
}

void subscription_letter_mailbox(
	const struct subscription_home *home, const char *token, struct buffer *out)
{
	const char *text = home->mailbox.text;
	const char *at = strrchr(text, '@');
	if (home->delimiter == '\0')
		buffer_add(out, text);
	else
		buffer_format(
			out, "%.*s%c%s%s", (int)(at - text), text, home->delimiter, token, at);
}

static void token_of(const struct subscription_home *home, enum subscription_token_kind kind,
	int64_t id, const char *address, char ret_token[SUBSCRIPTION_TOKEN_SIZE])
{
	struct subscription_token_facts facts = {kind, id, home->section, address, "", 0, 0};
	subscription_token_write(home->secret, &facts, ret_token);
}

static void add_list_fields(
	const struct subscription_home *home, const char *token, struct buffer *out)
{
	buffer_format(out, "List-Id: <daily.%s>\r\n", strrchr(home->mailbox.text, '@') + 1);
	if (home->page != NULL)
		buffer_format(out,
			"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
			"List-Unsubscribe: <%s%s>,\r\n <mailto:",
			home->page, token);
	else
		buffer_add(out, "List-Unsubscribe: <mailto:");
	subscription_letter_mailbox(home, token, out);
	buffer_format(out, "?subject=unsubscribe%s%s>\r\n", home->delimiter == '\0' ? "%20" : "",
		home->delimiter == '\0' ? token : "");
}

char *subscription_letter_write(const struct subscription_letter *letter, int64_t id,
	const char *address, struct buffer *out)
{
	const struct subscription_home *home = letter->home;
	char token[SUBSCRIPTION_TOKEN_SIZE];
	struct buffer path = {0};
	token_of(home, SUBSCRIPTION_TOKEN_END, id, address, token);
	buffer_format(out, "To: %s\r\nMessage-ID: <%lld.%lld.%.8s@%s>\r\nReply-To: ", address,
		(long long)letter->day, (long long)id, strchr(token, '-') + 1, home->hostname);
	subscription_letter_mailbox(home, token, out);
	buffer_add(out, "\r\n");
	add_list_fields(home, token, out);
	buffer_add(out, letter->text);
	token_of(home, SUBSCRIPTION_TOKEN_BOUNCE, id, address, token);
	subscription_letter_mailbox(home, token, &path);
	return path.data;
}

void subscription_letter_time(const char *collection, int minute, struct buffer *out)
{
	buffer_format(out, "at %02d:%02d", minute / 60, minute % 60);
	if (*collection != '\0')
		buffer_format(out, ", from the collection %s", collection);
}

void subscription_letter_ask(
	const char *collection, int minute, const char *link, struct buffer *out)
{
	buffer_add(out,
		"Hello,\n\nsomeone, most likely you, asked for a quote to be sent to this address "
		"each day\n");
	subscription_letter_time(collection, minute, out);
	buffer_add(out, ".\n\nTo confirm, reply to this mail; you need not write anything.\n");
	if (link != NULL)
		buffer_format(out, "Or open this page and press its button:\n\n%s\n", link);
	buffer_add(out, "\nOtherwise there is nothing to do: if you do not confirm it within 7 "
			"days, the\nrequest is forgotten.\n");
}
