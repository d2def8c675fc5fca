#include "config/options_apply.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/collection_settings.h"
#include "config/installed_quotes.h"
#include "core/base/mem.h"

static const char builtin_name[] = "built-in";
static const char builtin[] = "qotd \"default\" {} web \"default\" "
			      "{ base_url = \"http://localhost:8017\" qotd_port = 1717 }";

bool options_apply_read(const struct common_options *options, const struct config_schema *schemas,
	struct config *ret_config, struct strings *problems)
{
	const char *path = options->config_path;
	if (path == NULL && access(OPTIONS_APPLY_DEFAULT_PATH, F_OK) == 0)
		path = OPTIONS_APPLY_DEFAULT_PATH;
	if (path != NULL)
		return config_read(path, schemas, ret_config, problems);
	return config_parse(
		builtin_name, builtin, sizeof builtin - 1, schemas, ret_config, problems);
}

bool options_apply_is_builtin(const struct config *config)
{
	return strcmp(config->files.items[0], builtin_name) == 0;
}

/* "127.0.0.1:1717" becomes "127.0.0.1:PORT". */
static void replace_port(char **address, long port)
{
	const char *colon = strrchr(*address, ':');
	if (colon == NULL || strncmp(*address, "unix:", 5) == 0)
		return;
	char *replaced = mem_format("%.*s:%ld", (int)(colon - *address), *address, port);
	free(*address);
	*address = replaced;
}

static void replace_ports(const struct config_section *section, long port)
{
	bool is_qotd = strcmp(section->schema->name, "qotd") == 0;
	const struct setting *row = section->schema->settings;
	for (; row->name != NULL; row++) {
		void *field = (char *)section->options + row->offset;
		if (strcmp(row->name, "qotd_port") == 0 && row->type == SETTING_TYPE_INTEGER &&
			*(long *)field != 0)
			*(long *)field = port;
		if (!is_qotd || row->type != SETTING_TYPE_STRINGS ||
			(strcmp(row->name, "listen") != 0 && strcmp(row->name, "udp") != 0))
			continue;
		struct strings *addresses = field;
		for (size_t i = 0; i < addresses->count; i++)
			replace_port(&addresses->items[i], port);
	}
}

bool options_apply_port(long port, struct config *config, struct error *reterr)
{
	size_t qotd_count = 0;
	for (size_t i = 0; i < config->section_count; i++)
		qotd_count += strcmp(config->sections[i].schema->name, "qotd") == 0;
	if (port != 0 && qotd_count != 1) {
		error_set(reterr,
			"--port needs exactly one qotd section; the configuration has %zu",
			qotd_count);
		return false;
	}
	for (size_t i = 0; port != 0 && i < config->section_count; i++)
		replace_ports(&config->sections[i], port);
	return true;
}

void options_apply_log_format(const char *format, struct config *config)
{
	if (format == NULL)
		return;
	free(config->daemon.log_format);
	config->daemon.log_format = mem_strdup(format);
}

/* The names are of collections that are gone. */
static void forget_names(struct config_section *section)
{
	const struct setting *row = section->schema->settings;
	for (; row->name != NULL; row++)
		if (strcmp(row->name, "collections") == 0 ||
			strcmp(row->name, "channel_collections") == 0)
			setting_clear(row, section->options);
}

/* Each file has a collection of its own. One of 0% is never drawn. */
static void add_weighted(const struct common_options *options, const struct config_schema *schemas,
	struct config *config)
{
	while (strcmp(schemas->name, COLLECTION_SETTINGS_NAME) != 0)
		schemas++;
	for (size_t i = 0; i < options->quotes.count; i++) {
		const char *path = strchr(options->quotes.items[i], ':') + 1;
		struct collection *added = config_add_section(config, schemas, path);
		installed_quotes_add(&added->sources, path);
		added->is_private = options->percents[i] == 0;
		added->percent = options->percents[i] > 0 ? options->percents[i] : 0;
	}
}

static void replace_quotes(const struct common_options *options,
	const struct config_schema *schemas, struct config *config)
{
	strings_finish(&config->daemon.quotes);
	config_forget_line(config, "quotes");
	config_remove_sections(config, COLLECTION_SETTINGS_NAME);
	for (size_t i = 0; i < config->section_count; i++)
		forget_names(&config->sections[i]);
	if (options->percents != NULL)
		add_weighted(options, schemas, config);
	for (size_t i = 0; options->percents == NULL && i < options->quotes.count; i++)
		strings_add(&config->daemon.quotes, options->quotes.items[i]);
}

static void apply_kinds(const struct common_options *options, struct config *config)
{
	config->daemon.equal |= options->equal;
	config->daemon.offensive |= options->offensive;
	config->daemon.only_offensive = options->only_offensive;
	for (size_t i = 0; i < config->section_count; i++) {
		if (strcmp(config->sections[i].schema->name, COLLECTION_SETTINGS_NAME) != 0)
			continue;
		struct collection *collection = config->sections[i].options;
		collection->offensive |= options->offensive;
		collection->only_offensive = options->only_offensive;
	}
}

void options_apply_quotes(const struct common_options *options, const struct config_schema *schemas,
	struct config *config)
{
	if (options->quotes.count > 0)
		replace_quotes(options, schemas, config);
	apply_kinds(options, config);
}
