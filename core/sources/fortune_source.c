#include "core/sources/fortune_source.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/sources/file_source.h"
#include "core/sources/file_state.h"

static bool has_suffix(const char *name, const char *suffix)
{
	size_t name_length = strlen(name);
	size_t suffix_length = strlen(suffix);
	return name_length >= suffix_length &&
	       strcmp(name + name_length - suffix_length, suffix) == 0;
}

/* Whether fortune reads files with this name. */
static int is_quotes_name(const struct dirent *entry)
{
	static const char *const suffixes[] = {
		".dat", ".pos", ".c", ".h", ".p", ".i", ".f", ".pas", ".ftn", ".sml", ".u8"};
	if (entry->d_name[0] == '.')
		return 0;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (has_suffix(entry->d_name, suffixes[i]))
			return 0;
	return 1;
}

static bool matches(const struct strings *patterns, const char *name)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (fnmatch(patterns->items[i], name, 0) == 0)
			return true;
	return false;
}

/* By its name or that of its directory. */
static bool is_offensive(const char *path)
{
	const char *name = strrchr(path, '/');
	char *directory = mem_strndup(path, name != NULL ? (size_t)(name - path) : 0);
	bool in_off = strcmp(directory, "off") == 0 || has_suffix(directory, "/off");
	free(directory);
	return in_off || has_suffix(path, "-o");
}

static bool is_chosen(const struct collection_options *options, const char *path, const char *name)
{
	if (!options->offensive && has_suffix(name, "-o"))
		return false;
	if (options->only_offensive && !is_offensive(path))
		return false;
	return (options->include.count == 0 || matches(&options->include, name)) &&
	       !matches(&options->exclude, name);
}

/* By octets, so that the order does not depend on the locale. */
static int compare_names(const struct dirent **left, const struct dirent **right)
{
	return strcmp((*left)->d_name, (*right)->d_name);
}

static bool is_directory(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A walk over the files of one source. */
struct walk {
	const struct collection_options *options;
	/* Called for each file; returns false with a reason to skip it. */
	bool (*on_file)(void *data, const char *path, struct error *reterr);
	void (*on_directory)(void *data, const char *path); /* may be NULL */
	struct strings *warnings;                           /* may be NULL */
	void *data;
};

static bool walk_directory(const struct walk *walk, const char *path, struct error *reterr);

/* Of the subdirectories only off/ is read, and only if offensive quotes are wanted. */
static void walk_entry(const struct walk *walk, const char *directory, const char *name)
{
	struct error error;
	char *path = mem_format("%s/%s", directory, name);
	bool skipped = false;
	if (!is_directory(path))
		skipped = is_chosen(walk->options, path, name) &&
			  !walk->on_file(walk->data, path, &error);
	else if (walk->options->offensive && strcmp(name, "off") == 0)
		skipped = !walk_directory(walk, path, &error);
	if (skipped && walk->warnings != NULL) {
		char *sentence = mem_format("%s; skipped", error.text);
		strings_add(walk->warnings, sentence);
		free(sentence);
	}
	free(path);
}

static bool walk_directory(const struct walk *walk, const char *path, struct error *reterr)
{
	struct dirent **entries = NULL;
	if (walk->on_directory != NULL)
		walk->on_directory(walk->data, path);
	int count = scandir(path, &entries, is_quotes_name, compare_names);
	if (count < 0) {
		error_set(reterr, "%s: %s", path, strerror(errno));
		return false;
	}
	for (int i = 0; i < count; i++) {
		walk_entry(walk, path, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return true;
}

static bool walk_path(const struct walk *walk, const char *path, struct error *reterr)
{
	if (is_directory(path))
		return walk_directory(walk, path, reterr);
	if (!walk->options->only_offensive || is_offensive(path))
		return walk->on_file(walk->data, path, reterr);
	error_set(reterr, "%s: is not an offensive file; those are in off/ or named *-o", path);
	return false;
}

static bool on_file_load(void *data, const char *path, struct error *reterr)
{
	struct loader *loader = data;
	if (loader_is_cancelled(loader) || file_source_load(FORMAT_FORTUNE, loader, path, reterr))
		return true;
	if (loader_had_file(loader, path)) {
		loader->lost = true;
		loader->error = *reterr;
	}
	return false;
}

static bool load(const char *name, struct loader *loader, struct error *reterr)
{
	struct walk walk = {.options = loader->options,
		.on_file = on_file_load,
		.warnings = loader->warnings,
		.data = loader};
	struct error error;
	bool loaded = walk_path(&walk, name, &error);
	if (!loaded || loader->lost)
		error_set(reterr, "fortune:%s", loaded ? loader->error.text : error.text);
	return loaded && !loader->lost;
}

static bool on_file_look(void *data, const char *path, struct error *reterr)
{
	(void)reterr;
	file_state_add(data, path);
	return true;
}

static void on_directory_look(void *data, const char *path)
{
	file_state_add_directory(data, path);
}

static uint64_t look(const char *name, const struct collection_options *options,
	uint64_t fingerprint, struct strings *ret_watched)
{
	struct file_state state = {.fingerprint = fingerprint, .watched = ret_watched};
	struct walk walk = {.options = options,
		.on_file = on_file_look,
		.on_directory = on_directory_look,
		.data = &state};
	struct error error;
	walk_path(&walk, name, &error);
	return state.fingerprint;
}

const struct source_ops fortune_source_ops = {.scheme = "fortune:", .load = load, .look = look};
