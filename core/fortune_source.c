#include "core/fortune_source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/clean.h"
#include "core/file_read.h"
#include "core/fortune_text.h"
#include "core/mem.h"

enum { HEADER_SIZE = 24, FLAG_ROTATED = 0x4 };

/* Room that one loading uses again for file after file. */
struct loading {
	struct quote_store *store;
	struct strings *warnings;
	struct buffer text;
	struct buffer quote;
};

static void warn(struct loading *loading, const char *path, const char *what)
{
	char *sentence = mem_format("%s: %s", path, what);
	strings_add(loading->warnings, sentence);
	free(sentence);
}

static void add_quotes(struct loading *loading, const char *path)
{
	struct fortune_text walk = {.text = loading->text.data, .length = loading->text.length};
	uint32_t before = loading->store->count;
	const char *quote = NULL;
	size_t length = 0;
	while (fortune_text_next(&walk, &quote, &length)) {
		buffer_clear(&loading->quote);
		clean_quote(quote, length, &loading->quote);
		if (loading->quote.length == 0)
			continue;
		if (!quote_store_add(loading->store, loading->quote.data, loading->quote.length))
			warn(loading, path, "a quote over 4 GiB was left out");
	}
	if (loading->store->count == before)
		warn(loading, path, "holds no quote");
}

static uint32_t read_big_endian(const char *data)
{
	const unsigned char *octets = (const unsigned char *)data;
	return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 |
	       octets[3];
}

/* A strfile header: version, count, longest, shortest, flags, delimiter; then count + 1 offsets. */
static bool is_rotated_header(const struct buffer *header)
{
	if (header->length < HEADER_SIZE)
		return false;
	uint32_t version = read_big_endian(header->data);
	uint64_t offsets = (uint64_t)read_big_endian(header->data + 4) + 1;
	bool is_valid = (version == 1 || version == 2) && header->data[20] == '%' &&
			header->length == HEADER_SIZE + 4 * offsets;
	return is_valid && (read_big_endian(header->data + 16) & FLAG_ROTATED) != 0;
}

static bool is_rotated(const char *path)
{
	struct buffer header = {0};
	char *header_path = mem_format("%s.dat", path);
	bool rotated = file_read(header_path, &header, NULL) && is_rotated_header(&header);
	buffer_finish(&header);
	free(header_path);
	return rotated;
}

static bool load_file(struct loading *loading, const char *path, struct error *reterr)
{
	buffer_clear(&loading->text);
	if (!file_read(path, &loading->text, reterr))
		return false;
	clean_decode(&loading->text);
	if (is_rotated(path))
		clean_rot13(loading->text.data, loading->text.length);
	add_quotes(loading, path);
	return true;
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t name_length = strlen(name);
	size_t suffix_length = strlen(suffix);
	return name_length >= suffix_length &&
	       strcmp(name + name_length - suffix_length, suffix) == 0;
}

/* The names that fortune passes over, and those that mark offensive quotes. */
static int is_wanted(const struct dirent *entry)
{
	static const char *const suffixes[] = {
		".dat", ".pos", ".c", ".h", ".p", ".i", ".f", ".pas", ".ftn", ".sml", ".u8", "-o"};
	if (entry->d_name[0] == '.')
		return 0;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (has_suffix(entry->d_name, suffixes[i]))
			return 0;
	return 1;
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

static bool load_directory(struct loading *loading, const char *path, struct error *reterr)
{
	struct dirent **entries = NULL;
	int count = scandir(path, &entries, is_wanted, compare_names);
	if (count < 0) {
		error_set(reterr, "%s: %s", path, strerror(errno));
		return false;
	}
	for (int i = 0; i < count; i++) {
		struct error error;
		char *file = mem_format("%s/%s", path, entries[i]->d_name);
		if (!is_directory(file) && !load_file(loading, file, &error))
			warn(loading, error.text, "passed over");
		free(file);
		free(entries[i]);
	}
	free(entries);
	return true;
}

static bool load(
	const char *name, struct quote_store *store, struct strings *warnings, struct error *reterr)
{
	struct loading loading = {.store = store, .warnings = warnings};
	struct error error;
	bool loaded = is_directory(name) ? load_directory(&loading, name, &error)
					 : load_file(&loading, name, &error);
	if (!loaded)
		error_set(reterr, "quotes: fortune:%s", error.text);
	buffer_finish(&loading.text);
	buffer_finish(&loading.quote);
	return loaded;
}

const struct source_ops fortune_source_ops = {.scheme = "fortune:", .load = load};
