#include "tests/support/stores.h"

#include <stdlib.h>

enum { ENDING_SECONDS = 10 };

struct store *stores_open(struct ev_loop *loop)
{
	struct error error;
	char *directory = getcwd(NULL, 0);
	struct store *store = store_create(loop, directory, &error);
	free(directory);
	if (store == NULL)
		abort();
	return store;
}

/* The last in the line. */
struct last {
	struct store_work work;
	bool done;
};

static bool run(struct store_work *work, struct db *db)
{
	(void)work, (void)db;
	return true;
}

static void on_done(struct store_work *work, const char *failure)
{
	(void)failure;
	((struct last *)work)->done = true;
}

void stores_drain(struct store *store, struct ev_loop *loop)
{
	static const char *const none[] = {NULL};
	static const struct store_schema schema = {"last", none};
	struct last last = {.work = {.schema = &schema, .run = run, .done = on_done}};
	store_submit(store, &last.work);
	while (!last.done)
		ev_run(loop, EVRUN_ONCE);
}

void stores_close(struct store *store)
{
	store_wait(store, ENDING_SECONDS);
	store_destroy(store);
}
