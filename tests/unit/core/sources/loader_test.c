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
	struct library *library =
		loader_try(&quotes.collections, NULL, NULL, &quotes.warnings, &problems);
	cr_assert_eq(problems.count, sizeof texts / sizeof *texts);
	for (size_t i = 0; i < problems.count; i++)
		cr_expect_str_eq(problems.items[i], texts[i]);
	cr_expect_eq(library->store.count, 2);
	library_release(library);
	cr_expect_null(loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error));
	cr_expect_str_eq(error.text, texts[0]);
	strings_finish(&problems);
	quotes_finish(&quotes);
}

/* With the same files, duplicates and shares as the texts. */
static void expect_same(const struct library *ids, const struct library *all)
{
	cr_assert_eq(ids->store.count, all->store.count);
	cr_assert_eq(ids->file_count, all->file_count);
	cr_assert_eq(ids->share_count, all->share_count);
	for (uint32_t i = 0; i < all->store.count; i++) {
		cr_assert_eq(ids->store.quotes[i].id, all->store.quotes[i].id);
		cr_assert_eq(ids->store.quotes[i].length, all->store.quotes[i].length);
	}
	for (uint32_t i = 0; i < all->file_count; i++)
		cr_assert_eq(ids->files[i].count, all->files[i].count);
	for (uint32_t i = 0; i < all->share_count; i++)
		cr_assert_eq(memcmp(&ids->shares[i], &all->shares[i], sizeof ids->shares[i]), 0);
}

Test(loader, finds_the_same_ids_without_texts)
{
	struct quotes quotes = {0};
	struct error error;
	struct quoter *quoter = quotes_open_one(&quotes, "fortune:/usr/share/games/fortunes");
	const struct library *all = quoter_library(quoter);
	struct library *ids = loader_load_ids(&quotes.collections, &error);
	cr_assert_not_null(ids, "%s", error.text);
	cr_assert_gt(all->share_count, 0, "there are duplicates");
	expect_same(ids, all);
	cr_expect_null(quote_store_get(&ids->store, 0).text);
	library_release(ids);
	quotes_finish(&quotes);
}

Test(loader, loads_one_file_of_a_directory)
{
	static const char path[] = "/usr/share/games/fortunes/literature";
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "quotes", "fortune:/usr/share/games/fortunes");
	struct library *one = loader_load_file(&quotes.collections, path, &error);
	cr_assert_not_null(one, "%s", error.text);
	cr_assert_eq(one->file_count, 1);
	cr_expect_str_eq(one->files[0].path, path);
	cr_expect_eq(one->files[0].count + one->files[0].duplicates, count_independently(path));
	library_release(one);
	cr_expect_null(loader_load_file(&quotes.collections, "elsewhere", &error));
	quotes_finish(&quotes);
}
