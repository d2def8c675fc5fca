#include "tests/support/stores.h"

#include <stdlib.h>
#include <unistd.h>

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

void stores_close(struct store *store)
{
	store_wait(store, ENDING_SECONDS);
	store_destroy(store);
}
