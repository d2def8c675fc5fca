/* links: quoted_mail */
#include "frontends/mail/subscription/subscription_token.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A token that can be read is written again in the same way, but for its case and signature. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char secret[SUBSCRIPTION_TOKEN_SECRET] = "not known to who guesses";
	char again[SUBSCRIPTION_TOKEN_SIZE];
	struct subscription_token token;
	char *text = mem_strndup((const char *)data, size);
	if (subscription_token_read(text, &token)) {
		struct subscription_token_facts facts = {
			token.kind, token.id, "mail.x", "a@b.example", "", 0, 0};
		size_t head = strlen(text) - SUBSCRIPTION_TOKEN_MAC;
		subscription_token_write(secret, &facts, again);
		if (strlen(again) != strlen(text) || strncasecmp(again, text, head) != 0)
			abort();
		if (subscription_token_is(secret, &facts, &token, 0) &&
			strcasecmp(again, text) != 0)
			abort();
	}
	free(text);
	return 0;
}
