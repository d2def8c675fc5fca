/* links: quoted_core */
#include "core/search/search.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/search/search_query.h"
#include "core/sources/loader.h"

static struct search *search;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static struct collection collection = {.name = "fruit"};
	static struct collections collections = {.items = &collection, .count = 1, .references = 1};
	static struct strings warnings;
	struct error error;
	(void)argc, (void)argv;
	strings_add(&collection.sources, "static:An apple a day\n-- Proverb");
	strings_add(&collection.sources, "static:\u4e2d\u6587");
	struct library *library =
		loader_load(&(struct loader){.warnings = &warnings}, &collections, &error);
	search = search_create(library, NULL, NULL, &error);
	library_release(library);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct search_place places[] = {{"fruit", NULL, NULL}, {"fruit", "static", "de-AT"},
		{"\"odd\" name", "file", "en"}};
	struct search_scope scope = {places, size % 4, size % 2 == 0};
	struct search_options options = {.limit = 3, .budget_ms = 60000};
	struct search_hits hits = {0};
	struct buffer match = {0};
	struct error error;
	char *query = mem_strndup((const char *)data, size);
	if (search_query_compile(query, &scope, &match, &error) &&
		!search_run(search, match.data, &options, &hits, &error))
		abort();
	search_hits_finish(&hits);
	buffer_finish(&match);
	free(query);
	return 0;
}
