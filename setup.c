#include "setup.h"

#include <stdlib.h>
#include <string.h>

#include "config/collection_settings.h"
#include "config/installed_quotes.h"
#include "config/options_apply.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/runtime/process.h"

static struct config_schema *make_schemas(const struct frontend_ops *const *frontends)
{
	size_t count = 0;
	while (frontends[count] != NULL)
		count++;
	struct config_schema *schemas = mem_alloc((count + 2) * sizeof *schemas);
	for (size_t i = 0; i < count; i++)
		schemas[i] = (struct config_schema){
			frontends[i]->name, frontends[i]->settings, frontends[i]->options_size};
	schemas[count] = (struct config_schema){
		COLLECTION_SETTINGS_NAME, collection_settings, sizeof(struct collection)};
	return schemas;
}

struct setup *setup_create(const struct frontend_ops *const *frontends, struct rng *rng)
{
	struct setup *setup = mem_alloc(sizeof *setup);
	setup->frontends = frontends;
	setup->rng = rng;
	return setup;
}

bool setup_read_config(
	struct setup *setup, const struct common_options *options, struct error *reterr)
{
	setup->schemas = make_schemas(setup->frontends);
	reterr->text[0] = '\0';
	if (!options_apply_read(options, setup->schemas, &setup->config, &setup->problems))
		return false;
	options_apply_quotes(options, setup->schemas, &setup->config);
	return true;
}

void setup_refuse(struct setup *setup, const struct config_section *section, const char *reason)
{
	struct error error;
	error_set(&error, "%s", reason);
	config_locate(&setup->config, section, &error);
	strings_add(&setup->problems, error.text);
}

bool setup_open_quotes(struct setup *setup, const struct library *before, const atomic_bool *cancel)
{
	const struct daemon_options *daemon = &setup->config.daemon;
	struct loader loader = {.warnings = &setup->warnings, .before = before, .cancel = cancel};
	struct strings problems = {0};
	struct error error;
	struct library *library = installed_quotes_load(&setup->config, &loader, &problems);
	setup->quoter = library != NULL ? quoter_create(library, setup->rng) : NULL;
	if (library != NULL &&
		!quoter_set_today(setup->quoter, daemon->today_key, &daemon->today_pins, &error))
		strings_add(&problems, error.text);
	for (size_t i = 0; i < problems.count; i++)
		setup_refuse(setup, NULL, problems.items[i]);
	setup->lacks_quotes = problems.count > 0;
	strings_finish(&problems);
	return !setup->lacks_quotes;
}

const struct frontend_ops *setup_frontend(
	const struct setup *setup, const struct config_section *section)
{
	return setup->frontends[section->schema - setup->schemas];
}

static struct quote_wire wire_of(const struct setup *setup, const struct config_section *section)
{
	const struct frontend_ops *ops = setup_frontend(setup, section);
	const struct wire_options *options = section->options;
	if (ops->fit == NULL)
		return (struct quote_wire){.name = section->name};
	return (struct quote_wire){
		.name = section->name,
		.collections = &options->collections,
		.no_repeat = options->no_repeat,
		.fit = ops->fit(options),
	};
}

struct asker *setup_asker(struct setup *setup, const struct config_section *section,
	struct searcher *searcher, struct error *reterr)
{
	static const struct strings none = {0};
	struct quote_wire wire = wire_of(setup, section);
	if (setup->lacks_quotes)
		wire.collections = &none;
	return asker_create(setup->quoter, searcher, &wire, reterr);
}

/* Sections are in the order of their schemas: front ends come first, and of these the ones that
 * show quotes. */
bool setup_has_frontend(const struct setup *setup, struct error *reterr)
{
	const struct config *config = &setup->config;
	const struct frontend_ops *first = NULL;
	if (config->section_count > 0)
		first = setup_frontend(setup, &config->sections[0]);
	if (first != NULL && first->fit != NULL)
		return true;
	error_set(reterr,
		"%s: no front end shows quotes; add a section such as qotd \"default\" {}",
		config->files.items[0]);
	return false;
}

void setup_start_log(const struct setup *setup)
{
	const struct daemon_options *daemon = &setup->config.daemon;
	bool json = strcmp(daemon->log_format, "json") == 0;
	struct log_options options = {
		.form = json ? LOG_FORM_JSON : LOG_FORM_PLAIN,
		.repeats = daemon->log_repeats,
		.repeat_seconds = LOG_REPEAT_SECONDS,
		.full_addresses = strcmp(daemon->log_addresses, "full") == 0,
	};
	if (log_level_parse(daemon->log_level, &options.level))
		log_start(&options);
}

void setup_report(const struct setup *setup, const struct error *error)
{
	for (size_t i = 0; i < setup->problems.count; i++)
		log_error("quoted", "%s", setup->problems.items[i]);
	if (error->text[0] != '\0')
		log_error("quoted", "%s", error->text);
}

void setup_destroy(struct setup *setup)
{
	if (setup == NULL)
		return;
	quoter_destroy(setup->quoter);
	config_finish(&setup->config);
	free(setup->schemas);
	strings_finish(&setup->problems);
	strings_finish(&setup->warnings);
	free(setup);
}
