/* links: quoted_mail */
#include <stdint.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/mail/autoreply/autoreply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"Auto-Submitted", "Precedence",
		"X-Auto-Response-Suppress", "Authentication-Results", "Content-Type", "To",
		"X-Loop", "From"};
	struct smtp_address address;
	struct smtp_address sender;
	struct smtp_mailboxes mailboxes = {&address, 1, "+"};
	char *value = mem_strndup((const char *)data, size);
	smtp_address_parse("q@q.example", &address);
	smtp_address_parse("a@b.example", &sender);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct mail_headers headers = {0};
		mail_headers_add(&headers, names[i], value);
		struct autoreply_policy policy = {&mailboxes, "mx", "mx", NULL, 1};
		autoreply_decide(&policy, &sender, &headers);
		mail_headers_finish(&headers);
	}
	free(value);
	return 0;
}
