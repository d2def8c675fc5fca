#include "frontends/keeper/indexer.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/kit/retry.h"
#include "frontends/kit/worker.h"

static const double first_rate = 30000; /* quotes per second */

struct indexer {
	struct ev_loop *loop;
	struct quoter *quoter;
	indexer_callback *on_made;
	void *data;
	struct worker *worker;
	struct retry retry;
	bool building;
	bool again; /* the index being built is out of date */
	bool failed;
	bool stopped;
	ev_tstamp since;    /* when the build began */
	double rate;        /* of the last build, in quotes per second */
	size_t quotes;      /* that are indexed */
	atomic_bool cancel; /* the index being built is not needed */
};

/* Builds one index. */
struct build {
	struct job job;
	struct indexer *indexer;
	struct library *library; /* a reference */
	struct search *search;
	struct error error;
};

/* The library is released on the thread: this may be its last reference, and freeing millions of
 * quotes takes longer than a turn of the loop may. */
static void run_build(struct job *job)
{
	struct build *build = (struct build *)job;
	worker_step_back();
	build->search = search_create(build->library, NULL, &build->indexer->cancel, &build->error);
	library_release(build->library);
	build->library = NULL;
	malloc_trim(0);
}

static void free_build(struct job *job)
{
	struct build *build = (struct build *)job;
	search_destroy(build->search);
	library_release(build->library);
	free(build);
}

/* A build of a moment tells nothing. */
static void learn_rate(struct indexer *indexer)
{
	double seconds = ev_now(indexer->loop) - indexer->since;
	if (seconds >= 1)
		indexer->rate = (double)indexer->quotes / seconds;
}

static void conclude(struct indexer *indexer, struct build *build)
{
	if (build->search != NULL) {
		log_debug("quoted", "the search index is ready");
		indexer->failed = false;
		retry_reset(&indexer->retry);
		learn_rate(indexer);
		indexer->on_made(indexer->data, build->search);
		build->search = NULL;
	} else if (!atomic_load(&indexer->cancel)) {
		indexer->failed = true;
		log_error("quoted", "%s; next try in %.0f s", build->error.text,
			retry_later(&indexer->retry));
	}
}

static void start_build(struct indexer *indexer);

static void on_built(struct job *job)
{
	struct build *build = (struct build *)job;
	struct indexer *indexer = build->indexer;
	indexer->building = false;
	conclude(indexer, build);
	free_build(job);
	if (indexer->again)
		start_build(indexer);
}

/* Takes the library only now, so that none is kept alive by a build that waits. */
static void start_build(struct indexer *indexer)
{
	if (indexer->stopped)
		return;
	struct build *build = mem_alloc(sizeof *build);
	build->job = (struct job){.run = run_build, .done = on_built, .discard = free_build};
	build->indexer = indexer;
	build->library = library_hold(quoter_library(indexer->quoter));
	indexer->quotes = quoter_count(indexer->quoter);
	indexer->since = ev_now(indexer->loop);
	indexer->again = false;
	atomic_store(&indexer->cancel, false);
	retry_stop(&indexer->retry);
	indexer->building = worker_submit(indexer->worker, &build->job);
	if (!indexer->building)
		free_build(&build->job);
}

static void on_retry(void *data)
{
	start_build(data);
}

void indexer_begin(struct indexer *indexer)
{
	indexer->failed = false;
	retry_reset(&indexer->retry);
	indexer->again = indexer->building;
	if (indexer->building)
		atomic_store(&indexer->cancel, true);
	else
		start_build(indexer);
}

bool indexer_has_failed(const struct indexer *indexer)
{
	return indexer->failed;
}

unsigned indexer_seconds_left(const struct indexer *indexer, ev_tstamp now)
{
	double taken = now - indexer->since;
	double left = (double)indexer->quotes / indexer->rate - taken;
	if (left <= 0)
		left = taken / 2;
	return left < 1 ? 1 : (unsigned)left + 1;
}

struct indexer *indexer_create(struct ev_loop *loop, struct quoter *quoter, struct rng *rng,
	indexer_callback *on_made, void *data)
{
	struct indexer *indexer = mem_alloc(sizeof *indexer);
	indexer->loop = loop;
	indexer->quoter = quoter;
	indexer->on_made = on_made;
	indexer->data = data;
	indexer->rate = first_rate;
	indexer->retry = (struct retry){
		.loop = loop,
		.rng = rng,
		.first = 1,
		.last = 60,
		.again = on_retry,
		.data = indexer,
	};
	retry_init(&indexer->retry);
	indexer->worker = worker_create(loop, 1, 1);
	if (indexer->worker != NULL)
		return indexer;
	indexer_destroy(indexer);
	return NULL;
}

void indexer_stop(struct indexer *indexer)
{
	indexer->stopped = true;
	atomic_store(&indexer->cancel, true);
	retry_stop(&indexer->retry);
}

void indexer_destroy(struct indexer *indexer)
{
	if (indexer == NULL)
		return;
	indexer_stop(indexer);
	worker_join(indexer->worker);
	free(indexer);
}
