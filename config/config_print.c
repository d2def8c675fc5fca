#include "config/config_print.h"

static void add_rows(
	struct buffer *text, const struct setting *row, const void *options, const char *indent)
{
	for (; row->name != NULL; row++) {
		buffer_format(text, "%s%s = ", indent, row->name);
		setting_print(row, options, text);
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
