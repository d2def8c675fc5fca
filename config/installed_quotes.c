#include "config/installed_quotes.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/collection_settings.h"
#include "config/common_options.h"
#include "core/base/mem.h"

static const char *const directories[] = {
	"/usr/share/games/fortunes",
	"/usr/share/fortune",
	"/usr/local/share/games/fortunes",
	"/usr/share/fortunes",
};

/* The collection "quotes", outside all sections. */
static struct collection *add_plain(struct collections *collections, const struct config *config)
{
	struct collection *plain = collections_add(collections, "quotes");
	setting_defaults(collection_settings, plain);
	plain->offensive = config->daemon.offensive;
	plain->only_offensive = config->daemon.only_offensive;
	return plain;
}

static void collect(struct collections *collections, const struct config *config)
{
	const struct strings *specs = &config->daemon.quotes;
	struct collection *plain = specs->count > 0 ? add_plain(collections, config) : NULL;
	for (size_t i = 0; i < specs->count; i++)
		strings_add(&plain->sources, specs->items[i]);
	for (size_t i = 0; i < config->section_count; i++) {
		const struct config_section *section = &config->sections[i];
		if (strcmp(section->schema->name, COLLECTION_SETTINGS_NAME) != 0)
			continue;
		const struct collection *read = section->options;
		struct collection *copy = collections_add(collections, section->title);
		setting_copy(collection_settings, copy, read);
		copy->only_offensive = read->only_offensive;
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

static void set_path(struct collection *plain, const char *path)
{
	char *spec = mem_format("fortune:%s", path);
	strings_finish(&plain->sources);
	strings_add(&plain->sources, spec);
	free(spec);
}

/* Returns NULL if no directory has quotes. */
static struct library *load_system(
	struct loader *loader, struct collections *collections, struct collection *plain)
{
	struct library *library = NULL;
	struct error error;
	for (size_t i = 0; library == NULL && i < sizeof directories / sizeof *directories; i++) {
		if (access(directories[i], R_OK) != 0)
			continue;
		set_path(plain, directories[i]);
		library = loader_load(loader, collections, &error);
	}
	return library;
}

static struct library *load(struct loader *loader, struct collections *collections,
	const struct config *config, struct strings *problems)
{
	collect(collections, config);
	if (collections->count > 0)
		return loader_try(loader, collections, problems);
	struct collection *plain = add_plain(collections, config);
	struct library *library = load_system(loader, collections, plain);
	if (library != NULL)
		return library;
	if (plain->only_offensive) {
		strings_add(
			problems, "quotes: no offensive ones are installed; install fortunes-off");
		return NULL;
	}
	char *path = bundled_path();
	set_path(plain, path);
	free(plain->language);
	plain->language = mem_strdup("en");
	free(path);
	return loader_try(loader, collections, problems);
}

struct library *installed_quotes_load(
	const struct config *config, struct loader *loader, struct strings *problems)
{
	struct collections *collections = collections_create();
	collections->equal = config->daemon.equal;
	struct library *library = load(loader, collections, config, problems);
	collections_release(collections);
	return library;
}

/* Takes over \p path and returns it, or NULL if it cannot be read. */
static char *if_readable(char *path)
{
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static char *find_in(const char *directory, const char *name)
{
	size_t length = strlen(name);
	bool offensive = length > 2 && strcmp(name + length - 2, "-o") == 0;
	if (strcmp(name, "all") == 0)
		return if_readable(mem_strdup(directory));
	if (strcmp(name, "all-o") == 0)
		return if_readable(mem_format("%s/off", directory));
	char *path = if_readable(mem_format("%s/%s", directory, name));
	if (path == NULL && offensive)
		path = if_readable(mem_format("%s/off/%s", directory, name));
	if (path == NULL && offensive)
		path = if_readable(mem_format("%s/off/%.*s", directory, (int)length - 2, name));
	return path;
}

char *installed_quotes_find(const char *name)
{
	char *path = NULL;
	if (name[0] == '\0' || name[0] == '/' || name[0] == '.' || access(name, F_OK) == 0)
		return NULL;
	for (size_t i = 0; path == NULL && i < sizeof directories / sizeof directories[0]; i++)
		path = find_in(directories[i], name);
	return path;
}

void installed_quotes_add(struct strings *quotes, const char *name)
{
	char *path = installed_quotes_find(name);
	common_options_add_file(quotes, path != NULL ? path : name);
	free(path);
}
