#include "frontends/keeper/searcher.h"

#include <stdatomic.h>
#include <stdlib.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "core/search/search_query.h"
#include "core/search/search_scan.h"
#include "frontends/keeper/indexer.h"
#include "frontends/kit/log.h"
#include "frontends/kit/worker.h"

enum {
	REMOVALS_MAX = 16, /* that wait for the thread, beside one search */
	BUDGET_MS = 500,   /* of a search */
};

static const double patience_seconds = 2; /* of a search that waits for its turn */
static const double scan_seconds = 0.05;  /* of a search without an index */

struct searcher {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct indexer *indexer;
	struct worker *worker;
	struct search *index;       /* the newest; NULL: there is none yet */
	struct ask_ticket *running; /* on the thread; NULL: none */
	struct ask_ticket *waiting; /* in the order they came in; none if nothing runs */
	ev_timer scan_limit;        /* ends the one that runs, if it scans */
	unsigned last_wire;         /* whose turn it was */
	bool stopped;
};

/* Frees an index after the search that is asked of it. */
struct removal {
	struct job job;
	struct searcher *searcher;
	struct search *index;
};

struct ask_ticket {
	struct job job;
	struct ask_ticket *prev; /* of those that wait */
	struct ask_ticket *next;
	ev_tstamp since;
	struct searcher *searcher;
	struct ask ask;
	char *text; /* of ask */
	unsigned wire;
	struct buffer match;
	struct search *index;    /* that is asked; NULL: none, the library is scanned */
	struct library *library; /* a reference; NULL: there is an index */
	atomic_bool cancel;      /* the answer is not wanted any more */
	ask_callback *callback;  /* NULL: told, or cancelled */
	void *data;
	enum ask_outcome outcome;
	const char *reason; /* NULL: what ask_explain() says */
	unsigned retry_after;
	struct search_hits hits;
	struct error error;
};

static void free_ticket(struct job *job)
{
	struct ask_ticket *ticket = (struct ask_ticket *)job;
	search_hits_finish(&ticket->hits);
	library_release(ticket->library);
	buffer_finish(&ticket->match);
	free(ticket->text);
	free(ticket);
}

static bool has_room(const struct searcher *searcher, unsigned wire)
{
	unsigned all = 0;
	unsigned own = 0;
	for (const struct ask_ticket *at = searcher->waiting; at != NULL; at = at->next) {
		all++;
		own += at->wire == wire;
	}
	return all < SEARCHER_WAITING_MAX && own < SEARCHER_WIRE_MAX;
}

/* The first of the next wire that has one; NULL if none waits. */
static struct ask_ticket *whose_turn(const struct searcher *searcher)
{
	struct ask_ticket *best = NULL;
	unsigned first = searcher->last_wire + 1;
	for (struct ask_ticket *at = searcher->waiting; at != NULL; at = at->next)
		if (best == NULL || at->wire - first < best->wire - first)
			best = at;
	return best;
}

static void tell(struct ask_ticket *ticket)
{
	struct ask_answer answer = {.outcome = ticket->outcome,
		.reason = ticket->reason,
		.retry_after = ticket->retry_after};
	struct error doubt;
	ask_callback *callback = ticket->callback;
	ticket->callback = NULL;
	if (callback == NULL)
		return;
	if (answer.outcome == ASK_OUTCOME_FOUND)
		ask_choose(&ticket->ask, ticket->searcher->quoter, ticket->wire, &ticket->hits,
			&answer);
	if (answer.reason == NULL) {
		ask_explain(&ticket->ask, answer.outcome, &ticket->error);
		answer.reason = ticket->error.text;
	}
	if (answer.outcome == ASK_OUTCOME_LATER && answer.retry_after == 0)
		answer.retry_after = 1;
	ask_doubt(&ticket->ask, ticket->searcher->quoter, ticket->wire, &doubt, &answer);
	callback(ticket->data, &answer);
	free(answer.quotes);
}

static void conclude(struct ask_ticket *ticket, enum ask_outcome outcome, const char *reason)
{
	ticket->outcome = outcome;
	ticket->reason = reason;
	tell(ticket);
	free_ticket(&ticket->job);
}

/* The library is released here, as this may be its last reference (see the indexer). */
static void run_search(struct job *job)
{
	struct ask_ticket *ticket = (struct ask_ticket *)job;
	struct search_options options = ask_hits(&ticket->ask);
	bool scans = ticket->index == NULL;
	worker_step_back();
	options.budget_ms = BUDGET_MS;
	options.cancel = &ticket->cancel;
	bool done = scans ? search_scan(ticket->library, ticket->text, ticket->match.data, &options,
				    &ticket->hits, &ticket->error)
			  : search_run(ticket->index, ticket->match.data, &options, &ticket->hits,
				    &ticket->error);
	if (!done)
		ticket->outcome = ASK_OUTCOME_FAILED;
	else if (!ticket->hits.ended)
		ticket->outcome = ASK_OUTCOME_FOUND;
	else
		ticket->outcome = scans ? ASK_OUTCOME_LATER : ASK_OUTCOME_TOO_SLOW;
	library_release(ticket->library);
	ticket->library = NULL;
}

static void on_scan_limit(struct ev_loop *loop, ev_timer *timer, int events)
{
	const struct searcher *searcher = timer->data;
	(void)loop;
	(void)events;
	atomic_store(&searcher->running->cancel, true);
}

static void on_searched(struct job *job);

static bool submit(struct searcher *searcher, struct ask_ticket *ticket)
{
	bool scans = searcher->index == NULL;
	ticket->job = (struct job){.run = run_search, .done = on_searched, .discard = free_ticket};
	ticket->index = searcher->index;
	ticket->library = scans ? library_hold(quoter_library(searcher->quoter)) : NULL;
	if (!worker_submit(searcher->worker, &ticket->job)) {
		library_release(ticket->library);
		ticket->library = NULL;
		return false;
	}
	if (scans) {
		ev_timer_set(&searcher->scan_limit, scan_seconds, 0);
		ev_timer_start(searcher->loop, &searcher->scan_limit);
	}
	return true;
}

static void run_next(struct searcher *searcher)
{
	struct ask_ticket *ticket;
	while (searcher->running == NULL && (ticket = whose_turn(searcher)) != NULL) {
		if (ev_now(searcher->loop) - ticket->since > patience_seconds) {
			DL_DELETE(searcher->waiting, ticket);
			conclude(ticket, ASK_OUTCOME_LATER, ask_reason_busy);
			continue;
		}
		if (!submit(searcher, ticket))
			return;
		DL_DELETE(searcher->waiting, ticket);
		searcher->last_wire = ticket->wire;
		searcher->running = ticket;
	}
}

static void on_searched(struct job *job)
{
	struct ask_ticket *ticket = (struct ask_ticket *)job;
	struct searcher *searcher = ticket->searcher;
	ev_timer_stop(searcher->loop, &searcher->scan_limit);
	if (ticket->outcome == ASK_OUTCOME_FAILED)
		log_error("quoted", "%s", ticket->error.text);
	if (ticket->outcome == ASK_OUTCOME_LATER)
		ticket->retry_after =
			indexer_seconds_left(searcher->indexer, ev_now(searcher->loop));
	if (searcher->stopped && ticket->outcome != ASK_OUTCOME_FOUND)
		conclude(ticket, ASK_OUTCOME_LATER, ask_reason_stopping);
	else
		conclude(ticket, ticket->outcome, NULL);
	searcher->running = NULL;
	run_next(searcher);
}

static void run_removal(struct job *job)
{
	struct removal *removal = (struct removal *)job;
	search_destroy(removal->index);
	removal->index = NULL; /* a job that ran can still be discarded */
}

/* The thread has room again. */
static void on_removed(struct job *job)
{
	run_next(((struct removal *)job)->searcher);
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
		(struct job){.run = run_removal, .done = on_removed, .discard = discard_removal};
	removal->searcher = searcher;
	removal->index = searcher->index;
	searcher->index = index;
	if (!worker_submit(searcher->worker, &removal->job))
		discard_removal(&removal->job);
}

void searcher_index(struct searcher *searcher)
{
	indexer_begin(searcher->indexer);
}

struct searcher *searcher_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr)
{
	struct searcher *searcher = mem_alloc(sizeof *searcher);
	searcher->loop = loop;
	searcher->quoter = quoter;
	searcher->indexer = indexer_create(loop, quoter, rng, on_made, searcher);
	searcher->worker = worker_create(loop, 1, REMOVALS_MAX);
	ev_init(&searcher->scan_limit, on_scan_limit);
	searcher->scan_limit.data = searcher;
	if (searcher->indexer != NULL && searcher->worker != NULL)
		return searcher;
	error_set(reterr, "cannot start a thread for searches; raise the system's limits");
	searcher_destroy(searcher);
	return NULL;
}

static struct ask_ticket *create_ticket(struct searcher *searcher, unsigned wire,
	const struct ask *ask, ask_callback *callback, void *data)
{
	struct ask_ticket *ticket = mem_alloc(sizeof *ticket);
	ticket->since = ev_now(searcher->loop);
	ticket->searcher = searcher;
	ticket->ask = *ask;
	ticket->ask.text = ticket->text = mem_strdup(ask->text);
	ticket->wire = wire;
	ticket->callback = callback;
	ticket->data = data;
	return ticket;
}

struct ask_ticket *searcher_ask(struct searcher *searcher, unsigned wire, const struct ask *ask,
	ask_callback *callback, void *data)
{
	struct ask_ticket *ticket = create_ticket(searcher, wire, ask, callback, data);
	if (!search_query_compile_for(ticket->text, quoter_library(searcher->quoter),
		    quoter_selection(searcher->quoter, wire), &ticket->match, &ticket->error)) {
		conclude(ticket, ASK_OUTCOME_MALFORMED, ticket->error.text);
	} else if (searcher->stopped) {
		conclude(ticket, ASK_OUTCOME_LATER, ask_reason_stopping);
	} else if (searcher->index == NULL && indexer_has_failed(searcher->indexer)) {
		conclude(ticket, ASK_OUTCOME_FAILED, NULL);
	} else if (!has_room(searcher, wire)) {
		conclude(ticket, ASK_OUTCOME_LATER, ask_reason_busy);
	} else {
		DL_APPEND(searcher->waiting, ticket);
		run_next(searcher);
		return ticket;
	}
	return NULL;
}

void searcher_cancel(struct ask_ticket *ticket)
{
	if (ticket->callback == NULL) /* it is being told right now */
		return;
	ticket->callback = NULL;
	if (ticket == ticket->searcher->running) {
		atomic_store(&ticket->cancel, true);
		return;
	}
	DL_DELETE(ticket->searcher->waiting, ticket);
	free_ticket(&ticket->job);
}

size_t searcher_pending(const struct searcher *searcher)
{
	size_t count = searcher->running != NULL;
	for (const struct ask_ticket *at = searcher->waiting; at != NULL; at = at->next)
		count++;
	return count;
}

bool searcher_is_ready(const struct searcher *searcher)
{
	return searcher->index != NULL;
}

void searcher_stop(struct searcher *searcher)
{
	searcher->stopped = true;
	indexer_stop(searcher->indexer);
	if (searcher->running != NULL)
		atomic_store(&searcher->running->cancel, true);
	while (searcher->waiting != NULL) {
		struct ask_ticket *ticket = searcher->waiting;
		DL_DELETE(searcher->waiting, ticket);
		conclude(ticket, ASK_OUTCOME_LATER, ask_reason_stopping);
	}
}

void searcher_destroy(struct searcher *searcher)
{
	if (searcher == NULL)
		return;
	if (searcher->running != NULL)
		atomic_store(&searcher->running->cancel, true);
	ev_timer_stop(searcher->loop, &searcher->scan_limit);
	indexer_destroy(searcher->indexer);
	worker_join(searcher->worker);
	while (searcher->waiting != NULL)
		searcher_cancel(searcher->waiting);
	search_destroy(searcher->index);
	free(searcher);
}
