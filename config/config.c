#include "config/config.h"

#include <stdlib.h>
#include <string.h>

#include "config/config_files.h"
#include "core/base/mem.h"
#include "core/base/suggest.h"

enum { CONFIG_TITLE_MAX = 32 };

/* A configuration that is being read. */
struct reading {
	struct config *config;
	const struct config_schema *schemas;
	struct strings *problems;
};

static void report(struct reading *reading, const struct config_tree *at, const char *section,
	const char *name, const char *what)
{
	char *problem = mem_format("%s:%d: %s%s%s: %s", at->file, at->line, section,
		*section != '\0' && *name != '\0' ? "." : "", name, what);
	strings_add(reading->problems, problem);
	free(problem);
}

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

/* Returns the first part of that kind and name before \p end; NULL: there is none. */
static const struct config_tree *find_part(const struct config_tree *tree, const char *text,
	const char *title, const struct config_tree *end)
{
	for (size_t i = 0; i < tree->count && &tree->parts[i] != end; i++) {
		const struct config_tree *part = &tree->parts[i];
		bool same_title = (part->title == NULL) == (title == NULL) &&
				  (title == NULL || strcmp(part->title, title) == 0);
		if (strcmp(part->text, text) == 0 && same_title)
			return part;
	}
	return NULL;
}

/* Returns the nearest of the names that can stand there: of settings, and of sections, whether at
 * the top or in one that should have ended. */
static const char *suggest(
	const struct reading *reading, const struct setting *rows, const char *name)
{
	struct suggestion meant = {.word = name};
	for (; rows->name != NULL; rows++)
		suggest_offer(&meant, rows->name);
	for (const struct config_schema *schema = reading->schemas; schema->name != NULL; schema++)
		suggest_offer(&meant, schema->name);
	return meant.nearest;
}

/* Returns what to do about a name that belongs elsewhere, or NULL if it is none. */
static char *judge_place(const struct reading *reading, const char *section, const char *name)
{
	const struct config_schema *schema = reading->schemas;
	if (*section == '\0') {
		while (schema->name != NULL && find_row(schema->settings, name) == NULL)
			schema++;
		return schema->name != NULL
			       ? mem_format("belongs in a section such as %s; move it there",
					 schema->name)
			       : NULL;
	}
	if (find_schema(schema, name) != NULL)
		return mem_format("is a section; end the %s above it with '}'", section);
	if (find_row(daemon_options_settings, name) != NULL ||
		strcmp(name, CONFIG_FILES_INCLUDE) == 0)
		return mem_strdup("belongs outside of all sections; move it there");
	return NULL;
}

static void report_unknown(struct reading *reading, const struct config_tree *part,
	const char *section, const struct setting *rows)
{
	const char *nearest = suggest(reading, rows, part->text);
	const char *what = *section != '\0' ? "no such setting" : "no such setting or section";
	char *text = judge_place(reading, section, part->text);
	if (text == NULL && nearest != NULL)
		text = mem_format("%s; did you mean '%s'?", what, nearest);
	report(reading, part, section, part->text, text != NULL ? text : what);
	free(text);
}

static const char must_be_set[] = "is a setting; write it with '='";

static void store_values(struct reading *reading, const struct config_tree *part,
	const char *section, const struct setting *row, void *options)
{
	struct error error;
	if (row->type == SETTING_TYPE_STRINGS)
		setting_clear(row, options);
	else if (part->is_list)
		report(reading, part, section, part->text, "takes one value, not a list");
	for (size_t i = 0; i < part->count; i++)
		if (!setting_assign(row, options, part->parts[i].text, &error))
			report(reading, &part->parts[i], section, part->text, error.text);
}

static void store_setting(struct reading *reading, const struct config_tree *tree,
	const struct config_tree *part, const struct setting *rows, void *options)
{
	const char *section = tree->title != NULL ? tree->text : "";
	const struct setting *row = find_row(rows, part->text);
	const struct config_tree *before = find_part(tree, part->text, NULL, part);
	if (row == NULL) {
		report_unknown(reading, part, section, rows);
	} else if (part->kind != CONFIG_TREE_KIND_SETTING) {
		report(reading, part, section, part->text, must_be_set);
	} else if (before != NULL) {
		char *what = mem_format(
			"is set twice; the first time in %s:%d", before->file, before->line);
		report(reading, part, section, part->text, what);
		free(what);
	} else {
		store_values(reading, part, section, row, options);
	}
}

/* A setting that is there, but wrong, has been reported. */
static void report_missing(struct reading *reading, const struct config_tree *tree,
	const struct setting *row, const void *options)
{
	struct error error;
	for (; row->name != NULL; row++) {
		const struct config_tree *part = find_part(tree, row->name, NULL, NULL);
		bool is_empty = part == NULL || part->count == 0 || *part->parts[0].text == '\0';
		if (is_empty && !setting_is_set(row, options, &error))
			report(reading, part != NULL ? part : tree, tree->text, row->name,
				error.text);
	}
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
	setting_defaults(schema->settings, added->options);
	return added;
}

static bool is_title(const char *title)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t length = strlen(title);
	return length > 0 && length <= CONFIG_TITLE_MAX && strspn(title, letters) == length;
}

/* What is wrong with the head of a section; NULL: nothing. */
static const char *judge_head(const struct reading *reading, const struct config_tree *part)
{
	if (part->kind != CONFIG_TREE_KIND_SECTION)
		return "is a section; write it as NAME \"default\" { ... }";
	if (part->title == NULL)
		return "the section needs a title before its '{', as in \"default\"";
	if (!is_title(part->title))
		return "a title is 1 to 32 letters, digits, '.', '_' and '-'";
	if (find_part(&reading->config->tree, part->text, part->title, part) != NULL)
		return "there are two of this title; rename one";
	return NULL;
}

static void store_section(
	struct reading *reading, const struct config_schema *schema, const struct config_tree *part)
{
	const char *wrong = judge_head(reading, part);
	if (wrong != NULL) {
		report(reading, part, part->text, part->title != NULL ? part->title : "", wrong);
		return;
	}
	struct config_section *added = add_section(reading->config, schema, part->title);
	added->tree = part;
	for (size_t i = 0; i < part->count; i++)
		store_setting(reading, part, &part->parts[i], schema->settings, added->options);
	report_missing(reading, part, schema->settings, added->options);
}

/* In the order of the schemas, those of a kind as written. */
static void sort_sections(struct config *config)
{
	for (size_t i = 1; i < config->section_count; i++) {
		struct config_section section = config->sections[i];
		size_t to = i;
		for (; to > 0 && config->sections[to - 1].schema > section.schema; to--)
			config->sections[to] = config->sections[to - 1];
		config->sections[to] = section;
	}
}

static void store(struct reading *reading)
{
	struct config *config = reading->config;
	for (size_t i = 0; i < config->tree.count; i++) {
		const struct config_tree *part = &config->tree.parts[i];
		const struct config_schema *schema = find_schema(reading->schemas, part->text);
		if (schema != NULL)
			store_section(reading, schema, part);
		else if (strcmp(part->text, CONFIG_FILES_INCLUDE) != 0)
			store_setting(reading, &config->tree, part, daemon_options_settings,
				&config->daemon);
		else if (part->kind != CONFIG_TREE_KIND_SETTING)
			report(reading, part, "", part->text, must_be_set);
	}
	sort_sections(config);
}

static bool conclude(struct reading *reading, size_t problems_before)
{
	store(reading);
	if (reading->problems->count == problems_before)
		return true;
	config_finish(reading->config);
	return false;
}

static struct reading begin(
	const struct config_schema *schemas, struct config *ret_config, struct strings *problems)
{
	*ret_config = (struct config){0};
	setting_defaults(daemon_options_settings, &ret_config->daemon);
	return (struct reading){ret_config, schemas, problems};
}

bool config_parse(const char *name, const char *text, size_t length,
	const struct config_schema *schemas, struct config *ret_config, struct strings *problems)
{
	size_t before = problems->count;
	struct reading reading = begin(schemas, ret_config, problems);
	config_files_parse(name, text, length, &ret_config->tree, &ret_config->files, problems);
	return conclude(&reading, before);
}

bool config_read(const char *path, const struct config_schema *schemas, struct config *ret_config,
	struct strings *problems)
{
	size_t before = problems->count;
	struct reading reading = begin(schemas, ret_config, problems);
	config_files_read(path, &ret_config->tree, &ret_config->files, problems);
	return conclude(&reading, before);
}

/* An error can begin with a collection, which may be the "quotes" outside all sections. Returns
 * what follows it, and in \p ret_tree the section that has its settings. */
static const char *skip_collection(
	const struct config *config, const char *text, const struct config_tree **ret_tree)
{
	static const char own[] = "collection \"quotes\": ";
	for (size_t i = 0; i < config->section_count; i++) {
		const struct config_section *section = &config->sections[i];
		char *start = mem_format("%s \"%s\": ", section->schema->name, section->title);
		size_t length = strlen(start);
		bool found = strncmp(text, start, length) == 0;
		free(start);
		*ret_tree = section->tree;
		if (found)
			return text + length;
	}
	*ret_tree = &config->tree;
	return strncmp(text, own, strlen(own)) == 0 ? "quotes" : text;
}

bool config_locate(
	const struct config *config, const struct config_section *section, struct error *error)
{
	struct error bare = *error;
	const struct config_tree *tree = section != NULL ? section->tree : NULL;
	const char *text = section != NULL ? bare.text : skip_collection(config, bare.text, &tree);
	char *name = mem_strndup(text, strcspn(text, ":, "));
	const struct config_tree *part = tree != NULL ? find_part(tree, name, NULL, NULL) : NULL;
	if (part == NULL && tree != &config->tree)
		part = tree;
	if (part != NULL)
		error_set(error, "%s:%d: %s%s%s", part->file, part->line,
			section != NULL ? section->schema->name : "", section != NULL ? "." : "",
			bare.text);
	free(name);
	return false;
}

void config_forget_line(struct config *config, const char *name)
{
	for (size_t i = 0; i < config->tree.count; i++)
		if (strcmp(config->tree.parts[i].text, name) == 0)
			config->tree.parts[i].text[0] = '\0';
}

static void finish_section(struct config_section *section)
{
	setting_finish(section->schema->settings, section->options);
	free(section->options);
	free(section->title);
	free(section->name);
}

void *config_add_section(
	struct config *config, const struct config_schema *schema, const char *title)
{
	return add_section(config, schema, title)->options;
}

void config_exchange_options(struct config_section *left, struct config_section *right)
{
	struct config_section before = *left;
	left->options = right->options;
	left->name = right->name;
	left->title = right->title;
	right->options = before.options;
	right->name = before.name;
	right->title = before.title;
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

static void print_rows(
	const struct setting *row, const void *options, const char *indent, struct buffer *out)
{
	for (; row->name != NULL; row++) {
		buffer_format(out, "%s%s = ", indent, row->name);
		setting_print(row, options, out);
		buffer_add(out, "\n");
	}
}

void config_print(const struct config *config, struct buffer *out)
{
	print_rows(daemon_options_settings, &config->daemon, "", out);
	for (size_t i = 0; i < config->section_count; i++) {
		const struct config_section *section = &config->sections[i];
		buffer_format(out, "\n%s \"%s\" {\n", section->schema->name, section->title);
		print_rows(section->schema->settings, section->options, "\t", out);
		buffer_add(out, "}\n");
	}
}

void config_finish(struct config *config)
{
	setting_finish(daemon_options_settings, &config->daemon);
	for (size_t i = 0; i < config->section_count; i++)
		finish_section(&config->sections[i]);
	free(config->sections);
	config_tree_finish(&config->tree);
	strings_finish(&config->files);
	*config = (struct config){0};
}
