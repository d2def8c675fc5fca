/* links: quoted_web */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/web/negotiate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	if (negotiate(text, NULL) > NEGOTIATE_FORM_JSON ||
		negotiate("*/*", text) > NEGOTIATE_FORM_JSON)
		abort();
	free(text);
	return 0;
}
