#include "frontends/web/api/api_oembed_url.h"

#include <string.h>
#include <strings.h>

#include "core/base/mem.h"

/* Returns what follows the scheme. */
static const char *after_scheme(const char *url)
{
	if (strncasecmp(url, "http://", 7) == 0)
		return url + 7;
	return strncasecmp(url, "https://", 8) == 0 ? url + 8 : NULL;
}

char *api_oembed_url_id(const char *url, const char *base)
{
	const char *at = after_scheme(url);
	const char *top = base != NULL ? after_scheme(base) : NULL;
	size_t length = top != NULL ? strlen(top) : 0;
	if (at == NULL || top == NULL || strncasecmp(at, top, length) != 0 ||
		strncmp(at + length, "/q/", 3) != 0)
		return NULL;
	at += length + 3;
	length = strcspn(at, "?#");
	if (length > 5 && strncmp(at + length - 5, ".html", 5) == 0)
		length -= 5;
	return mem_strndup(at, length);
}
