#include "frontends/mail/mail_headers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"

static char *unfold(const char *value)
{
	char *text = mem_strdup(value + strspn(value, " \t\r\n"));
	char *to = text;
	for (const char *from = text; *from; from++) {
		if (*from != '\r' && *from != '\n')
			*to++ = *from;
	}
	while (to > text && (to[-1] == ' ' || to[-1] == '\t'))
		to--;
	*to = '\0';
	return text;
}

void mail_headers_add(struct mail_headers *headers, const char *name, const char *value)
{
	headers->items = mem_resize(headers->items, headers->count + 1, sizeof *headers->items);
	headers->items[headers->count++] = (struct mail_header){
		.name = mem_strdup(name),
		.value = unfold(value),
	};
}

const char *mail_headers_find(const struct mail_headers *headers, const char *name)
{
	for (size_t i = 0; i < headers->count; i++) {
		if (strcasecmp(headers->items[i].name, name) == 0)
			return headers->items[i].value;
	}
	return NULL;
}

void mail_headers_finish(struct mail_headers *headers)
{
	for (size_t i = 0; i < headers->count; i++) {
		free(headers->items[i].name);
		free(headers->items[i].value);
	}
	free(headers->items);
	*headers = (struct mail_headers){0};
}
