#include "core/formats/json_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/formats/json_text.h"
#include "core/formats/quote_fields.h"

/* A number with its sign and NUL. */
enum { ID_SIZE = 32 };

static void set_field(struct quote_file_piece *fields, enum quote_field field, const json_t *value)
{
	/* Some exports have several authors, or say more of one than the name. */
	if (field == QUOTE_FIELD_AUTHOR && json_is_array(value))
		value = json_array_get(value, 0);
	if (field == QUOTE_FIELD_AUTHOR && json_is_object(value))
		value = json_object_get(value, "name");
	/* Several names can be of one field: the first that is not empty counts. */
	if (field == QUOTE_FIELD_NONE || !json_is_string(value) || fields[field].length > 0)
		return;
	fields[field].text = json_string_value(value);
	fields[field].length = json_string_length(value);
}

/* The fields are valid as long as the value is. */
static void set_fields(struct quote_file_piece *fields, json_t *value)
{
	const char *key;
	json_t *member;
	set_field(fields, QUOTE_FIELD_TEXT, value);
	json_object_foreach(value, key, member)
		set_field(fields, quote_fields_find(key, strlen(key)), member);
}

/* Returns the field if it is of this type, else NULL. */
static const json_t *find_field(json_t *value, enum quote_field field, json_type type)
{
	const char *key;
	json_t *member;
	json_object_foreach(
		value, key, member) if (json_typeof(member) == type &&
					quote_fields_find(key, strlen(key)) == field) return member;
	return NULL;
}

static void join(const json_t *array, struct buffer *out)
{
	size_t index;
	json_t *element;
	json_array_foreach(array, index, element) if (json_is_string(element))
	{
		buffer_append(out, json_string_value(element), json_string_length(element));
		buffer_add(out, ",");
	}
}

/* If it has a text but no author, it is by the one of \p list that it is in. */
static void set_author_of(struct quote_file_piece *fields, json_t *list)
{
	const char *key;
	json_t *member;
	for (int i = QUOTE_FIELD_AUTHOR; i <= QUOTE_FIELD_SOURCE; i++)
		if (fields[i].length > 0)
			return;
	json_object_foreach(list, key, member)
	{
		enum quote_field field = quote_fields_find(key, strlen(key));
		if (field == QUOTE_FIELD_AUTHOR || field == QUOTE_FIELD_BY)
			set_field(fields, field, member);
	}
}

/* \p list is the object in whose list of quotes the value is, or NULL. */
static bool take_fields(struct quote_file *file, json_t *value, json_t *list, size_t line)
{
	struct quote_file_piece fields[QUOTE_FIELD_NONE] = {0};
	const json_t *number = find_field(value, QUOTE_FIELD_ID, JSON_INTEGER);
	struct buffer tags = {0};
	char digits[ID_SIZE];
	set_fields(fields, value);
	set_author_of(fields, list);
	if (number != NULL) {
		fields[QUOTE_FIELD_ID].text = digits;
		fields[QUOTE_FIELD_ID].length = (size_t)snprintf(
			digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(number));
	}
	join(find_field(value, QUOTE_FIELD_TAGS, JSON_ARRAY), &tags);
	if (tags.length > 0) {
		fields[QUOTE_FIELD_TAGS].text = tags.data;
		fields[QUOTE_FIELD_TAGS].length = tags.length;
	}
	bool found = quote_fields_take(fields, line, file);
	buffer_finish(&tags);
	return found;
}

/* What programs export can have its quotes in a member of one object. Returns that, or NULL, and in
 * \p ret_other whether there is another list of objects. */
static const json_t *find_list(json_t *value, bool *ret_other)
{
	const char *key;
	json_t *member;
	*ret_other = false;
	json_object_foreach(value, key, member)
	{
		if (json_is_array(member) && strcasecmp(key, "quotes") == 0)
			return member;
		*ret_other |= json_is_object(json_array_get(member, 0));
	}
	return NULL;
}

static void take_parsed(struct quote_file *file, json_t *value, size_t line)
{
	bool other;
	const json_t *list = find_list(value, &other);
	size_t index;
	json_t *element;
	if (take_fields(file, value, NULL, line) || quote_file_is_done(file))
		return;
	if (list == NULL && other)
		quote_file_leave_out(file, line,
			"it has no text but a list; if that is of quotes, name it quotes");
	else if (list == NULL)
		quote_file_leave_out(file, line,
			"it has no text; give it as a string, or as a member named text, quote, "
			"content or body");
	json_array_foreach(list, index, element)
	{
		if (!quote_file_is_done(file) && !take_fields(file, element, value, line))
			quote_file_leave_out(file, line,
				"an element of quotes has no text; give it as a string, or as a "
				"member named text, quote, content or body");
	}
}

/* What jansson found near it may hold control characters. */
static void refuse(struct quote_file *file, size_t line, const json_error_t *error)
{
	const char *near = strstr(error->text, " near ");
	char *reason = mem_format("malformed JSON: %.*s; mend it",
		(int)(near != NULL ? near - error->text : (ptrdiff_t)strlen(error->text)),
		error->text);
	quote_file_fail(file, line + (error->line > 0 ? (size_t)error->line - 1 : 0), reason);
	free(reason);
}

static void take_value(struct quote_file *file, struct quote_file_piece *found)
{
	json_error_t error;
	if (!quote_file_decode(file, found))
		return;
	json_t *value =
		json_loadb(found->text, found->length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	if (value != NULL)
		take_parsed(file, value, found->line);
	else
		refuse(file, found->line, &error);
	json_decref(value);
}

static void take(struct quote_file *file, struct json_text *walk)
{
	struct quote_file_piece value;
	const char *reason = NULL;
	enum json_text_result result = JSON_TEXT_RESULT_VALUE;
	while (!quote_file_is_done(file) && result == JSON_TEXT_RESULT_VALUE) {
		result = json_text_next(walk, &value, &reason);
		if (result == JSON_TEXT_RESULT_VALUE)
			take_value(file, &value);
		else if (result == JSON_TEXT_RESULT_BAD)
			quote_file_fail(file, value.line, reason);
	}
}

bool json_file_read(struct quote_file *file, struct error *reterr)
{
	while (quote_file_begin(file)) {
		struct json_text walk = {.window = &file->window};
		while (quote_file_read(file))
			take(file, &walk);
	}
	return quote_file_end(file, reterr);
}
