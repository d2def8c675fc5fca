#include "frontends/http/http_fields.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Returns whether the parameters from \p text up to \p end give the weight 0. */
static bool is_ruled_out(const char *text, const char *end)
{
	while ((text = memchr(text, ';', (size_t)(end - text))) != NULL) {
		text += 1 + strspn(text + 1, " \t");
		if (strncasecmp(text, "q=0", 3) == 0)
			return strspn(text + 3, ".0") == strcspn(text + 3, ",; \t");
	}
	return false;
}

bool http_fields_accept_gzip(const char *field)
{
	bool any = false;
	while (field != NULL && *field != '\0') {
		field += strspn(field, " \t,");
		const char *end = field + strcspn(field, ",");
		size_t length = strcspn(field, ",; \t");
		bool allowed = !is_ruled_out(field, end);
		if ((length == 4 && strncasecmp(field, "gzip", 4) == 0) ||
			(length == 6 && strncasecmp(field, "x-gzip", 6) == 0))
			return allowed;
		if (length == 1 && field[0] == '*')
			any = allowed;
		field = end;
	}
	return any;
}
