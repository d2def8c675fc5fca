#include "frontends/searcher.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/search.h"
#include "frontends/log.h"
#include "frontends/worker.h"

enum {
	WAITING_MAX = 64,  /* searches */
	REMOVALS_MAX = 16, /* room for them beyond that */
	BUDGET_MS = 500,   /* of a search */
};

struct searcher {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct worker *builder;
	struct worker *asker;
	struct search *search;   /* what is asked now; NULL: none was made yet */
	struct library *waiting; /* to be indexed next; a reference */
	bool building;
	bool failed;
	atomic_bool cancel; /* the index being built is out of date */
};

/* Makes an index. */
struct build {
	struct job job;
	struct searcher *searcher;
	struct library *library; /* a reference */
	struct search *search;
	struct error error;
};

/* Frees an index after the searches that wait for it. */
struct removal {
	struct job job;
	struct search *search;
};

struct librarian_search {
	struct job job;
	ev_timer soon; /* answers what needs no index */
	struct searcher *searcher;
	struct search *search;
	librarian_callback *callback; /* NULL: nobody waits for it any more */
	void *data;
	unsigned wire;
	struct buffer match;
	size_t offset;
	size_t limit;
	enum librarian_state state;
	struct search_hits hits;
	struct error error;
};

static void run_removal(struct job *job)
{
	struct removal *removal = (struct removal *)job;
	search_destroy(removal->search);
	removal->search = NULL; /* a job that ran can still be discarded */
}

static void free_removal(struct job *job)
{
	free(job);
}

static void discard_removal(struct job *job)
{
	run_removal(job);
	free(job);
}

static void remove_search(struct searcher *searcher)
{
	if (searcher->search == NULL)
		return;
	struct removal *removal = mem_alloc(sizeof *removal);
	removal->job =
		(struct job){.run = run_removal, .done = free_removal, .discard = discard_removal};
	removal->search = searcher->search;
	searcher->search = NULL;
	if (!worker_submit(searcher->asker, &removal->job))
		discard_removal(&removal->job);
}

static void run_build(struct job *job)
{
	struct build *build = (struct build *)job;
	build->search = search_create(build->library, &build->searcher->cancel, &build->error);
	malloc_trim(0);
}

static void free_build(struct job *job)
{
	struct build *build = (struct build *)job;
	search_destroy(build->search);
	library_release(build->library);
	free(build);
}

static void start_build(struct searcher *searcher);

static void on_built(struct job *job)
{
	struct build *build = (struct build *)job;
	struct searcher *searcher = build->searcher;
	searcher->building = false;
	if (build->search != NULL) {
		remove_search(searcher);
		searcher->search = build->search;
		build->search = NULL;
		log_debug("quoted", "the search index is ready");
	} else if (!atomic_load(&searcher->cancel)) {
		log_error("quoted", "%s", build->error.text);
		searcher->failed = true;
	}
	free_build(job);
	if (searcher->waiting != NULL)
		start_build(searcher);
}

static void start_build(struct searcher *searcher)
{
	struct build *build = mem_alloc(sizeof *build);
	build->job = (struct job){.run = run_build, .done = on_built, .discard = free_build};
	build->searcher = searcher;
	build->library = searcher->waiting;
	searcher->waiting = NULL;
	searcher->failed = false;
	atomic_store(&searcher->cancel, false);
	searcher->building = worker_submit(searcher->builder, &build->job);
	if (!searcher->building)
		free_build(&build->job);
}

void searcher_index(struct searcher *searcher, struct library *library)
{
	library_release(searcher->waiting);
	searcher->waiting = library_hold(library);
	if (searcher->building)
		atomic_store(&searcher->cancel, true);
	else
		start_build(searcher);
}

struct searcher *searcher_create(struct ev_loop *loop, struct quoter *quoter)
{
	struct searcher *searcher = mem_alloc(sizeof *searcher);
	searcher->loop = loop;
	searcher->quoter = quoter;
	searcher->builder = worker_create(loop, 1, 1);
	searcher->asker = worker_create(loop, 1, WAITING_MAX + REMOVALS_MAX);
	if (searcher->builder != NULL && searcher->asker != NULL)
		return searcher;
	searcher_destroy(searcher);
	return NULL;
}

static void run_search(struct job *job)
{
	struct librarian_search *search = (struct librarian_search *)job;
	struct search_options options = {
		.offset = search->offset,
		.limit = search->limit,
		.budget_ms = BUDGET_MS,
	};
	switch (search_run(
		search->search, search->match.data, &options, &search->hits, &search->error)) {
	case SEARCH_OUTCOME_DONE:
		search->state = LIBRARIAN_STATE_DONE;
		break;
	case SEARCH_OUTCOME_TOO_LONG:
		search->state = LIBRARIAN_STATE_TOO_LONG;
		break;
	case SEARCH_OUTCOME_FAILED:
		search->state = LIBRARIAN_STATE_FAILED;
		break;
	}
}

static void free_search(struct job *job)
{
	struct librarian_search *search = (struct librarian_search *)job;
	search_hits_finish(&search->hits);
	buffer_finish(&search->match);
	free(search);
}

static void say_indexing(struct librarian_search *search)
{
	search->state = LIBRARIAN_STATE_INDEXING;
	error_set(&search->error, "The search index is still being made: try again in a moment.");
}

/* The index may be of quotes before a reload: then nothing that it finds may be there. */
static bool is_out_of_date(const struct librarian_search *search)
{
	struct quote quote;
	for (size_t i = 0; i < search->hits.count; i++)
		if (quoter_get(search->searcher->quoter, search->wire, search->hits.ids[i], &quote))
			return false;
	return search->state == LIBRARIAN_STATE_DONE && search->hits.count > 0;
}

static void on_searched(struct job *job)
{
	struct librarian_search *search = (struct librarian_search *)job;
	if (is_out_of_date(search))
		say_indexing(search);
	struct librarian_answer answer = {
		.state = search->state,
		.reason = search->state != LIBRARIAN_STATE_DONE ? search->error.text : NULL,
		.ids = search->hits.ids,
		.count = search->hits.count,
		.total = search->hits.total,
	};
	if (search->callback != NULL)
		search->callback(search->data, &answer);
	free_search(job);
}

static void on_soon(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct librarian_search *search = timer->data;
	on_searched(&search->job);
}

static void answer_soon(struct librarian_search *search, enum librarian_state state)
{
	search->state = state;
	ev_timer_init(&search->soon, on_soon, 0, 0);
	search->soon.data = search;
	ev_timer_start(search->searcher->loop, &search->soon);
}

/* Hands a search to those who have the index. Returns how it ended where they cannot take it. */
static enum librarian_state submit(struct librarian_search *search)
{
	struct searcher *searcher = search->searcher;
	if (searcher->search == NULL && searcher->failed) {
		error_set(&search->error, "The search is out of order.");
		return LIBRARIAN_STATE_FAILED;
	}
	if (searcher->search == NULL) {
		say_indexing(search);
		return LIBRARIAN_STATE_INDEXING;
	}
	if (worker_pending(searcher->asker) < WAITING_MAX &&
		worker_submit(searcher->asker, &search->job))
		return LIBRARIAN_STATE_DONE;
	error_set(&search->error, "Too many searches at once: try again in a moment.");
	return LIBRARIAN_STATE_BUSY;
}

struct librarian_search *searcher_search(struct searcher *searcher, unsigned wire,
	const char *query, size_t offset, size_t limit, librarian_callback *callback, void *data)
{
	struct librarian_search *search = mem_alloc(sizeof *search);
	search->job = (struct job){.run = run_search, .done = on_searched, .discard = free_search};
	search->searcher = searcher;
	search->search = searcher->search;
	search->callback = callback;
	search->data = data;
	search->wire = wire;
	search->offset = offset;
	search->limit = limit;
	enum librarian_state state =
		quoter_compile(searcher->quoter, wire, query, &search->match, &search->error)
			? submit(search)
			: LIBRARIAN_STATE_BAD_QUERY;
	if (state != LIBRARIAN_STATE_DONE)
		answer_soon(search, state);
	return search;
}

void searcher_cancel(struct librarian_search *search)
{
	search->callback = NULL;
}

void searcher_destroy(struct searcher *searcher)
{
	if (searcher == NULL)
		return;
	atomic_store(&searcher->cancel, true);
	worker_join(searcher->builder);
	worker_join(searcher->asker);
	search_destroy(searcher->search);
	library_release(searcher->waiting);
	free(searcher);
}
