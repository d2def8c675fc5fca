#include "config/installed_quotes.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/collection_settings.h"
#include "core/base/mem.h"
#include "core/sources/loader.h"

static const char *const directories[] = {
	"/usr/share/games/fortunes",
	"/usr/share/fortune",
	"/usr/local/share/games/fortunes",
	"/usr/share/fortunes",
};

static void add(
	struct installed_quotes *quotes, const char *name, const struct collection_options *options)
{
	struct collections *all = &quotes->collections;
	all->items = mem_resize(all->items, all->count + 1, sizeof *all->items);
	all->items[all->count++] = (struct collection){name, options};
}

static void collect(struct installed_quotes *quotes, const struct config *config)
{
	const struct strings *specs = &config->daemon.quotes;
	for (size_t i = 0; i < specs->count; i++)
		strings_add(&quotes->plain.sources, specs->items[i]);
	if (specs->count > 0)
		add(quotes, "quotes", &quotes->plain);
	for (size_t i = 0; i < config->section_count; i++) {
		const struct config_section *section = &config->sections[i];
		if (strcmp(section->schema->name, COLLECTION_SETTINGS_NAME) == 0)
			add(quotes, section->title, section->options);
	}
}

static char *bundled_path(void)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	program[length > 0 ? length : 0] = '\0';
	char *slash = strrchr(program, '/');
	if (slash != NULL)
		*slash = '\0';
	return mem_format("%s/../share/quoted/proverbs", program);
}

static struct library *load_path(struct installed_quotes *quotes, const char *path,
	struct strings *warnings, struct error *reterr)
{
	char *spec = mem_format("fortune:%s", path);
	strings_finish(&quotes->plain.sources);
	strings_add(&quotes->plain.sources, spec);
	free(spec);
	return loader_load(&quotes->collections, NULL, NULL, warnings, reterr);
}

static struct library *load_system(
	struct installed_quotes *quotes, struct strings *warnings, struct error *reterr)
{
	add(quotes, "quotes", &quotes->plain);
	for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++) {
		if (access(directories[i], R_OK) != 0)
			continue;
		struct library *library = load_path(quotes, directories[i], warnings, reterr);
		if (library != NULL)
			return library;
	}
	if (quotes->plain.only_offensive) {
		error_set(reterr, "quotes: no offensive ones are installed; install fortunes-off");
		return NULL;
	}
	char *path = bundled_path();
	struct library *library = load_path(quotes, path, warnings, reterr);
	free(path);
	return library;
}

char *installed_quotes_find(const char *name)
{
	for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++) {
		char *path = mem_format("%s/%s", directories[i], name);
		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

static struct library *load(struct installed_quotes *quotes, const struct config *config,
	struct strings *warnings, struct error *reterr)
{
	setting_defaults(collection_settings, &quotes->plain);
	quotes->plain.offensive = config->daemon.offensive;
	quotes->plain.only_offensive = config->daemon.only_offensive;
	quotes->collections.equal = config->daemon.equal;
	collect(quotes, config);
	if (quotes->collections.count == 0)
		return load_system(quotes, warnings, reterr);
	return loader_load(&quotes->collections, NULL, NULL, warnings, reterr);
}

struct quoter *installed_quotes_open(struct installed_quotes *quotes, const struct config *config,
	struct rng *rng, struct strings *warnings, struct error *reterr)
{
	struct quoter_options options = {
		.rng = rng,
		.today_key = config->daemon.today_key,
		.today_pins = &config->daemon.today_pins,
	};
	struct library *library = load(quotes, config, warnings, reterr);
	return library != NULL ? quoter_create(library, &options, reterr) : NULL;
}

void installed_quotes_finish(struct installed_quotes *quotes)
{
	setting_finish(collection_settings, &quotes->plain);
	free(quotes->collections.items);
	*quotes = (struct installed_quotes){0};
}
