#include "frontends/keeper/indexer.h"

#include <stdio.h>

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

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

static void write_many(const char *path, int count)
{
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file);
	for (int i = 0; i < count; i++)
		fprintf(file, "%d\n%%\n", i);
	fclose(file);
}

static void create(struct making *making)
{
	making->loop = loop_support_create();
	making->indexer = indexer_create(
		making->loop, making->quotes.quoter, &making->quotes.rng, on_made, making);
	cr_assert_not_null(making->indexer);
}

static bool is_made(void *data)
{
	return ((const struct making *)data)->made > 0;
}

/* Of 90,000 quotes 3 s in a build that began now; once they are over, half of what it took. */
Test(indexer, tells_how_long_it_will_take)
{
	static const struct {
		double taken;
		unsigned left;
	} rows[] = {{0, 4}, {1.5, 2}, {2.5, 1}, {3, 2}, {10, 6}};
	struct making making = {0};
	scratch_enter();
	write_many("file", 90000);
	quotes_open_one(&making.quotes, "fortune:file");
	create(&making);
	indexer_begin(making.indexer);
	ev_tstamp began = ev_now(making.loop);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(indexer_seconds_left(making.indexer, began + rows[i].taken),
			rows[i].left, "after %.1f s", rows[i].taken);
	indexer_destroy(making.indexer);
	ev_loop_destroy(making.loop);
	quotes_finish(&making.quotes);
	scratch_leave();
}

/* Who lets go the last frees millions of quotes: never the loop. */
Test(indexer, lets_the_library_go_on_its_thread)
{
	struct making making = {0};
	quotes_open_one(&making.quotes, "static:x");
	create(&making);
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
