/* links: quoted_core */
#include "core/search.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

static struct search *search;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static struct collection_options options;
	static struct collection collection = {"fruit", &options};
	static const struct collections collections = {.items = &collection, .count = 1};
	static struct strings warnings;
	struct error error;
	(void)argc, (void)argv;
	strings_add(&options.sources, "static:An apple a day\n-- Proverb");
	strings_add(&options.sources, "static:\u4e2d\u6587");
	struct library *library = library_load(&collections, &warnings, &error);
	search = search_create(library, NULL, &error);
	library_release(library);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"fruit", "\"odd\" name"};
	struct search_options options = {
		.collections = names, .collection_count = size % 3, .limit = 3, .budget_ms = 60000};
	struct search_hits hits;
	struct error error;
	char *query = mem_strndup((const char *)data, size);
	if (search_run(search, query, &options, &hits, &error) == SEARCH_OUTCOME_FAILED)
		abort();
	search_hits_finish(&hits);
	free(query);
	return 0;
}
