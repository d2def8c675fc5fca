#include "frontends/web/query_field.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "frontends/http/request_path.h"

/* A percent sign that two hexadecimal digits do not follow stands for itself. */
static void decode(const char *text, size_t length, struct buffer *out)
{
	buffer_append(out, "", 0);
	for (size_t i = 0; i < length; i++) {
		char octet = text[i] == '+' ? ' ' : text[i];
		int escaped = request_path_unescape(text + i, length - i);
		if (escaped >= 0) {
			octet = (char)escaped;
			i += 2;
		}
		buffer_append(out, &octet, 1);
	}
}

static bool is_text(const struct buffer *text)
{
	return strlen(text->data) == text->length && utf8_is_valid(text->data, text->length);
}

bool query_field_next(const char **query, struct buffer *ret_name, struct buffer *ret_value)
{
	size_t length = strcspn(*query, "&");
	size_t name = strcspn(*query, "&=");
	size_t value = name + (name < length);
	buffer_clear(ret_name);
	buffer_clear(ret_value);
	decode(*query, name, ret_name);
	decode(*query + value, length - value, ret_value);
	*query += length + ((*query)[length] == '&');
	return is_text(ret_name) && is_text(ret_value);
}

bool query_field_find(const char *query, const char *name, struct buffer *out)
{
	struct buffer other = {0};
	struct buffer value = {0};
	bool valid = true;
	bool found = false;
	while (!found && *query != '\0') {
		valid = query_field_next(&query, &other, &value);
		found = strcmp(other.data, name) == 0;
	}
	if (found)
		buffer_append(out, value.data, value.length);
	buffer_finish(&other);
	buffer_finish(&value);
	return valid || !found;
}

bool query_field_number(const char *query, const char *name, long maximum, long *number)
{
	struct buffer text = {0};
	bool valid = query_field_find(query, name, &text);
	if (text.length > 0) {
		bool digits = text.length < 10 && strspn(text.data, "0123456789") == text.length;
		long found = digits ? strtol(text.data, NULL, 10) : 0;
		valid = valid && found >= 1 && found <= maximum;
		*number = valid ? found : *number;
	}
	buffer_finish(&text);
	return valid;
}
