/* links: quoted_mail */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/mail/autoreply/auth_results.h"

/* What a stranger can have quoted must not pass, so a field without "=pass" never does. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *value = mem_strndup((const char *)data, size);
	struct auth_results results = {0};
	auth_results_read(value, "mx", "b.example", &results);
	if (results.passed && strcasestr(value, "pass") == NULL && strchr(value, '"') == NULL &&
		strchr(value, '\\') == NULL)
		abort();
	free(value);
	return 0;
}
