#include "frontends/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "frontends/kit/metrics.h"
#include "frontends/kit/worker.h"
#include "frontends/store/state_directory.h"

enum { CUSTOMERS = 16, NS_A_S = 1000000000 };

struct store {
	struct job job; /* writes the batch */
	struct worker *worker;
	struct ev_loop *loop;
	ev_timer soon; /* at the end of the loop's turn, so that its works share a transaction */
	int64_t run_number;
	struct store_work *waiting; /* first in, first out */
	struct store_work *batch;   /* the thread's while the job runs */
	bool busy;                  /* the job is submitted */
	bool written;               /* it has run */
	bool durable;               /* what it wrote is */
	double seconds;             /* that it took */
	struct store_counts counts;
	size_t holders; /* customers */
	/* The thread's: */
	char *setting;
	int lock; /* held by the daemon that writes here; -1: none */
	struct db *db;
	const struct store_schema *ready[CUSTOMERS]; /* whose tables are up to date */
	size_t ready_count;
};

static void refuse(struct store_work *work, const char *reason)
{
	if (work->failure == NULL)
		work->failure = mem_strdup(reason);
}

static void refuse_all(struct store_work *works, const char *reason)
{
	for (; works != NULL; works = works->next)
		refuse(works, reason);
}

static char *file_in(const char *directory, const char *name)
{
	return mem_format("%s/%s", directory, name);
}

/* Two daemons that share a queue would each send it. */
static int take_lock(const char *directory, struct error *reterr)
{
	char *path = file_in(directory, "quoted.lock");
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (lock < 0) {
		error_set(reterr, "%s: %s; let quoted write there", path, strerror(errno));
	} else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
		error_set(reterr,
			"%s: another quoted keeps its state here; set another state_directory for "
			"this one",
			directory);
		close(lock);
		lock = -1;
	}
	free(path);
	return lock;
}

struct db *store_open(
	const char *directory, bool create, const struct store_schema *schema, struct error *reterr)
{
	char *found = state_directory_find(directory, create, reterr);
	char *path = found != NULL ? file_in(found, "quoted.db") : NULL;
	struct db *db = path != NULL ? db_open(path, create, reterr) : NULL;
	if (db != NULL && !store_schema_upgrade(schema, db, reterr)) {
		db_close(db);
		db = NULL;
	}
	free(path);
	free(found);
	return db;
}

static bool open_own(struct store *store, struct error *reterr)
{
	if (store->db != NULL)
		return true;
	char *directory = state_directory_find(store->setting, true, reterr);
	if (directory == NULL)
		return false;
	if (store->lock < 0)
		store->lock = take_lock(directory, reterr);
	char *path = file_in(directory, "quoted.db");
	store->ready_count = 0;
	if (store->lock >= 0)
		store->db = db_open(path, true, reterr);
	free(path);
	free(directory);
	return store->db != NULL;
}

static bool is_ready(struct store *store, const struct store_schema *schema, struct error *reterr)
{
	for (size_t i = 0; i < store->ready_count; i++)
		if (store->ready[i] == schema)
			return true;
	bool good = store_schema_upgrade(schema, store->db, reterr);
	if (good && store->ready_count < CUSTOMERS)
		store->ready[store->ready_count++] = schema;
	return good;
}

static bool run_all(struct store *store)
{
	bool good = db_begin(store->db);
	for (struct store_work *work = store->batch; good && work != NULL; work = work->next)
		good = work->failure != NULL || work->run(work, store->db);
	return good && db_commit(store->db);
}

/* Returns whether it is durable. */
static bool write_batch(struct store *store)
{
	struct error error = {0};
	if (!open_own(store, &error)) {
		refuse_all(store->batch, error.text);
		return false;
	}
	for (struct store_work *work = store->batch; work != NULL; work = work->next)
		if (!is_ready(store, work->schema, &error))
			refuse(work, error.text);
	if (run_all(store))
		return true;
	db_failure(store->db, &error);
	db_rollback(store->db);
	refuse_all(store->batch, error.text);
	/* The next batch finds out anew what there is. */
	db_close(store->db);
	store->db = NULL;
	return false;
}

static struct store *store_of(struct job *job)
{
	return (struct store *)job;
}

static void on_run(struct job *job)
{
	struct store *store = store_of(job);
	double begun = metrics_clock();
	store->durable = write_batch(store);
	store->seconds = metrics_clock() - begun;
	store->written = true;
}

static void call_done(struct store *store)
{
	struct store_work *work;
	while ((work = store->batch) != NULL) {
		char *failure = work->failure;
		DL_DELETE(store->batch, work);
		work->failure = NULL;
		store->counts.writes++;
		store->counts.failures += failure != NULL;
		work->done(work, failure);
		free(failure);
	}
}

/* Takes all that waits. */
static void begin(struct store *store)
{
	if (store->busy || store->waiting == NULL)
		return;
	store->batch = store->waiting;
	store->waiting = NULL;
	store->busy = true;
	store->written = false;
	worker_submit(store->worker, &store->job);
}

static void on_done(struct job *job)
{
	struct store *store = store_of(job);
	store->busy = false;
	if (store->durable) {
		store->counts.commits++;
		store->counts.seconds += store->seconds;
	}
	call_done(store);
	begin(store);
}

static void on_soon(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	begin(timer->data);
}

static int64_t make_run_number(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * NS_A_S + now.tv_nsec;
}

struct store *store_create(struct ev_loop *loop, const char *directory, struct error *reterr)
{
	struct store *store = mem_alloc(sizeof *store);
	store->job.run = on_run;
	store->job.done = on_done;
	store->loop = loop;
	store->run_number = make_run_number();
	store->setting = mem_strdup(directory);
	store->lock = -1;
	ev_timer_init(&store->soon, on_soon, 0, 0);
	store->soon.data = store;
	store->worker = worker_create(loop, 1, 0);
	if (store->worker != NULL)
		return store;
	error_set(reterr, "cannot create a thread for the store; raise the limit on threads");
	store_destroy(store);
	return NULL;
}

void store_submit(struct store *store, struct store_work *work)
{
	work->failure = NULL;
	DL_APPEND(store->waiting, work);
	if (!store->busy && !ev_is_active(&store->soon)) {
		ev_timer_set(&store->soon, 0, 0);
		ev_timer_start(store->loop, &store->soon);
	}
}

int64_t store_run_number(const struct store *store)
{
	return store->run_number;
}

const struct store_counts *store_counts(const struct store *store)
{
	return &store->counts;
}

void store_hold(struct store *store)
{
	store->holders++;
}

void store_release(struct store *store)
{
	store->holders--;
}

static void on_deadline(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	*(bool *)timer->data = true;
}

void store_wait(struct store *store, double seconds)
{
	bool over = false;
	ev_timer deadline;
	ev_timer_init(&deadline, on_deadline, seconds, 0);
	deadline.data = &over;
	ev_now_update(store->loop);
	ev_timer_start(store->loop, &deadline);
	while (store->holders > 0 && !over)
		ev_run(store->loop, EVRUN_ONCE);
	ev_timer_stop(store->loop, &deadline);
}

void store_destroy(struct store *store)
{
	if (store == NULL)
		return;
	ev_timer_stop(store->loop, &store->soon);
	worker_join(store->worker);
	if (store->busy && !store->written)
		write_batch(store);
	call_done(store);
	while (store->waiting != NULL) {
		store->batch = store->waiting;
		store->waiting = NULL;
		write_batch(store);
		call_done(store);
	}
	db_close(store->db);
	if (store->lock >= 0)
		close(store->lock);
	free(store->setting);
	free(store);
}
