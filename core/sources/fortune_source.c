#include "core/sources/fortune_source.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/formats/fortune_name.h"
#include "core/sources/file_source.h"
#include "core/sources/file_state.h"

/* How many files an error names. */
enum { NAMED_MAX = 5 };

static bool has_suffix(const char *name, const char *suffix)
{
	size_t name_length = strlen(name);
	size_t suffix_length = strlen(suffix);
	return name_length >= suffix_length &&
	       strcmp(name + name_length - suffix_length, suffix) == 0;
}

static int is_shown(const struct dirent *entry)
{
	return !fortune_name_is_companion(entry->d_name);
}

static bool matches(const struct strings *patterns, const char *name)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (fnmatch(patterns->items[i], name, 0) == 0)
			return true;
	return false;
}

static bool is_in_off(const char *path)
{
	const char *name = strrchr(path, '/');
	char *directory = mem_strndup(path, name != NULL ? (size_t)(name - path) : 0);
	bool in_off = strcmp(directory, "off") == 0 || has_suffix(directory, "/off");
	free(directory);
	return in_off;
}

static bool is_offensive(const char *path)
{
	return is_in_off(path) || has_suffix(path, "-o");
}

static bool is_chosen(const struct collection *collection, const char *path, const char *name)
{
	/* If off/ itself is named, its files are wanted. */
	if (!collection->offensive && has_suffix(name, "-o") && !is_in_off(path))
		return false;
	if (collection->only_offensive && !is_offensive(path))
		return false;
	return (collection->include.count == 0 || matches(&collection->include, name)) &&
	       !matches(&collection->exclude, name);
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

static bool load_file(struct loader *loader, const char *path, struct error *reterr)
{
	if (loader_is_cancelled(loader) || file_source_load(FORMAT_FORTUNE, loader, path, reterr))
		return true;
	if (loader_had_file(loader, path)) {
		loader->lost = true;
		loader->error = *reterr;
	}
	return false;
}

static bool load_directory(struct loader *loader, const char *path, struct error *reterr);

/* Of the subdirectories only off/ is read, and only if offensive quotes are wanted. */
static void load_entry(struct loader *loader, const char *directory, const struct dirent *entry)
{
	struct error error;
	const char *name = entry->d_name;
	char *path = mem_format("%s/%s", directory, name);
	bool skipped = false;
	bool nested = entry->d_type != DT_REG && is_directory(path);
	if (!nested && !is_chosen(loader->collection, path, name))
		loader->left_out = true;
	else if (!nested)
		skipped = !load_file(loader, path, &error);
	else if (loader->collection->offensive && strcmp(name, "off") == 0)
		skipped = !load_directory(loader, path, &error);
	else if (loader->unread == NULL)
		loader->unread = mem_strdup(path);
	if (skipped && !loader->lost) {
		char *sentence = mem_format("%s; skipped", error.text);
		strings_add(loader->warnings, sentence);
		free(sentence);
	}
	free(path);
}

static bool load_directory(struct loader *loader, const char *path, struct error *reterr)
{
	struct dirent **entries = NULL;
	file_state_add_directory(loader, path);
	loader->in_directory = true;
	int count = scandir(path, &entries, is_shown, compare_names);
	if (count < 0) {
		error_set(reterr, "%s: %s", path, strerror(errno));
		return false;
	}
	for (int i = 0; i < count; i++) {
		load_entry(loader, path, entries[i]);
		free(entries[i]);
	}
	free(entries);
	return true;
}

/* The shell completes its name with a slash, which would be in the paths of all its files. */
static bool load_named_directory(struct loader *loader, const char *path, struct error *reterr)
{
	size_t length = strlen(path);
	while (length > 1 && path[length - 1] == '/')
		length--;
	char *directory = mem_strndup(path, length);
	bool loaded = load_directory(loader, directory, reterr);
	free(directory);
	return loaded;
}

static bool load_path(struct loader *loader, const char *path, struct error *reterr)
{
	if (is_directory(path))
		return load_named_directory(loader, path, reterr);
	if (!loader->collection->only_offensive || is_offensive(path))
		return load_file(loader, path, reterr);
	error_set(reterr, "%s: is not an offensive file; those are in off/ or named *-o", path);
	return false;
}

/* Says which files of the directory were passed over, from index \p first on, and why. */
static void explain_no_files(
	const struct loader *loader, const char *name, size_t first, struct error *reterr)
{
	const struct strings *passed = &loader->library->passed_over;
	struct buffer text = {0};
	const char *before = "; passed over: ";
	buffer_format(&text, "fortune:%s: has no files of quotes", name);
	for (size_t i = first; i < passed->count && i < first + NAMED_MAX; i++) {
		buffer_format(&text, "%s%s", before, passed->items[i]);
		before = "; ";
	}
	if (passed->count > first + NAMED_MAX)
		buffer_format(&text, "; and %zu more", passed->count - first - NAMED_MAX);
	if (loader->unread != NULL)
		buffer_format(
			&text, "; to read a directory in it, write fortune:%s", loader->unread);
	error_set(reterr, "%s", text.data);
	buffer_finish(&text);
}

static bool load_files(const char *name, struct loader *loader, struct error *reterr)
{
	const struct library *library = loader->library;
	struct error error;
	uint32_t files = library->file_count;
	size_t passed = library->passed_over.count;
	bool loaded = load_path(loader, name, &error);
	if (!loaded || loader->lost) {
		error_set(reterr, "fortune:%s", loaded ? loader->error.text : error.text);
		return false;
	}
	if (!loader->in_directory || library->file_count > files || loader->left_out ||
		loader->only != NULL || loader_is_cancelled(loader))
		return true;
	explain_no_files(loader, name, passed, reterr);
	return false;
}

bool fortune_source_load(const char *name, struct loader *loader, struct error *reterr)
{
	loader->left_out = false;
	bool loaded = load_files(name, loader, reterr);
	loader->in_directory = false;
	free(loader->unread);
	loader->unread = NULL;
	return loaded;
}
