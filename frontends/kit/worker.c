#include "frontends/kit/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <utlist.h>

#include "core/base/mem.h"

enum { LOW_PRIORITY = 5 }; /* 0 is normal, 19 the lowest */

/*
 * What the threads share. It outlives the worker if a thread is still in a job: the last holder
 * frees it.
 */
struct shared {
	pthread_mutex_t mutex;
	pthread_cond_t work;
	pthread_cond_t left; /* a thread has released it */
	struct job *waiting; /* first in, first out */
	struct job *finished;
	unsigned holders; /* the worker and the threads that have not released it */
	unsigned busy;    /* threads in a job */
	bool ending;
	struct ev_loop *loop;
	ev_async *async;
};

struct worker {
	struct shared *shared;
	ev_async async;
	size_t limit;
	size_t pending;
};

static struct job *take_first(struct job **queue)
{
	struct job *job = *queue;
	if (job != NULL)
		DL_DELETE(*queue, job);
	return job;
}

static void discard_all(struct job **queue)
{
	struct job *job;
	while ((job = take_first(queue)) != NULL) {
		if (job->discard != NULL)
			job->discard(job);
	}
}

/* Called with the mutex held; gives it up. */
static void shared_release(struct shared *shared)
{
	bool last = --shared->holders == 0;
	pthread_mutex_unlock(&shared->mutex);
	if (!last)
		return;
	discard_all(&shared->finished);
	pthread_mutex_destroy(&shared->mutex);
	pthread_cond_destroy(&shared->work);
	pthread_cond_destroy(&shared->left);
	free(shared);
}

/* Called and returning with the mutex held. */
static void run_job(struct shared *shared, struct job *job)
{
	shared->busy++;
	pthread_mutex_unlock(&shared->mutex);
	job->run(job);
	pthread_mutex_lock(&shared->mutex);
	shared->busy--;
	DL_APPEND(shared->finished, job);
	if (!shared->ending)
		ev_async_send(shared->loop, shared->async);
}

static void *thread_main(void *argument)
{
	struct shared *shared = argument;
	pthread_mutex_lock(&shared->mutex);
	while (!shared->ending) {
		struct job *job = take_first(&shared->waiting);
		if (job == NULL) {
			pthread_cond_wait(&shared->work, &shared->mutex);
			continue;
		}
		run_job(shared, job);
	}
	pthread_cond_signal(&shared->left);
	shared_release(shared);
	return NULL;
}

static struct job *take_finished(struct worker *worker)
{
	pthread_mutex_lock(&worker->shared->mutex);
	struct job *job = take_first(&worker->shared->finished);
	pthread_mutex_unlock(&worker->shared->mutex);
	return job;
}

static void on_async(struct ev_loop *loop, ev_async *async, int events)
{
	(void)loop;
	(void)events;
	struct worker *worker = async->data;
	struct job *job;
	while ((job = take_finished(worker)) != NULL) {
		worker->pending--;
		job->done(job);
	}
}

/* Returns whether at least one thread runs. */
static bool start_threads(struct shared *shared, unsigned threads)
{
	sigset_t all;
	sigset_t before;
	pthread_attr_t detached;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	pthread_mutex_lock(&shared->mutex);
	for (unsigned i = 0; i < threads; i++) {
		pthread_t thread;
		if (pthread_create(&thread, &detached, thread_main, shared) == 0)
			shared->holders++;
	}
	bool any = shared->holders > 1;
	pthread_mutex_unlock(&shared->mutex);
	pthread_attr_destroy(&detached);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return any;
}

struct worker *worker_create(struct ev_loop *loop, unsigned threads, size_t queue_limit)
{
	struct worker *worker = mem_alloc(sizeof *worker);
	struct shared *shared = mem_alloc(sizeof *shared);
	worker->shared = shared;
	worker->limit = threads + queue_limit;
	ev_async_init(&worker->async, on_async);
	worker->async.data = worker;
	ev_async_start(loop, &worker->async);
	ev_unref(loop);
	pthread_mutex_init(&shared->mutex, NULL);
	pthread_cond_init(&shared->work, NULL);
	pthread_cond_init(&shared->left, NULL);
	shared->holders = 1;
	shared->loop = loop;
	shared->async = &worker->async;
	if (start_threads(shared, threads))
		return worker;
	worker_destroy(worker);
	return NULL;
}

bool worker_submit(struct worker *worker, struct job *job)
{
	if (worker->pending >= worker->limit)
		return false;
	worker->pending++;
	pthread_mutex_lock(&worker->shared->mutex);
	DL_APPEND(worker->shared->waiting, job);
	pthread_cond_signal(&worker->shared->work);
	pthread_mutex_unlock(&worker->shared->mutex);
	return true;
}

void worker_step_back(void)
{
	/* Linux applies it to the thread alone. */
	if (getpriority(PRIO_PROCESS, 0) < LOW_PRIORITY)
		setpriority(PRIO_PROCESS, 0, LOW_PRIORITY);
}

static void finish(struct worker *worker, bool wait)
{
	if (worker == NULL)
		return;
	struct shared *shared = worker->shared;
	pthread_mutex_lock(&shared->mutex);
	shared->ending = true;
	pthread_cond_broadcast(&shared->work);
	while (shared->holders > 1 + (wait ? 0 : shared->busy))
		pthread_cond_wait(&shared->left, &shared->mutex);
	discard_all(&shared->waiting);
	discard_all(&shared->finished);
	struct ev_loop *loop = shared->loop;
	shared_release(shared);
	ev_ref(loop);
	ev_async_stop(loop, &worker->async);
	free(worker);
}

void worker_destroy(struct worker *worker)
{
	finish(worker, false);
}

void worker_join(struct worker *worker)
{
	finish(worker, true);
}
