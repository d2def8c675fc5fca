#include "setup.h"

#include <stdlib.h>

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
		COLLECTION_SETTINGS_NAME, collection_settings, sizeof(struct collection_options)};
	return schemas;
}

bool setup_read_config(
	struct setup *setup, const struct common_options *options, struct error *reterr)
{
	setup->schemas = make_schemas(setup->frontends);
	reterr->text[0] = '\0';
	if (!options_apply_read(options, setup->schemas, &setup->config, &setup->problems))
		return false;
	options_apply_quotes(options, setup->schemas, &setup->config);
	return process_set_timezone(setup->config.daemon.timezone, reterr) ||
	       config_locate(&setup->config, NULL, reterr);
}

bool setup_open_quotes(
	struct setup *setup, const struct common_options *options, struct error *reterr)
{
	rng_init(&setup->rng, common_options_seed(options, process_seed()));
	const struct daemon_options *daemon = &setup->config.daemon;
	struct quoter_options of_quoter = {
		.rng = &setup->rng,
		.today_key = daemon->today_key,
		.today_pins = &daemon->today_pins,
	};
	struct library *library =
		installed_quotes_load(&setup->config, NULL, NULL, &setup->warnings, reterr);
	if (library != NULL)
		setup->quoter = quoter_create(library, &of_quoter, reterr);
	return setup->quoter != NULL || config_locate(&setup->config, NULL, reterr);
}

const struct frontend_ops *setup_frontend(
	const struct setup *setup, const struct config_section *section)
{
	return setup->frontends[section->schema - setup->schemas];
}

struct asker *setup_asker(struct setup *setup, const struct config_section *section,
	struct searcher *searcher, struct error *reterr)
{
	const struct wire_options *options = section->options;
	struct quote_wire wire = {
		.name = section->name,
		.collections = &options->collections,
		.no_repeat = options->no_repeat,
		.fit = setup_frontend(setup, section)->fit(options),
	};
	return asker_create(setup->quoter, searcher, &wire, reterr);
}

void setup_report(const struct setup *setup, const struct error *error)
{
	for (size_t i = 0; i < setup->problems.count; i++)
		log_error("quoted", "%s", setup->problems.items[i]);
	if (error->text[0] != '\0')
		log_error("quoted", "%s", error->text);
}

void setup_finish(struct setup *setup)
{
	quoter_destroy(setup->quoter);
	config_finish(&setup->config);
	free(setup->schemas);
	strings_finish(&setup->problems);
	strings_finish(&setup->warnings);
}
