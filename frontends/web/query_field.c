#include "frontends/web/query_field.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"

static int hex_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	int lower = tolower((unsigned char)digit);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* A percent sign that two hexadecimal digits do not follow stands for itself. */
static void decode(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		char octet = text[i] == '+' ? ' ' : text[i];
		int high = octet == '%' && length - i > 2 ? hex_value(text[i + 1]) : -1;
		int low = high >= 0 ? hex_value(text[i + 2]) : -1;
		if (low >= 0) {
			octet = (char)(high * 16 + low);
			i += 2;
		}
		buffer_append(out, &octet, 1);
	}
}

bool query_field_find(const char *query, const char *name, struct buffer *out)
{
	size_t name_length = strlen(name);
	size_t before = out->length;
	while (*query != '\0') {
		size_t length = strcspn(query, "&");
		if (length > name_length && strncmp(query, name, name_length) == 0 &&
			query[name_length] == '=') {
			decode(query + name_length + 1, length - name_length - 1, out);
			break;
		}
		query += length + (query[length] == '&');
	}
	size_t added = out->length - before;
	const char *value = added > 0 ? out->data + before : "";
	return memchr(value, '\0', added) == NULL && utf8_is_valid(value, added);
}

long query_field_number(const char *query, const char *name, long maximum, long fallback)
{
	struct buffer text = {0};
	long number = fallback;
	if (query_field_find(query, name, &text) && text.length > 0 && text.length < 10 &&
		strspn(text.data, "0123456789") == text.length)
		number = strtol(text.data, NULL, 10);
	buffer_finish(&text);
	return number >= 1 && number <= maximum ? number : fallback;
}
