/* links: quoted_mail */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/mail/autoreply/autoreply_sender.h"
#include "frontends/mail/mime.h"
#include "frontends/mail/smtp/smtp_mailboxes.h"

/* What is parsed is parsed again from its own text. */
static void parse(const char *text)
{
	struct smtp_address address;
	struct smtp_address again;
	struct smtp_address own;
	const char *detail;
	if (!smtp_address_parse(text, &address))
		return;
	if (!smtp_address_parse(address.text, &again) || strcmp(address.local, again.local) != 0 ||
		strcmp(address.domain, again.domain) != 0)
		abort();
	smtp_address_parse("q@q.example", &own);
	struct smtp_mailboxes mailboxes = {&own, 1, "+-"};
	smtp_mailboxes_find(&mailboxes, &address, &detail);
	autoreply_sender_is_role(address.local);
	autoreply_sender_is_nowhere(address.domain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	struct smtp_address address;
	struct strings addresses = {0};
	const char *end;
	parse(text);
	smtp_address_parse_path(text, &address, &end);
	mime_read_addresses(text, &addresses);
	for (size_t i = 0; i < addresses.count; i++)
		parse(addresses.items[i]);
	strings_finish(&addresses);
	free(text);
	return 0;
}
