#include "core/sources/fortune_source.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/formats/fortune_file.h"
#include "core/sources/lookup.h"

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	(void)line;
	return loader_add(data, text, length);
}

static void on_restart(void *data)
{
	loader_empty_file(data);
}

static bool load_file(struct loader *loader, const char *path, struct error *reterr)
{
	struct quote_file_reader reader = {
		.charset = loader->options->charset,
		.comments = loader->options->comments,
		.cancel = loader->cancel,
		.on_quote = on_quote,
		.on_restart = on_restart,
		.data = loader,
	};
	struct library_file *file = loader_begin_file(loader, path);
	if (fortune_file_read(path, &reader, &file->report, loader->warnings, reterr))
		return true;
	loader_empty_file(loader);
	return false;
}

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
	if (loader_is_cancelled(loader) || load_file(loader, path, reterr))
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

/* A look at the files of one source. */
struct looking {
	uint64_t fingerprint;
	struct strings *watched; /* may be NULL */
	bool in_directory;       /* whose names are all watched anyway */
};

static void mix_status(struct looking *looking, const char *path)
{
	struct stat status;
	uint64_t parts[7] = {0};
	if (stat(path, &status) == 0) {
		parts[0] = status.st_dev;
		parts[1] = status.st_ino;
		parts[2] = (uint64_t)status.st_size;
		parts[3] = (uint64_t)status.st_mtim.tv_sec;
		parts[4] = (uint64_t)status.st_mtim.tv_nsec;
		parts[5] = (uint64_t)status.st_ctim.tv_sec;
		parts[6] = (uint64_t)status.st_ctim.tv_nsec;
	}
	looking->fingerprint = hash_octets(path, strlen(path), looking->fingerprint);
	looking->fingerprint = hash_octets(parts, sizeof parts, looking->fingerprint);
}

/* The names in a directory are watched already; a link among them leads to more names. */
static void watch(struct looking *looking, const char *path)
{
	struct stat status;
	if (looking->watched == NULL)
		return;
	if (!looking->in_directory || (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)))
		lookup_names(path, looking->watched);
}

/* A .dat and a .u8 file affect how the file is read. */
static bool on_file_look(void *data, const char *path, struct error *reterr)
{
	static const char *const suffixes[] = {"", ".dat", ".u8"};
	(void)reterr;
	struct looking *looking = data;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *name = mem_format("%s%s", path, suffixes[i]);
		mix_status(looking, name);
		watch(looking, name);
		free(name);
	}
	return true;
}

/* Watched even if it cannot be read, as that may change. */
static void on_directory_look(void *data, const char *path)
{
	struct looking *looking = data;
	watch(looking, path);
	looking->in_directory = true;
	if (looking->watched == NULL)
		return;
	char *every = mem_format("%s/", path);
	strings_add(looking->watched, every);
	free(every);
}

static uint64_t look(const char *name, const struct collection_options *options,
	uint64_t fingerprint, struct strings *ret_watched)
{
	struct looking looking = {.fingerprint = fingerprint, .watched = ret_watched};
	struct walk walk = {.options = options,
		.on_file = on_file_look,
		.on_directory = on_directory_look,
		.data = &looking};
	struct error error;
	walk_path(&walk, name, &error);
	return looking.fingerprint;
}

const struct source_ops fortune_source_ops = {.scheme = "fortune:", .load = load, .look = look};
