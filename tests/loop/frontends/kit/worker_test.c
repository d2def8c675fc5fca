#include "frontends/kit/worker.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/support/loop_support.h"

struct count_job {
	struct job job;
	int input;
	int output;
	bool done;
	bool signals_blocked;
};

static void run_count(struct job *job)
{
	struct count_job *count = (struct count_job *)job;
	sigset_t mask;
	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	count->signals_blocked = sigismember(&mask, SIGTERM) == 1;
	count->output = count->input * 2;
}

static int done_count; /* of the test's process */

static void on_count_done(struct job *job)
{
	((struct count_job *)job)->done = true;
	done_count++;
}

static void on_done(struct job *job)
{
	(void)job;
	done_count++;
}

static bool are_done(void *data)
{
	return done_count == *(const int *)data;
}

Test(worker, brings_every_job_back_to_the_loop)
{
	enum { JOBS = 500 };
	static struct count_job jobs[JOBS];
	struct ev_loop *loop = loop_support_create();
	struct worker *worker = worker_create(loop, 3, JOBS);
	for (int i = 0; i < JOBS; i++) {
		jobs[i] = (struct count_job){
			.job = {.run = run_count, .done = on_count_done}, .input = i};
		cr_assert(worker_submit(worker, &jobs[i].job));
	}
	cr_assert(loop_support_until(loop, are_done, (int[]){JOBS}));
	for (int i = 0; i < JOBS; i++) {
		cr_assert(jobs[i].done);
		cr_assert(jobs[i].signals_blocked);
		cr_assert_eq(jobs[i].output, 2 * i);
	}
	worker_destroy(worker);
	ev_loop_destroy(loop);
}

struct priority_job {
	struct job job;
	int before;
	int after;
};

static void run_priority(struct job *base)
{
	struct priority_job *job = (struct priority_job *)base;
	job->before = getpriority(PRIO_PROCESS, 0);
	worker_step_back();
	worker_step_back();
	job->after = getpriority(PRIO_PROCESS, 0);
}

Test(worker, steps_back_alone)
{
	struct ev_loop *loop = loop_support_create();
	struct worker *worker = worker_create(loop, 1, 1);
	struct priority_job job = {.job = {.run = run_priority, .done = on_done}};
	int own = getpriority(PRIO_PROCESS, 0);
	cr_assert_lt(own, 5, "the test itself must not run with a low priority");
	cr_assert(worker_submit(worker, &job.job));
	cr_assert(loop_support_until(loop, are_done, (int[]){1}));
	cr_assert_eq(job.before, own);
	cr_assert_eq(job.after, 5);
	cr_assert_eq(getpriority(PRIO_PROCESS, 0), own, "the loop keeps its own");
	worker_destroy(worker);
	ev_loop_destroy(loop);
}

/* A job that runs until the test writes to its pipe. */
struct held_job {
	struct job job;
	int started[2];
	int release[2];
	int gone[2];
	bool done;
	bool discarded;
};

static void run_held(struct job *job)
{
	struct held_job *held = (struct held_job *)job;
	char octet = 'x';
	cr_assert_eq(write(held->started[1], &octet, 1), 1);
	cr_assert_eq(read(held->release[0], &octet, 1), 1);
}

static void done_held(struct job *job)
{
	((struct held_job *)job)->done = true;
	done_count++;
}

static void discard_held(struct job *job)
{
	struct held_job *held = (struct held_job *)job;
	held->discarded = true;
	cr_assert_eq(write(held->gone[1], "x", 1), 1);
}

static void held_init(struct held_job *held)
{
	*held = (struct held_job){
		.job = {.run = run_held, .done = done_held, .discard = discard_held}};
	cr_assert_eq(pipe(held->started), 0);
	cr_assert_eq(pipe(held->release), 0);
	cr_assert_eq(pipe(held->gone), 0);
}

static void held_release(struct held_job *held)
{
	cr_assert_eq(write(held->release[1], "x", 1), 1);
}

static void held_wait_started(struct held_job *held)
{
	char octet;
	cr_assert_eq(read(held->started[0], &octet, 1), 1);
}

static void held_wait_gone(struct held_job *held)
{
	char octet;
	cr_assert_eq(read(held->gone[0], &octet, 1), 1);
}

Test(worker, refuses_what_the_queue_has_no_room_for)
{
	struct ev_loop *loop = loop_support_create();
	struct worker *worker = worker_create(loop, 1, 1);
	struct held_job held[3];
	for (int i = 0; i < 3; i++)
		held_init(&held[i]);
	cr_assert(worker_submit(worker, &held[0].job));
	held_wait_started(&held[0]);
	cr_assert(worker_submit(worker, &held[1].job));
	cr_assert_not(worker_submit(worker, &held[2].job));
	held_release(&held[0]);
	held_release(&held[1]);
	cr_assert(loop_support_until(loop, are_done, (int[]){2}));
	cr_assert(held[0].done && held[1].done && !held[2].done);
	worker_destroy(worker);
	ev_loop_destroy(loop);
}

Test(worker, leaves_a_stuck_thread_alone_when_destroyed)
{
	struct ev_loop *loop = loop_support_create();
	struct worker *worker = worker_create(loop, 2, 4);
	static struct held_job held;
	held_init(&held);
	cr_assert(worker_submit(worker, &held.job));
	held_wait_started(&held);
	worker_destroy(worker);
	ev_loop_destroy(loop);
	cr_assert_not(held.done || held.discarded);
	held_release(&held);
	held_wait_gone(&held);
	cr_assert_not(held.done);
}

Test(worker, discards_what_it_still_holds_when_destroyed)
{
	struct ev_loop *loop = loop_support_create();
	struct worker *worker = worker_create(loop, 1, 4);
	static struct held_job held[4];
	for (int i = 0; i < 4; i++) {
		held_init(&held[i]);
		cr_assert(worker_submit(worker, &held[i].job));
	}
	/* The first is run, and its done not called; the second runs; two wait. */
	held_wait_started(&held[0]);
	held_release(&held[0]);
	held_wait_started(&held[1]);
	worker_destroy(worker);
	ev_loop_destroy(loop);
	cr_assert(held[0].discarded && held[2].discarded && held[3].discarded);
	cr_assert_not(held[1].discarded);
	for (int i = 0; i < 4; i++)
		cr_assert_not(held[i].done);
	held_release(&held[1]);
	held_wait_gone(&held[1]);
}

Test(worker, does_not_keep_the_loop_alive)
{
	struct ev_loop *loop = loop_support_create();
	struct worker *worker = worker_create(loop, 1, 1);
	cr_assert_not(ev_run(loop, 0), "returns at once");
	worker_destroy(worker);
	worker_destroy(NULL);
	ev_loop_destroy(loop);
}
