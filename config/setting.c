#include "config/setting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"

static void *field_of(const struct setting *row, void *options)
{
	return (char *)options + row->offset;
}

static const void *value_of(const struct setting *row, const void *options)
{
	return (const char *)options + row->offset;
}

static bool parse_integer(
	const struct setting *row, const char *text, long *ret_value, struct error *reterr)
{
	char *end;
	errno = 0;
	long value = strtol(text, &end, 10);
	bool bounded = row->minimum != 0 || row->maximum != 0;
	bool is_number = end != text && *end == '\0';
	bool inside = errno == 0 && (!bounded || (value >= row->minimum && value <= row->maximum));
	if (is_number && inside) {
		*ret_value = value;
		return true;
	}
	if (!is_number)
		error_set(reterr, "'%s' is not a whole number", text);
	else if (bounded)
		error_set(reterr, "%s is out of range; it goes from %ld to %ld", text, row->minimum,
			row->maximum);
	else
		error_set(reterr, "%s is out of range", text);
	return false;
}

static bool parse_boolean(const char *text, bool *ret_value, struct error *reterr)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {{"true", true}, {"false", false}, {"yes", true}, {"no", false}, {"on", true},
		{"off", false}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcasecmp(text, words[i].word) == 0) {
			*ret_value = words[i].value;
			return true;
		}
	}
	error_set(reterr, "'%s' is neither true nor false", text);
	return false;
}

static void replace_text(char **field, const char *text)
{
	free(*field);
	*field = mem_strdup(text);
}

static bool parse_choice(
	const struct setting *row, const char *text, char **field, struct error *reterr)
{
	struct buffer words = {0};
	for (const char *const *choice = row->choices; *choice != NULL; choice++) {
		if (strcmp(text, *choice) == 0) {
			buffer_finish(&words);
			replace_text(field, text);
			return true;
		}
		buffer_format(&words, "%s%s", choice != row->choices ? ", " : "", *choice);
	}
	error_set(reterr, "'%s' is not one of %s", text, words.data);
	buffer_finish(&words);
	return false;
}

bool setting_assign(
	const struct setting *row, void *options, const char *text, struct error *reterr)
{
	if (row->check != NULL && *text != '\0' && !row->check(text, reterr))
		return false;
	switch (row->type) {
	case SETTING_TYPE_STRING:
		replace_text(field_of(row, options), text);
		return true;
	case SETTING_TYPE_STRINGS:
		strings_add(field_of(row, options), text);
		return true;
	case SETTING_TYPE_INTEGER:
		return parse_integer(row, text, field_of(row, options), reterr);
	case SETTING_TYPE_BOOLEAN:
		return parse_boolean(text, field_of(row, options), reterr);
	case SETTING_TYPE_CHOICE:
		return parse_choice(row, text, field_of(row, options), reterr);
	}
	return false;
}

void setting_clear(const struct setting *row, void *options)
{
	switch (row->type) {
	case SETTING_TYPE_STRING:
	case SETTING_TYPE_CHOICE: {
		char **field = field_of(row, options);
		free(*field);
		*field = NULL;
		return;
	}
	case SETTING_TYPE_STRINGS:
		strings_finish(field_of(row, options));
		return;
	case SETTING_TYPE_INTEGER:
		*(long *)field_of(row, options) = 0;
		return;
	case SETTING_TYPE_BOOLEAN:
		*(bool *)field_of(row, options) = false;
		return;
	}
}

/* Reads the text between the next two quotes of \p text. Returns what follows it; NULL if there is
 * none. */
static const char *read_quoted(const char *text, struct buffer *ret_item)
{
	text = strchr(text, '"');
	if (text == NULL)
		return NULL;
	for (text++; *text != '"' && *text != '\0'; text++) {
		bool escaped = *text == '\\' && text[1] != '\0';
		text += escaped;
		if (escaped && (*text == 'n' || *text == 't'))
			buffer_append(ret_item, *text == 'n' ? "\n" : "\t", 1);
		else
			buffer_append(ret_item, text, 1);
	}
	return *text == '"' ? text + 1 : NULL;
}

static void assign_items(const struct setting *row, void *options, const char *text)
{
	struct buffer item = {0};
	while ((text = read_quoted(text, &item)) != NULL) {
		setting_assign(row, options, item.data != NULL ? item.data : "", NULL);
		buffer_clear(&item);
	}
	buffer_finish(&item);
}

/* Takes a value as quoted.conf writes it, or the text alone. */
static void assign_value(const struct setting *row, void *options, const char *text)
{
	bool is_text = row->type == SETTING_TYPE_STRING || row->type == SETTING_TYPE_CHOICE ||
		       row->type == SETTING_TYPE_STRINGS;
	if (row->type == SETTING_TYPE_STRINGS || (is_text && *text == '"'))
		assign_items(row, options, text);
	else if (is_text || *text != '\0')
		setting_assign(row, options, text, NULL);
}

void setting_defaults(const struct setting *rows, void *options)
{
	for (const struct setting *row = rows; row->name != NULL; row++)
		assign_value(row, options, row->fallback != NULL ? row->fallback : "");
}

bool setting_is_set(const struct setting *row, const void *options, struct error *reterr)
{
	const void *value = value_of(row, options);
	bool is_list = row->type == SETTING_TYPE_STRINGS;
	const char *text = "";
	if (row->required == NULL)
		return true;
	if (!is_list)
		text = *(char *const *)value;
	else if (((const struct strings *)value)->count > 0)
		text = ((const struct strings *)value)->items[0];
	if (*text != '\0')
		return true;
	error_set(reterr, "not set; %s", row->required);
	return false;
}

static bool check_text(const struct setting *row, const char *text, struct error *reterr)
{
	struct error error;
	if (*text == '\0' || row->check(text, &error))
		return true;
	error_set(reterr, "%s: %s", row->name, error.text);
	return false;
}

static bool check_value(const struct setting *row, const void *value, struct error *reterr)
{
	if (row->type != SETTING_TYPE_STRINGS)
		return check_text(row, *(char *const *)value, reterr);
	const struct strings *list = value;
	size_t good = 0;
	while (good < list->count && check_text(row, list->items[good], reterr))
		good++;
	return good == list->count;
}

bool setting_check(const struct setting *rows, const void *options, struct error *reterr)
{
	for (const struct setting *row = rows; row->name != NULL; row++) {
		struct error error;
		if (!setting_is_set(row, options, &error)) {
			error_set(reterr, "%s: %s", row->name, error.text);
			return false;
		}
		if (row->check != NULL && !check_value(row, value_of(row, options), reterr))
			return false;
	}
	return true;
}

static void add_text(const char *text, struct buffer *out)
{
	buffer_add(out, "\"");
	for (; text != NULL && *text != '\0'; text++) {
		if (*text == '\n' || *text == '\t')
			buffer_format(out, "\\%c", *text == '\n' ? 'n' : 't');
		else
			buffer_format(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
	}
	buffer_add(out, "\"");
}

static void add_list(const struct strings *list, struct buffer *out)
{
	buffer_add(out, "{");
	for (size_t i = 0; i < list->count; i++) {
		buffer_add(out, i > 0 ? ", " : "");
		add_text(list->items[i], out);
	}
	buffer_add(out, "}");
}

void setting_print(const struct setting *row, const void *options, struct buffer *out)
{
	const void *value = value_of(row, options);
	switch (row->type) {
	case SETTING_TYPE_STRING:
	case SETTING_TYPE_CHOICE:
		add_text(*(char *const *)value, out);
		return;
	case SETTING_TYPE_STRINGS:
		add_list(value, out);
		return;
	case SETTING_TYPE_INTEGER:
		buffer_format(out, "%ld", *(const long *)value);
		return;
	case SETTING_TYPE_BOOLEAN:
		buffer_add(out, *(const bool *)value ? "true" : "false");
		return;
	}
}

void setting_copy(const struct setting *rows, void *options, const void *from)
{
	struct buffer text = {0};
	for (const struct setting *row = rows; row->name != NULL; row++) {
		buffer_clear(&text);
		setting_print(row, from, &text);
		assign_value(row, options, text.data);
	}
	buffer_finish(&text);
}

bool setting_equal(const struct setting *rows, const void *left, const void *right)
{
	struct buffer one = {0}, other = {0};
	bool equal = true;
	for (const struct setting *row = rows; equal && row->name != NULL; row++) {
		buffer_clear(&one);
		buffer_clear(&other);
		setting_print(row, left, &one);
		setting_print(row, right, &other);
		equal = strcmp(one.data, other.data) == 0;
	}
	buffer_finish(&one);
	buffer_finish(&other);
	return equal;
}

void setting_finish(const struct setting *rows, void *options)
{
	for (const struct setting *row = rows; row->name != NULL; row++)
		setting_clear(row, options);
}
