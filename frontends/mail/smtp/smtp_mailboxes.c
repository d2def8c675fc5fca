#include "frontends/mail/smtp/smtp_mailboxes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"

bool smtp_mailboxes_read(
	const struct strings *texts, const char *delimiters, struct smtp_mailboxes *ret_mailboxes)
{
	/* They point into themselves, so they are never moved. */
	struct smtp_address *items = mem_alloc((texts->count + 1) * sizeof *items);
	for (size_t i = 0; i < texts->count; i++) {
		if (!smtp_address_parse(texts->items[i], &items[i])) {
			free(items);
			return false;
		}
	}
	*ret_mailboxes = (struct smtp_mailboxes){items, texts->count, delimiters};
	return true;
}

static bool is_at(
	const struct smtp_address *mailbox, const struct smtp_address *address, size_t length)
{
	return length == strlen(mailbox->local) &&
	       strncasecmp(address->local, mailbox->local, length) == 0 &&
	       strcasecmp(address->domain, mailbox->domain) == 0;
}

/* An address that has a delimiter itself is found first, with and without a detail. */
const struct smtp_address *smtp_mailboxes_find(const struct smtp_mailboxes *mailboxes,
	const struct smtp_address *address, const char **ret_detail)
{
	for (size_t length = strlen(address->local); length > 0; length--) {
		const char *end = address->local + length;
		if (*end != '\0' && strchr(mailboxes->delimiters, *end) == NULL)
			continue;
		*ret_detail = *end != '\0' ? end + 1 : end;
		for (size_t i = 0; i < mailboxes->count; i++)
			if (is_at(&mailboxes->items[i], address, length))
				return &mailboxes->items[i];
	}
	return NULL;
}

bool smtp_mailboxes_have_domain(const struct smtp_mailboxes *mailboxes, const char *domain)
{
	for (size_t i = 0; i < mailboxes->count; i++)
		if (strcasecmp(mailboxes->items[i].domain, domain) == 0)
			return true;
	return false;
}

void smtp_mailboxes_finish(struct smtp_mailboxes *mailboxes)
{
	free(mailboxes->items);
	*mailboxes = (struct smtp_mailboxes){0};
}
