#include "config/config_print.h"

static void add_text(struct buffer *text, const char *value)
{
	buffer_add(text, "\"");
	for (; *value != '\0'; value++) {
		if (*value == '\n' || *value == '\t')
			buffer_format(text, "\\%c", *value == '\n' ? 'n' : 't');
		else
			buffer_format(
				text, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
	}
	buffer_add(text, "\"");
}

static void add_list(struct buffer *text, const struct strings *list)
{
	buffer_add(text, "{");
	for (size_t i = 0; i < list->count; i++) {
		buffer_add(text, i > 0 ? ", " : "");
		add_text(text, list->items[i]);
	}
	buffer_add(text, "}");
}

static void add_value(struct buffer *text, const struct setting *row, const void *options)
{
	const void *value = (const char *)options + row->offset;
	switch (row->type) {
	case SETTING_TYPE_STRING:
	case SETTING_TYPE_CHOICE:
		add_text(text, *(char *const *)value);
		return;
	case SETTING_TYPE_STRINGS:
		add_list(text, value);
		return;
	case SETTING_TYPE_INTEGER:
		buffer_format(text, "%ld", *(const long *)value);
		return;
	case SETTING_TYPE_BOOLEAN:
		buffer_add(text, *(const bool *)value ? "true" : "false");
		return;
	}
}

static void add_rows(
	struct buffer *text, const struct setting *row, const void *options, const char *indent)
{
	for (; row->name != NULL; row++) {
		buffer_format(text, "%s%s = ", indent, row->name);
		add_value(text, row, options);
		buffer_add(text, "\n");
	}
}

void config_print(const struct config *config, struct buffer *text)
{
	add_rows(text, daemon_options_settings, &config->daemon, "");
	for (size_t i = 0; i < config->section_count; i++) {
		const struct config_section *section = &config->sections[i];
		buffer_format(text, "\n%s \"%s\" {\n", section->schema->name, section->title);
		add_rows(text, section->schema->settings, section->options, "\t");
		buffer_add(text, "}\n");
	}
}
