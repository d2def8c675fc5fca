#include "frontends/keeper/searcher.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/search/search.h"
#include "core/search/search_query.h"
#include "frontends/keeper/indexer.h"
#include "frontends/keeper/search_queue.h"
#include "frontends/kit/worker.h"

enum {
	REMOVALS_MAX = 16, /* that wait at the thread, beside one search */
	BUDGET_MS = 500,   /* of a search */
};

static const double patience_seconds = 2; /* of who waits for the turn */

struct searcher {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct indexer *indexer;
	struct worker *asker;
	struct search *index;            /* what is asked now; NULL: none was made yet */
	struct librarian_search *asking; /* at the thread; NULL: none */
	struct search_queue queue;       /* those that are not there */
	bool stopped;
};

/* Frees an index after the search that is asked of it. */
struct removal {
	struct job job;
	struct search *index;
};

struct librarian_search {
	struct job job;
	struct search_turn turn;
	ev_timer soon; /* active: answers without asking */
	ev_tstamp since;
	struct searcher *searcher;
	struct search *index;         /* that is asked */
	atomic_bool cancel;           /* it is asked for nobody */
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
	search_destroy(removal->index);
	removal->index = NULL; /* a job that ran can still be discarded */
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

static void on_made(void *data, struct search *index)
{
	struct searcher *searcher = data;
	struct removal *removal = mem_alloc(sizeof *removal);
	removal->job =
		(struct job){.run = run_removal, .done = free_removal, .discard = discard_removal};
	removal->index = searcher->index;
	searcher->index = index;
	if (!worker_submit(searcher->asker, &removal->job))
		discard_removal(&removal->job);
}

void searcher_index(struct searcher *searcher)
{
	indexer_begin(searcher->indexer);
}

struct searcher *searcher_create(struct ev_loop *loop, struct quoter *quoter, struct rng *rng)
{
	struct searcher *searcher = mem_alloc(sizeof *searcher);
	struct indexer_options options = {
		.loop = loop, .quoter = quoter, .rng = rng, .on_made = on_made, .data = searcher};
	searcher->loop = loop;
	searcher->quoter = quoter;
	searcher->indexer = indexer_create(&options);
	searcher->asker = worker_create(loop, 1, REMOVALS_MAX);
	if (searcher->indexer != NULL && searcher->asker != NULL)
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
		.cancel = &search->cancel,
	};
	switch (search_run(
		search->index, search->match.data, &options, &search->hits, &search->error)) {
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

static enum librarian_state say_indexing(struct librarian_search *search)
{
	error_set(&search->error, "The search index is still being made: try again in a moment.");
	return LIBRARIAN_STATE_INDEXING;
}

static enum librarian_state say_stopping(struct librarian_search *search)
{
	error_set(&search->error, "The server is stopping: try again in a moment.");
	return LIBRARIAN_STATE_BUSY;
}

static enum librarian_state say_busy(struct librarian_search *search)
{
	error_set(&search->error, "Too many searches at once: try again in a moment.");
	return LIBRARIAN_STATE_BUSY;
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

static void tell(struct librarian_search *search)
{
	struct librarian_answer answer = {
		.state = search->state,
		.reason = search->state != LIBRARIAN_STATE_DONE ? search->error.text : NULL,
		.ids = search->hits.ids,
		.count = search->hits.count,
		.total = search->hits.total,
	};
	librarian_callback *callback = search->callback;
	search->callback = NULL;
	if (callback != NULL)
		callback(search->data, &answer);
	free_search(&search->job);
}

static void on_soon(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct librarian_search *search = timer->data;
	search_queue_remove(&search->searcher->queue, &search->turn);
	tell(search);
}

/* Of one in the queue. */
static void answer_soon(struct librarian_search *search, enum librarian_state state)
{
	search->state = state;
	search->turn.passed = true;
	ev_timer_set(&search->soon, 0, 0);
	ev_timer_start(search->searcher->loop, &search->soon);
}

static void on_searched(struct job *job);

static void ask(struct librarian_search *search)
{
	struct searcher *searcher = search->searcher;
	search->job = (struct job){.run = run_search, .done = on_searched, .discard = free_search};
	search->index = searcher->index;
	if (!worker_submit(searcher->asker, &search->job)) {
		answer_soon(search, say_busy(search));
		return;
	}
	search_queue_remove(&searcher->queue, &search->turn);
	searcher->queue.last_wire = search->wire;
	searcher->asking = search;
}

static void ask_next(struct searcher *searcher)
{
	struct search_turn *turn;
	while (searcher->asking == NULL && (turn = search_queue_next(&searcher->queue)) != NULL) {
		struct librarian_search *search = turn->search;
		if (ev_now(searcher->loop) - search->since > patience_seconds)
			answer_soon(search, say_busy(search));
		else
			ask(search);
	}
}

static void on_searched(struct job *job)
{
	struct librarian_search *search = (struct librarian_search *)job;
	struct searcher *searcher = search->searcher;
	searcher->asking = NULL;
	if (searcher->stopped && search->state != LIBRARIAN_STATE_DONE)
		search->state = say_stopping(search);
	else if (is_out_of_date(search))
		search->state = say_indexing(search);
	ask_next(searcher);
	tell(search);
}

/* Returns DONE where it is to be asked, else what came of it. */
static enum librarian_state accept(struct librarian_search *search, const char *query)
{
	struct searcher *searcher = search->searcher;
	if (!search_query_compile_for(query, quoter_library(searcher->quoter),
		    quoter_selection(searcher->quoter, search->wire), &search->match,
		    &search->error))
		return LIBRARIAN_STATE_BAD_QUERY;
	if (searcher->stopped)
		return say_stopping(search);
	if (searcher->index == NULL && !indexer_has_failed(searcher->indexer))
		return say_indexing(search);
	if (searcher->index == NULL) {
		error_set(&search->error, "The search is out of order.");
		return LIBRARIAN_STATE_FAILED;
	}
	return search_queue_has_room(&searcher->queue, search->wire) ? LIBRARIAN_STATE_DONE
								     : say_busy(search);
}

struct librarian_search *searcher_search(struct searcher *searcher, unsigned wire,
	const char *query, size_t offset, size_t limit, librarian_callback *callback, void *data)
{
	struct librarian_search *search = mem_alloc(sizeof *search);
	search->searcher = searcher;
	search->since = ev_now(searcher->loop);
	search->callback = callback;
	search->data = data;
	search->wire = wire;
	search->turn = (struct search_turn){.wire = wire, .search = search};
	search->offset = offset;
	search->limit = limit;
	ev_timer_init(&search->soon, on_soon, 0, 0);
	search->soon.data = search;
	enum librarian_state state = accept(search, query);
	search_queue_add(&searcher->queue, &search->turn);
	if (state != LIBRARIAN_STATE_DONE)
		answer_soon(search, state);
	ask_next(searcher);
	return search;
}

void searcher_cancel(struct librarian_search *search)
{
	struct searcher *searcher = search->searcher;
	if (search->callback == NULL) /* it is being told right now */
		return;
	search->callback = NULL;
	if (search == searcher->asking) {
		atomic_store(&search->cancel, true);
		return;
	}
	ev_timer_stop(searcher->loop, &search->soon);
	search_queue_remove(&searcher->queue, &search->turn);
	free_search(&search->job);
}

void searcher_stop(struct searcher *searcher)
{
	searcher->stopped = true;
	indexer_stop(searcher->indexer);
	if (searcher->asking != NULL)
		atomic_store(&searcher->asking->cancel, true);
	for (struct search_turn *turn = searcher->queue.first; turn != NULL; turn = turn->next)
		if (!turn->passed)
			answer_soon(turn->search, say_stopping(turn->search));
}

void searcher_destroy(struct searcher *searcher)
{
	if (searcher == NULL)
		return;
	if (searcher->asking != NULL)
		atomic_store(&searcher->asking->cancel, true);
	indexer_destroy(searcher->indexer);
	worker_join(searcher->asker);
	while (searcher->queue.first != NULL)
		searcher_cancel(searcher->queue.first->search);
	search_destroy(searcher->index);
	free(searcher);
}
