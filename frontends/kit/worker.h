/** Runs jobs that block on threads; tells the loop through ev_async when they are done. */
#ifndef QUOTED_FRONTENDS_KIT_WORKER_H
#define QUOTED_FRONTENDS_KIT_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include <ev.h>

struct worker;

/** The first member of the caller's own struct, the worker's from submit until done or discard. */
struct job {
	void (*run)(
		struct job *job); /* on a thread, signals blocked; shares nothing with the loop */
	void (*done)(struct job *job); /* on the loop; the job is the caller's again */
	/** Called instead of done if the worker is destroyed first; NULL: nothing. May be called on
	 * the thread, so it touches the job alone. */
	void (*discard)(struct job *job);
	struct job *prev;
	struct job *next;
};

/**
 * Starts \p threads threads; at most \p queue_limit jobs wait beyond those that run. The worker
 * alone does not keep the loop running. Returns NULL if the system gives no thread.
 */
struct worker *worker_create(struct ev_loop *loop, unsigned threads, size_t queue_limit);

/** Has \p job run. Returns false, with the job still the caller's, if the queue is full. */
bool worker_submit(struct worker *worker, struct job *job);

/** Lowers the priority of the calling thread for good; for a job that computes, so that on a busy
 * machine the loop goes first. */
void worker_step_back(void);

/**
 * Ends the threads, and calls discard for every job that waits or whose done was not called yet. A
 * thread in the middle of a job cannot be ended: it finishes alone and discards the job.
 */
void worker_destroy(struct worker *worker);

/** As worker_destroy(), but waits for running jobs, which may use what the caller frees next. */
void worker_join(struct worker *worker);

#endif
