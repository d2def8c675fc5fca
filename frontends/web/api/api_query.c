#include "frontends/web/api/api_query.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "core/choice/cursor.h"
#include "core/library/language.h"
#include "frontends/web/query_field.h"

enum { DIGITS_MAX = 9 };

static size_t count_characters(const char *text)
{
	size_t count = 0;
	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static bool is_within(const struct api_query_row *row, size_t number)
{
	return number >= (size_t)row->minimum && number <= (size_t)row->maximum;
}

static bool is_number(const char *text)
{
	size_t length = strspn(text, "0123456789");
	return length > 0 && length <= DIGITS_MAX && text[length] == '\0';
}

static bool takes(const struct api_query_row *row, const char *value)
{
	uint64_t id;
	uint32_t position;
	int64_t day;
	switch (row->type) {
	case API_QUERY_TYPE_TEXT:
		return is_within(row, count_characters(value));
	case API_QUERY_TYPE_NUMBER:
		return is_number(value) && is_within(row, strtoul(value, NULL, 10));
	case API_QUERY_TYPE_DAY:
		return day_parse(value, &day);
	case API_QUERY_TYPE_LANGUAGE:
		return language_is_tag(value);
	case API_QUERY_TYPE_CURSOR:
		return cursor_parse(value, &id, &position);
	}
	return false;
}

static void explain_value(const struct api_query_row *row, struct error *ret_detail)
{
	switch (row->type) {
	case API_QUERY_TYPE_TEXT:
		error_set(ret_detail, "%s must have %ld to %ld characters, in UTF-8.", row->name,
			row->minimum, row->maximum);
		break;
	case API_QUERY_TYPE_NUMBER:
		error_set(ret_detail, "%s must be a whole number from %ld to %ld.", row->name,
			row->minimum, row->maximum);
		break;
	case API_QUERY_TYPE_DAY:
		error_set(ret_detail, "%s must be a date; write it as 2026-11-24.", row->name);
		break;
	case API_QUERY_TYPE_LANGUAGE:
		error_set(ret_detail, "%s must be the tag of a language, as in de or pt-BR.",
			row->name);
		break;
	case API_QUERY_TYPE_CURSOR:
		error_set(ret_detail,
			"%s must be 'next' from the previous answer; leave it out to start the "
			"list.",
			row->name);
		break;
	}
}

static void explain_name(
	const struct api_query_row *rows, const char *shown, struct error *ret_detail)
{
	struct buffer names = {0};
	for (const struct api_query_row *row = rows; row->name != NULL; row++) {
		const char *before = row == rows ? "" : row[1].name != NULL ? ", " : " and ";
		buffer_format(&names, "%s%s", before, row->name);
	}
	if (names.length == 0)
		error_set(
			ret_detail, "There is no parameter '%s'; this address takes none.", shown);
	else
		error_set(ret_detail, "There is no parameter '%s' here; this address takes %s.",
			shown, names.data);
	buffer_finish(&names);
}

static size_t index_of(const struct api_query_row *rows, const char *name)
{
	size_t at = 0;
	while (rows[at].name != NULL && strcmp(rows[at].name, name) != 0)
		at++;
	return at;
}

/* Returns false if the field is refused. */
static bool take(struct api_query *query, const struct buffer *name, const struct buffer *value,
	bool valid, struct api_query_fault *ret_fault)
{
	size_t at = index_of(query->rows, name->data);
	const struct api_query_row *row = &query->rows[at];
	ask_echo(name->data, ret_fault->parameter);
	if (row->name == NULL) {
		explain_name(query->rows, ret_fault->parameter, &ret_fault->detail);
		return false;
	}
	if (query->values[at].length > 0) {
		error_set(&ret_fault->detail, "%s is given twice; give it once.", row->name);
		return false;
	}
	if (!valid || !takes(row, value->data)) {
		explain_value(row, &ret_fault->detail);
		return false;
	}
	buffer_append(&query->values[at], value->data, value->length);
	return true;
}

bool api_query_read(const char *query, const struct api_query_row *rows,
	struct api_query *ret_query, struct api_query_fault *ret_fault)
{
	struct buffer name = {0};
	struct buffer value = {0};
	bool all = true;
	*ret_query = (struct api_query){.rows = rows};
	while (all && *query != '\0') {
		bool valid = query_field_next(&query, &name, &value);
		bool nothing = name.length == 0 && value.length == 0;
		all = nothing || take(ret_query, &name, &value, valid, ret_fault);
	}
	buffer_finish(&name);
	buffer_finish(&value);
	if (!all)
		api_query_finish(ret_query);
	return all;
}

const char *api_query_text(const struct api_query *query, const char *name)
{
	size_t at = index_of(query->rows, name);
	return query->rows[at].name != NULL ? query->values[at].data : NULL;
}

size_t api_query_number(const struct api_query *query, const char *name, size_t fallback)
{
	const char *text = api_query_text(query, name);
	return text != NULL ? strtoul(text, NULL, 10) : fallback;
}

int64_t api_query_day(const struct api_query *query, const char *name, int64_t fallback)
{
	const char *text = api_query_text(query, name);
	int64_t day = fallback;
	return text != NULL && day_parse(text, &day) ? day : fallback;
}

void api_query_finish(struct api_query *query)
{
	for (size_t i = 0; i < API_QUERY_MAX; i++)
		buffer_finish(&query->values[i]);
}
