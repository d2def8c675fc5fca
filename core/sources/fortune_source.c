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

/* A walk over the files of one source. */
struct walk {
	const struct collection *collection;
	/* Called for each file; returns false with a reason to skip it. */
	bool (*on_file)(void *data, const char *path, struct error *reterr);
	void (*on_directory)(void *data, const char *path);
	struct strings *warnings; /* may be NULL */
	void *data;

	size_t left_out; /* files that the collection does not take */
	char *unread;    /* the first directory that is not read; NULL: none */
};

static bool walk_directory(struct walk *walk, const char *path, struct error *reterr);

static void leave_out(struct walk *walk, const char *directory)
{
	if (walk->unread == NULL)
		walk->unread = mem_strdup(directory);
}

/* Of the subdirectories only off/ is read, and only if offensive quotes are wanted. */
static void walk_entry(struct walk *walk, const char *directory, const struct dirent *entry)
{
	struct error error;
	const char *name = entry->d_name;
	char *path = mem_format("%s/%s", directory, name);
	bool skipped = false;
	bool nested = entry->d_type != DT_REG && is_directory(path);
	if (!nested && !is_chosen(walk->collection, path, name))
		walk->left_out++;
	else if (!nested)
		skipped = !walk->on_file(walk->data, path, &error);
	else if (walk->collection->offensive && strcmp(name, "off") == 0)
		skipped = !walk_directory(walk, path, &error);
	else
		leave_out(walk, path);
	if (skipped && walk->warnings != NULL) {
		char *sentence = mem_format("%s; skipped", error.text);
		strings_add(walk->warnings, sentence);
		free(sentence);
	}
	free(path);
}

static bool walk_directory(struct walk *walk, const char *path, struct error *reterr)
{
	struct dirent **entries = NULL;
	walk->on_directory(walk->data, path);
	int count = scandir(path, &entries, is_shown, compare_names);
	if (count < 0) {
		error_set(reterr, "%s: %s", path, strerror(errno));
		return false;
	}
	for (int i = 0; i < count; i++) {
		walk_entry(walk, path, entries[i]);
		free(entries[i]);
	}
	free(entries);
	return true;
}

static bool walk_path(struct walk *walk, const char *path, struct error *reterr)
{
	if (is_directory(path))
		return walk_directory(walk, path, reterr);
	if (!walk->collection->only_offensive || is_offensive(path))
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

static void on_directory_load(void *data, const char *path)
{
	struct loader *loader = data;
	(void)path;
	loader->in_directory = true;
}

/* Says which files of the directory were passed over, from index \p first on, and why. */
static void explain_no_files(const struct walk *walk, const char *name, size_t first,
	const struct strings *passed, struct error *reterr)
{
	struct buffer text = {0};
	const char *before = "; passed over: ";
	buffer_format(&text, "fortune:%s: has no files of quotes", name);
	for (size_t i = first; i < passed->count && i < first + NAMED_MAX; i++) {
		buffer_format(&text, "%s%s", before, passed->items[i]);
		before = "; ";
	}
	if (passed->count > first + NAMED_MAX)
		buffer_format(&text, "; and %zu more", passed->count - first - NAMED_MAX);
	if (walk->unread != NULL)
		buffer_format(&text, "; to read a directory in it, write fortune:%s", walk->unread);
	error_set(reterr, "%s", text.data);
	buffer_finish(&text);
}

static bool load_files(
	const char *name, struct walk *walk, struct loader *loader, struct error *reterr)
{
	const struct library *library = loader->library;
	struct error error;
	uint32_t files = library->file_count;
	size_t passed = library->passed_over.count;
	bool loaded = walk_path(walk, name, &error);
	if (!loaded || loader->lost) {
		error_set(reterr, "fortune:%s", loaded ? loader->error.text : error.text);
		return false;
	}
	if (!loader->in_directory || library->file_count > files || walk->left_out > 0 ||
		loader->only != NULL || loader_is_cancelled(loader))
		return true;
	explain_no_files(walk, name, passed, &library->passed_over, reterr);
	return false;
}

static bool load(const char *name, struct loader *loader, struct error *reterr)
{
	struct walk walk = {.collection = loader->collection,
		.on_file = on_file_load,
		.on_directory = on_directory_load,
		.warnings = loader->warnings,
		.data = loader};
	loader->in_directory = false;
	bool loaded = load_files(name, &walk, loader, reterr);
	loader->in_directory = false;
	free(walk.unread);
	return loaded;
}

static bool on_file_look(void *data, const char *path, struct error *reterr)
{
	struct file_state *state = data;
	(void)reterr;
	if (!state->in_directory || fortune_name_other(strrchr(path, '/') + 1) == NULL)
		file_state_add(state, path);
	return true;
}

static void on_directory_look(void *data, const char *path)
{
	file_state_add_directory(data, path);
}

static void look(const char *name, const struct collection *collection, struct file_state *state)
{
	struct walk walk = {.collection = collection,
		.on_file = on_file_look,
		.on_directory = on_directory_look,
		.data = state};
	struct error error;
	walk_path(&walk, name, &error);
	free(walk.unread);
}

const struct source_ops fortune_source_ops = {.scheme = "fortune:", .load = load, .look = look};
