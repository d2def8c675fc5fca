#include "frontends/http/http_request.h"

#include <string.h>

#include "core/base/mem.h"

/* Returns the path of the base, as "/quotes", or "". */
static const char *path_of(const char *base)
{
	const char *host = base != NULL ? strstr(base, "://") : NULL;
	const char *path = host != NULL ? strchr(host + 3, '/') : NULL;
	return path != NULL ? path : "";
}

/* Returns the length of the path of the base if the target begins with it, else 0. */
static size_t common_length(const struct http_request *request)
{
	const char *prefix = path_of(request->base);
	size_t length = strlen(prefix);
	bool same = length > 0 && strncmp(request->target, prefix, length) == 0 &&
		    strncmp(request->path, prefix, length) == 0;
	return same ? length : 0;
}

bool http_request_enter(struct http_request *request)
{
	size_t length = common_length(request);
	if (length == 0 || request->target[length] != '/')
		return false;
	for (size_t i = 0; i < length; i++)
		request->depth -= request->target[i] == '/';
	request->target += length;
	request->path += length;
	if (*request->path == '\0') {
		request->path = "/";
		request->improper = false;
	}
	return true;
}

char *http_request_entrance(const struct http_request *request)
{
	size_t length = common_length(request);
	if (length == 0 || (request->target[length] != '\0' && request->target[length] != '?'))
		return NULL;
	return mem_format(".%s/", strrchr(request->path, '/'));
}
