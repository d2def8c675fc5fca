#include "config/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <confuse.h>

#include "config/config_text.h"
#include "core/base/mem.h"
#include "core/base/suggest.h"

enum { CONFIG_TITLE_MAX = 32 };

/* Where a setting stands. */
struct mark {
	const cfg_t *section;
	const struct setting *row;
	int line;
};

struct reading {
	const char *name;
	const struct config_schema *schemas;
	struct error *reterr;
	struct mark *marks;
	size_t mark_count;
	bool failed;
};

/* libconfuse hands its callbacks no context of ours. */
static struct reading *current;

static const struct config_schema *find_schema(
	const struct config_schema *schemas, const char *name)
{
	while (schemas->name != NULL && strcmp(schemas->name, name) != 0)
		schemas++;
	return schemas->name != NULL ? schemas : NULL;
}

static const struct setting *find_row(const struct setting *rows, const char *name)
{
	while (rows->name != NULL && strcmp(rows->name, name) != 0)
		rows++;
	return rows->name != NULL ? rows : NULL;
}

static const struct setting *rows_of(const cfg_t *cfg)
{
	const struct config_schema *schema =
		cfg->title != NULL ? find_schema(current->schemas, cfg->name) : NULL;
	return schema != NULL ? schema->settings : daemon_options_settings;
}

/* The first report counts: libconfuse has a second one for the same mistake. */
static void report(const cfg_t *cfg, const char *name, const char *what)
{
	if (current->failed)
		return;
	current->failed = true;
	const char *section = cfg->title != NULL ? cfg->name : "";
	error_set(current->reterr, "%s:%d: %s%s%s%s%s", current->name, cfg->line, section,
		*section != '\0' && name != NULL ? "." : "", name != NULL ? name : "",
		*section != '\0' || name != NULL ? ": " : "", what);
}

static size_t count_schemas(const struct config_schema *schemas)
{
	size_t count = 0;
	while (schemas[count].name != NULL)
		count++;
	return count;
}

static size_t count_rows(const struct setting *rows)
{
	size_t count = 0;
	while (rows[count].name != NULL)
		count++;
	return count;
}

static const char *suggest(const cfg_t *cfg, const char *name)
{
	const struct setting *rows = rows_of(cfg);
	size_t row_count = count_rows(rows);
	size_t schema_count = cfg->title == NULL ? count_schemas(current->schemas) : 0;
	const char **known = mem_alloc((row_count + schema_count + 1) * sizeof *known);
	for (size_t i = 0; i < row_count; i++)
		known[i] = rows[i].name;
	for (size_t i = 0; i < schema_count; i++)
		known[row_count + i] = current->schemas[i].name;
	const char *nearest = suggest_nearest(name, known, row_count + schema_count);
	free(known);
	return nearest;
}

static void report_unknown(const cfg_t *cfg, const char *name)
{
	const char *nearest = suggest(cfg, name);
	const char *what = cfg->title != NULL ? "no such setting" : "no such setting or section";
	char *text = nearest != NULL ? mem_format("%s; did you mean '%s'?", what, nearest)
				     : mem_strdup(what);
	report(cfg, name, text);
	free(text);
}

__attribute__((format(printf, 2, 0))) static void on_error(
	cfg_t *cfg, const char *format, va_list arguments)
{
	if (strcmp(format, "no such option '%s'") == 0) {
		report_unknown(cfg, va_arg(arguments, const char *));
		return;
	}
	if (strcmp(format, "missing title for section '%s'") == 0) {
		report(cfg, va_arg(arguments, const char *),
			"the section needs a title before its '{', as in \"default\"");
		return;
	}
	char text[ERROR_TEXT_SIZE];
	vsnprintf(text, sizeof text, format, arguments);
	report(cfg, NULL, text);
}

static void mark(const cfg_t *cfg, const struct setting *row)
{
	current->marks =
		mem_resize(current->marks, current->mark_count + 1, sizeof *current->marks);
	current->marks[current->mark_count++] = (struct mark){cfg, row, cfg->line};
}

/* Called for each value with the line it stands on; keeps the text for the pass that stores it. */
static int on_value(cfg_t *cfg, cfg_opt_t *option, const char *value, void *result)
{
	const struct setting *row = find_row(rows_of(cfg), option->name);
	union {
		char *text;
		struct strings list;
		long integer;
		bool boolean;
	} scratch = {.list = {0}};
	struct setting here = *row;
	here.offset = 0;
	struct error error;
	if (!setting_assign(&here, &scratch, value, &error)) {
		report(cfg, row->name, error.text);
		return -1;
	}
	setting_clear(&here, &scratch);
	mark(cfg, row);
	*(const char **)result = value;
	return 0;
}

static void describe_rows(const struct setting *rows, cfg_opt_t *ret_options)
{
	for (; rows->name != NULL; rows++, ret_options++) {
		cfg_opt_t text = CFG_STR_CB(rows->name, NULL, CFGF_NODEFAULT, on_value);
		cfg_opt_t list = CFG_STR_LIST_CB(rows->name, NULL, CFGF_NODEFAULT, on_value);
		*ret_options = rows->type == SETTING_TYPE_STRINGS ? list : text;
	}
	*ret_options = (cfg_opt_t)CFG_END();
}

/* Returns libconfuse's tables for all settings; libconfuse copies them. */
static cfg_opt_t *describe(const struct config_schema *schemas)
{
	size_t kinds = count_schemas(schemas);
	size_t top = count_rows(daemon_options_settings);
	cfg_opt_t *options = mem_alloc((top + kinds + 1) * sizeof *options);
	describe_rows(daemon_options_settings, options);
	for (size_t i = 0; i < kinds; i++) {
		size_t count = count_rows(schemas[i].settings);
		cfg_opt_t *rows = mem_alloc((count + 1) * sizeof *rows);
		describe_rows(schemas[i].settings, rows);
		options[top + i] = (cfg_opt_t)CFG_SEC(
			schemas[i].name, rows, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES);
	}
	options[top + kinds] = (cfg_opt_t)CFG_END();
	return options;
}

static void free_description(cfg_opt_t *options)
{
	for (cfg_opt_t *option = options; option->name != NULL; option++)
		free(option->subopts);
	free(options);
}

static void store(cfg_t *cfg, const struct setting *rows, void *options)
{
	setting_defaults(rows, options);
	for (const struct setting *row = rows; row->name != NULL; row++) {
		cfg_opt_t *option = cfg_getopt(cfg, row->name);
		if ((option->flags & CFGF_MODIFIED) == 0)
			continue;
		if (row->type == SETTING_TYPE_STRINGS)
			setting_clear(row, options);
		for (unsigned i = 0; i < cfg_opt_size(option); i++)
			setting_assign(row, options, cfg_opt_getnstr(option, i), NULL);
	}
}

/* Returns the line of each row, \p fallback where it is not set. */
static int *lines_of(const cfg_t *cfg, const struct setting *rows, int fallback)
{
	size_t count = count_rows(rows);
	int *lines = mem_alloc((count + 1) * sizeof *lines);
	for (size_t i = 0; i < count; i++)
		lines[i] = fallback;
	for (size_t i = current->mark_count; i-- > 0;) {
		if (current->marks[i].section == cfg)
			lines[current->marks[i].row - rows] = current->marks[i].line;
	}
	return lines;
}

static int first_line(const cfg_t *cfg)
{
	for (size_t i = 0; i < current->mark_count; i++) {
		if (current->marks[i].section == cfg)
			return current->marks[i].line;
	}
	return cfg->line;
}

static bool check_title(const cfg_t *cfg)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t length = strlen(cfg->title);
	if (length > 0 && length <= CONFIG_TITLE_MAX && strspn(cfg->title, letters) == length)
		return true;
	report(cfg, NULL, "a title is 1 to 32 letters, digits, '.', '_' and '-'");
	return false;
}

static struct config_section *add_section(
	struct config *config, const struct config_schema *schema, const char *title)
{
	config->sections =
		mem_resize(config->sections, config->section_count + 1, sizeof *config->sections);
	struct config_section *added = &config->sections[config->section_count++];
	*added = (struct config_section){
		.schema = schema,
		.title = mem_strdup(title),
		.name = mem_format("%s.%s", schema->name, title),
		.options = mem_alloc(schema->options_size),
	};
	return added;
}

static bool store_sections(cfg_t *cfg, const struct config_schema *schema, struct config *config)
{
	for (unsigned i = 0; i < cfg_size(cfg, schema->name); i++) {
		cfg_t *section = cfg_getnsec(cfg, schema->name, i);
		if (!check_title(section))
			return false;
		struct config_section *added = add_section(config, schema, section->title);
		added->lines = lines_of(section, schema->settings, first_line(section));
		store(section, schema->settings, added->options);
	}
	return true;
}

static bool parse(cfg_t *cfg, const struct config_text *text, struct config *ret_config)
{
	if (cfg_parse_buf(cfg, text->data) != CFG_SUCCESS) {
		report(cfg, NULL, "this is not understood");
		return false;
	}
	ret_config->name = mem_strdup(current->name);
	ret_config->lines = lines_of(cfg, daemon_options_settings, 0);
	store(cfg, daemon_options_settings, &ret_config->daemon);
	const struct config_schema *schema = current->schemas;
	for (; schema->name != NULL; schema++) {
		if (!store_sections(cfg, schema, ret_config))
			return false;
	}
	return true;
}

/* Takes over the data of \p text. */
static bool parse_text(struct config_text *text, const struct config_schema *schemas,
	struct config *ret_config, struct error *reterr)
{
	*ret_config = (struct config){0};
	bool success = config_text_clean(text, reterr);
	if (success) {
		struct reading reading = {.name = text->name, .schemas = schemas, .reterr = reterr};
		current = &reading;
		cfg_opt_t *description = describe(schemas);
		cfg_t *cfg = cfg_init(description, CFGF_NONE);
		cfg_set_error_function(cfg, on_error);
		success = parse(cfg, text, ret_config);
		cfg_free(cfg);
		free_description(description);
		free(reading.marks);
		current = NULL;
	}
	if (!success)
		config_finish(ret_config);
	free(text->data);
	return success;
}

bool config_parse(const char *name, const char *text, size_t length,
	const struct config_schema *schemas, struct config *ret_config, struct error *reterr)
{
	struct config_text copy = {
		.name = name, .data = mem_strndup(text, length), .length = length};
	return parse_text(&copy, schemas, ret_config, reterr);
}

bool config_read(const char *path, const struct config_schema *schemas, struct config *ret_config,
	struct error *reterr)
{
	*ret_config = (struct config){0};
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		error_set(reterr, "%s: %s", path, strerror(errno));
		return false;
	}
	struct config_text text = {.name = path, .data = mem_alloc(CONFIG_SIZE_MAX + 1)};
	text.length = fread(text.data, 1, CONFIG_SIZE_MAX, file);
	bool failed = ferror(file) != 0;
	int reason = errno;
	bool complete = !failed && fgetc(file) == EOF;
	fclose(file);
	if (complete)
		return parse_text(&text, schemas, ret_config, reterr);
	if (failed)
		error_set(reterr, "%s: %s", path, strerror(reason));
	else
		error_set(reterr, "%s: larger than %d octets", path, CONFIG_SIZE_MAX);
	free(text.data);
	return false;
}

/* Returns the line of the setting whose name \p text begins with, else that of the first row. */
static int find_line(const struct setting *rows, const int *lines, const char *text)
{
	size_t length = strcspn(text, ":, ");
	for (size_t i = 0; rows[i].name != NULL; i++) {
		if (strlen(rows[i].name) == length && strncmp(rows[i].name, text, length) == 0)
			return lines[i];
	}
	return lines[0];
}

bool config_locate(
	const struct config *config, const struct config_section *section, struct error *error)
{
	struct error bare = *error;
	const struct setting *rows =
		section != NULL ? section->schema->settings : daemon_options_settings;
	const int *lines = section != NULL ? section->lines : config->lines;
	int line = find_line(rows, lines, bare.text);
	if (line > 0)
		error_set(error, "%s:%d: %s%s%s", config->name, line,
			section != NULL ? section->schema->name : "", section != NULL ? "." : "",
			bare.text);
	return false;
}

void config_forget_line(struct config *config, const char *name)
{
	config->lines[find_row(daemon_options_settings, name) - daemon_options_settings] = 0;
}

static void finish_section(struct config_section *section)
{
	setting_finish(section->schema->settings, section->options);
	free(section->options);
	free(section->title);
	free(section->name);
	free(section->lines);
}

void *config_add_section(
	struct config *config, const struct config_schema *schema, const char *title)
{
	struct config_section *added = add_section(config, schema, title);
	added->lines = mem_alloc((count_rows(schema->settings) + 1) * sizeof *added->lines);
	setting_defaults(schema->settings, added->options);
	return added->options;
}

void config_remove_sections(struct config *config, const char *kind)
{
	size_t kept = 0;
	for (size_t i = 0; i < config->section_count; i++) {
		if (strcmp(config->sections[i].schema->name, kind) == 0)
			finish_section(&config->sections[i]);
		else
			config->sections[kept++] = config->sections[i];
	}
	config->section_count = kept;
}

void config_finish(struct config *config)
{
	setting_finish(daemon_options_settings, &config->daemon);
	for (size_t i = 0; i < config->section_count; i++)
		finish_section(&config->sections[i]);
	free(config->sections);
	free(config->name);
	free(config->lines);
	*config = (struct config){0};
}
