/* links: quoted_http */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/http/forwarded.h"

/* The input is a line for each field; an empty one is missing. */
static const char *take_line(char **text)
{
	char *line = strsep(text, "\n");
	return line != NULL && line[0] != '\0' ? line : NULL;
}

static void check(const struct forwarded_fields *fields, const struct strings *proxies)
{
	struct forwarded forwarded;
	struct error error = {0};
	forwarded_read(fields, proxies, &forwarded);
	if (forwarded.base[0] != '\0' && !forwarded_check_base(forwarded.base, &error))
		abort();
	if (strpbrk(forwarded.base, "<>\"'&$`;\\ \n") != NULL)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	char *rest = text;
	struct strings proxies = {0};
	struct error error = {0};
	const char *proxy = take_line(&rest);
	if (proxy != NULL && forwarded_check_proxy(proxy, &error))
		strings_add(&proxies, proxy);
	struct forwarded_fields fields = {0};
	fields.forwarded = take_line(&rest);
	fields.for_ = take_line(&rest);
	fields.proto = take_line(&rest);
	fields.host = take_line(&rest);
	fields.prefix = take_line(&rest);
	check(&fields, &proxies);
	strings_finish(&proxies);
	free(text);
	return 0;
}
