/* links: quoted_web */
#include "frontends/web/api/api_oembed_url.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *url, const char *base)
{
	char *id = api_oembed_url_id(url, base);
	if (id != NULL && (strlen(id) + strlen("http:///q/") > strlen(url) || strpbrk(id, "?#")))
		abort();
	free(id);
}

/* The first line is the base, if there is another. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	char *url = text;
	const char *base = strsep(&url, "\n");
	check(url != NULL ? url : base, url != NULL ? base : NULL);
	check(url != NULL ? url : base, "https://example.org/quotes");
	free(text);
	return 0;
}
