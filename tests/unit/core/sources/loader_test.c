#include "core/choice/quoter.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "core/library/library.h"
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
