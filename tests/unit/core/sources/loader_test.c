#include "core/choice/quoter.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "core/library/library.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

/* Counts with awk what the core must find in a file: delimited quotes that are not blank. */
static size_t count_independently(const char *path)
{
	char *command = mem_format("tr -d '\\r' < '%s' | LC_ALL=C awk '"
				   "$0 == \"%%\" { n += seen; seen = 0; next } "
				   "/[^ \\t]/ { seen = 1 } END { print n + seen }'",
		path);
	FILE *pipe = popen(command, "r");
	size_t count = 0;
	cr_assert_eq(fscanf(pipe, "%zu", &count), 1);
	pclose(pipe);
	free(command);
	return count;
}

static int is_text(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && strchr(entry->d_name, '.') == NULL;
}

Test(loader, finds_every_quote_of_debian)
{
	static const char directory[] = "/usr/share/games/fortunes";
	struct dirent **entries = NULL;
	int count = scandir(directory, &entries, is_text, alphasort);
	cr_assert(count > 0, "install the package fortunes");
	size_t loaded = 0;
	for (int i = 0; i < count; i++) {
		char *path = mem_format("%s/%s", directory, entries[i]->d_name);
		char *spec = mem_format("fortune:%s", path);
		if (entries[i]->d_type != DT_DIR) {
			struct quotes quotes = {0};
			struct quoter *quoter = quotes_open_one(&quotes, spec);
			size_t all =
				quoter_count(quoter) + quoter_library(quoter)->files->duplicates;
			cr_assert_eq(all, count_independently(path), "%s", path);
			loaded += quoter_count(quoter);
			quotes_finish(&quotes);
		}
		free(spec);
		free(path);
		free(entries[i]);
	}
	free(entries);
	cr_assert_gt(loaded, 1000);
}

Test(loader, names_every_source_that_fails_and_loads_the_others)
{
	struct quotes quotes = {0};
	struct strings problems = {0};
	struct error error;
	quotes_add(&quotes, "quotes", "fortune:/nowhere/a");
	quotes_add(&quotes, "quotes", "static:One");
	quotes_add(&quotes, "b", "web:b")->percent = 40;
	quotes_add(&quotes, "c", "static:Two")->weight = 3;
	quotes_add(&quotes, "c", "static:");
	static const char *const texts[] = {
		"collection \"c\": it has a weight and others have a percent; use one or the "
		"other for all",
		"quotes: fortune:/nowhere/a: No such file or directory",
		"collection \"b\": no such source 'web:'; write static:TEXT, fortune:PATH, "
		"lines:PATH, json:PATH, csv:PATH or command:ARGV",
		"collection \"c\": no text after 'static:'; write static:TEXT",
	};
	struct library *library = loader_try(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &problems);
	cr_assert_eq(problems.count, sizeof texts / sizeof *texts);
	for (size_t i = 0; i < problems.count; i++)
		cr_expect_str_eq(problems.items[i], texts[i]);
	cr_expect_eq(library->store.count, 2);
	library_release(library);
	cr_expect_null(loader_load(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &error));
	cr_expect_str_eq(error.text, texts[0]);
	strings_finish(&problems);
	quotes_finish(&quotes);
}

Test(loader, counts_what_it_would_load)
{
	struct quotes quotes = {0};
	struct error error;
	struct quoter *quoter = quotes_open_one(&quotes, "fortune:/usr/share/games/fortunes");
	const struct library *all = quoter_library(quoter);
	struct library *counts =
		loader_load(&(struct loader){.warnings = &quotes.warnings, .only_counts = true},
			&quotes.collections, &error);
	cr_assert_not_null(counts, "%s", error.text);
	cr_assert_eq(counts->file_count, all->file_count);
	for (uint32_t i = 0; i < all->file_count; i++) {
		const struct library_file *file = &all->files[i];
		cr_expect_str_eq(counts->files[i].path, file->path);
		/* A .dat file counts some of the blank ones. */
		uint32_t loaded = file->count + file->duplicates;
		uint32_t counted = counts->files[i].count;
		cr_expect(loaded <= counted && counted <= loaded + file->report.blank, "%s",
			file->path);
	}
	library_release(counts);
	quotes_finish(&quotes);
}

/* A .dat file of another size, or none: the text tells. */
Test(loader, counts_by_the_table_only_if_it_matches, .init = scratch_enter, .fini = scratch_leave)
{
	static const char table[] = "\0\0\0\2\0\0\0\3\0\0\0\2\0\0\0\2\0\0\0\0%\0\0\0"
				    "\0\0\0\0\0\0\0\4\0\0\0\x8\0\0\0\xA";
	static const struct {
		const char *text;
		uint32_t count;
	} rows[] = {{"a\n%\nb\n%\nc\n", 3}, {"a\n%\nb\n \nc\n", 3}, {"a\n%\nb\n", 2}, {"a\n", 1}};
	struct error error;
	scratch_write("quotes.dat", table, sizeof table - 1);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quotes quotes = {0};
		quotes_add(&quotes, "quotes", "fortune:quotes");
		scratch_write("quotes", rows[i].text, strlen(rows[i].text));
		struct library *counts = loader_load(
			&(struct loader){.warnings = &quotes.warnings, .only_counts = true},
			&quotes.collections, &error);
		cr_assert_not_null(counts, "%s", error.text);
		cr_expect_eq(counts->store.count, rows[i].count, "%s", rows[i].text);
		library_release(counts);
		quotes_finish(&quotes);
	}
}

Test(loader, loads_one_file_of_a_directory)
{
	static char path[] = "/usr/share/games/fortunes/literature";
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "quotes", "fortune:/usr/share/games/fortunes");
	struct library_file file = {.path = path};
	struct loader loader = {.warnings = &quotes.warnings, .only = &file};
	struct library *one = loader_load(&loader, &quotes.collections, &error);
	cr_assert_not_null(one, "%s", error.text);
	cr_assert_eq(one->file_count, 1);
	cr_expect_str_eq(one->files[0].path, path);
	cr_expect_eq(one->files[0].count + one->files[0].duplicates, count_independently(path));
	library_release(one);
	file.collection = 1;
	cr_expect_null(loader_load(&loader, &quotes.collections, &error));
	quotes_finish(&quotes);
}
