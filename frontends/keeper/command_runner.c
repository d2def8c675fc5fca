#include "frontends/keeper/command_runner.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/sources/command_source.h"
#include "frontends/kit/log.h"
#include "frontends/kit/retry.h"
#include "frontends/kit/worker.h"

enum { THREADS_MAX = 8 };

/* The command of a collection; a collection without one is never wanted. */
struct command_turn {
	struct command_runner *runner;
	size_t collection;
	struct retry retry;
	bool running;
};

struct command_runner {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct rng *rng;
	struct worker *worker; /* NULL: there is no command */
	int cancel;            /* readable once all runs are to end */
	struct command_turn *turns;
	size_t count;
	bool started;
};

/* One run, which may outlive the runner. */
struct command_errand {
	struct job job;
	struct command_turn *turn;       /* only for the loop */
	struct collections *collections; /* a reference, for the collection */
	const struct collection *collection;
	int cancel; /* of its own */
	struct buffer text;
	bool success;
	struct error error;
};

static void run_errand(struct job *job)
{
	struct command_errand *errand = (struct command_errand *)job;
	errand->success = command_source_run(
		errand->collection, errand->cancel, &errand->text, &errand->error);
}

static void free_errand(struct job *job)
{
	struct command_errand *errand = (struct command_errand *)job;
	collections_release(errand->collections);
	if (errand->cancel >= 0)
		close(errand->cancel);
	buffer_finish(&errand->text);
	free(errand);
}

static const struct collection *collection_of(const struct command_turn *turn)
{
	return &quoter_library(turn->runner->quoter)->collections->items[turn->collection];
}

/* A command that fails is run again later, and what it said before is shown meanwhile. */
static void put_off(struct command_turn *turn, const char *reason)
{
	log_warning("quoted", "collection \"%s\": %s; next try in %.0f s",
		collection_of(turn)->name, reason, retry_later(&turn->retry));
}

static void take_turn(void *data);

static void on_errand_done(struct job *job)
{
	struct command_errand *errand = (struct command_errand *)job;
	struct command_turn *turn = errand->turn;
	turn->running = false;
	if (errand->success) {
		retry_reset(&turn->retry);
		quoter_put(turn->runner->quoter, turn->collection, errand->text.data,
			errand->text.length);
		take_turn(turn);
	} else if (turn->runner->started) {
		put_off(turn, errand->error.text);
	}
	free_errand(job);
}

/* The worker takes them in the order in which they come, so that each has its turn. */
static void take_turn(void *data)
{
	struct command_turn *turn = data;
	struct command_runner *runner = turn->runner;
	if (!runner->started || turn->running || retry_is_waiting(&turn->retry) ||
		quoter_wanted(runner->quoter, turn->collection) == 0)
		return;
	struct command_errand *errand = mem_alloc(sizeof *errand);
	errand->job =
		(struct job){.run = run_errand, .done = on_errand_done, .discard = free_errand};
	errand->turn = turn;
	errand->collections = collections_hold(quoter_library(runner->quoter)->collections);
	errand->collection = collection_of(turn);
	errand->cancel = fcntl(runner->cancel, F_DUPFD_CLOEXEC, 0);
	turn->running = errand->cancel >= 0 && worker_submit(runner->worker, &errand->job);
	if (!turn->running)
		free_errand(&errand->job);
}

static void on_wanted(void *data, size_t collection)
{
	struct command_runner *runner = data;
	take_turn(&runner->turns[collection]);
}

static void create_turns(struct command_runner *runner)
{
	runner->count = quoter_library(runner->quoter)->collections->count;
	runner->turns = mem_alloc((runner->count + 1) * sizeof *runner->turns);
	for (size_t i = 0; i < runner->count; i++) {
		struct command_turn *turn = &runner->turns[i];
		turn->runner = runner;
		turn->collection = i;
		turn->retry = (struct retry){
			.loop = runner->loop,
			.rng = runner->rng,
			.first = 1,
			.last = 60,
			.again = take_turn,
			.data = turn,
		};
		retry_init(&turn->retry);
	}
}

struct command_runner *command_runner_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr)
{
	struct command_runner *runner = mem_alloc(sizeof *runner);
	unsigned commands = collections_count_commands(quoter_library(quoter)->collections);
	runner->loop = loop;
	runner->quoter = quoter;
	runner->rng = rng;
	create_turns(runner);
	runner->cancel = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (runner->cancel >= 0 && commands > 0)
		runner->worker = worker_create(
			loop, commands < THREADS_MAX ? commands : THREADS_MAX, commands);
	if (runner->worker != NULL || (runner->cancel >= 0 && commands == 0))
		return runner;
	error_set(reterr, "cannot start a thread to run commands; raise the system's limits");
	command_runner_destroy(runner);
	return NULL;
}

void command_runner_start(struct command_runner *runner)
{
	runner->started = true;
	quoter_on_wanted(runner->quoter, on_wanted, runner);
	for (size_t i = 0; i < runner->count; i++)
		take_turn(&runner->turns[i]);
}

void command_runner_stop(struct command_runner *runner)
{
	uint64_t one = 1;
	if (!runner->started)
		return;
	runner->started = false;
	quoter_on_wanted(runner->quoter, NULL, NULL);
	for (size_t i = 0; i < runner->count; i++)
		retry_stop(&runner->turns[i].retry);
	if (write(runner->cancel, &one, sizeof one) < 0)
		log_warning("quoted", "running commands cannot be stopped early");
}

static void end(struct command_runner *runner, void (*end_worker)(struct worker *worker))
{
	if (runner == NULL)
		return;
	command_runner_stop(runner);
	end_worker(runner->worker);
	if (runner->cancel >= 0)
		close(runner->cancel);
	free(runner->turns);
	free(runner);
}

void command_runner_abandon(struct command_runner *runner)
{
	end(runner, worker_destroy);
}

void command_runner_destroy(struct command_runner *runner)
{
	end(runner, worker_join);
}
