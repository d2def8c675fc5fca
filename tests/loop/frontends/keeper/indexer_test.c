#include "frontends/keeper/indexer.h"

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"

/* An indexer and what it made. */
struct making {
	struct quotes quotes;
	struct ev_loop *loop;
	struct indexer *indexer;
	unsigned references; /* of the library, when the index came */
	int made;
};

static unsigned references(const struct making *making)
{
	return atomic_load(&quoter_library(making->quotes.quoter)->references);
}

static void on_made(void *data, struct search *search)
{
	struct making *making = data;
	making->references = references(making);
	making->made++;
	search_destroy(search);
}

static bool is_made(void *data)
{
	return ((const struct making *)data)->made > 0;
}

/* Who lets go the last frees millions of quotes: never the loop. */
Test(indexer, lets_the_library_go_on_its_thread)
{
	struct making making = {0};
	struct indexer_options options = {
		.rng = &making.quotes.rng, .on_made = on_made, .data = &making};
	quotes_open_one(&making.quotes, "static:x");
	options.loop = making.loop = loop_support_create();
	options.quoter = making.quotes.quoter;
	making.indexer = indexer_create(&options);
	cr_assert_not_null(making.indexer);
	unsigned before = references(&making);
	indexer_begin(making.indexer);
	cr_assert(loop_support_until(making.loop, is_made, &making));
	cr_assert_eq(making.references, before);
	indexer_begin(making.indexer);
	indexer_begin(making.indexer);
	cr_assert_leq(references(&making), before + 1, "what waits is not held");
	indexer_destroy(making.indexer);
	cr_assert_eq(references(&making), before);
	ev_loop_destroy(making.loop);
	quotes_finish(&making.quotes);
}
