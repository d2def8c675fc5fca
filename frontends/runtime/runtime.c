#include "frontends/runtime/runtime.h"

#include <signal.h>
#include <stdlib.h>

#include <ev.h>

#include "core/base/mem.h"
#include "frontends/keeper/keeper.h"
#include "frontends/kit/log.h"

struct runtime {
	struct ev_loop *loop;
	struct searcher *searcher;
	struct keeper *keeper;
	struct supervisor *supervisor;
	double drain_timeout; /* seconds */
	ev_signal terminate;
	ev_signal interrupt;
	ev_signal hangup;
};

static bool build(
	struct runtime *runtime, struct quoter *quoter, struct rng *rng, struct error *reterr)
{
	/* Not libev's default loop: it waits for every child, so that a thread that started one
	 * could not learn how it ended. */
	runtime->loop = ev_loop_new(EVBACKEND_EPOLL | EVFLAG_NOENV);
	if (runtime->loop == NULL) {
		error_set(
			reterr, "cannot create an epoll descriptor; raise the limit on open files");
		return false;
	}
	runtime->searcher = searcher_create(runtime->loop, quoter, rng, reterr);
	if (runtime->searcher == NULL)
		return false;
	runtime->keeper = keeper_create(runtime->loop, quoter, runtime->searcher, rng, reterr);
	if (runtime->keeper == NULL)
		return false;
	runtime->supervisor = supervisor_create(runtime->loop, quoter, rng);
	return true;
}

struct runtime *runtime_create(struct quoter *quoter, struct rng *rng, struct error *reterr)
{
	struct runtime *runtime = mem_alloc(sizeof *runtime);
	if (build(runtime, quoter, rng, reterr))
		return runtime;
	runtime_destroy(runtime);
	return NULL;
}

struct searcher *runtime_searcher(struct runtime *runtime)
{
	return runtime->searcher;
}

struct supervisor *runtime_supervisor(struct runtime *runtime)
{
	return runtime->supervisor;
}

static void on_terminate(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct runtime *runtime = watcher->data;
	log_info("quoted", "stopping");
	keeper_stop(runtime->keeper);
	supervisor_drain(runtime->supervisor, runtime->drain_timeout);
}

static void on_hangup(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct runtime *runtime = watcher->data;
	keeper_reload(runtime->keeper);
}

static void watch_signals(struct runtime *runtime)
{
	sigset_t hangup;
	sigemptyset(&hangup);
	sigaddset(&hangup, SIGHUP);
	ev_signal_init(&runtime->terminate, on_terminate, SIGTERM);
	ev_signal_init(&runtime->interrupt, on_terminate, SIGINT);
	ev_signal_init(&runtime->hangup, on_hangup, SIGHUP);
	runtime->terminate.data = runtime->interrupt.data = runtime->hangup.data = runtime;
	ev_signal_start(runtime->loop, &runtime->terminate);
	ev_signal_start(runtime->loop, &runtime->interrupt);
	ev_signal_start(runtime->loop, &runtime->hangup);
	sigprocmask(SIG_UNBLOCK, &hangup, NULL);
}

bool runtime_start(struct runtime *runtime, double drain_timeout, struct error *reterr)
{
	runtime->drain_timeout = drain_timeout;
	watch_signals(runtime);
	if (!supervisor_start(runtime->supervisor, reterr))
		return false;
	keeper_start(runtime->keeper);
	return true;
}

void runtime_run(struct runtime *runtime, void (*leave)(int number))
{
	ev_run(runtime->loop, 0);
	/* These replace the watchers' handlers at once, so that no signal comes between the two. */
	signal(SIGTERM, leave);
	signal(SIGINT, leave);
	signal(SIGHUP, SIG_IGN);
}

void runtime_destroy(struct runtime *runtime)
{
	if (runtime == NULL)
		return;
	supervisor_destroy(runtime->supervisor);
	keeper_destroy(runtime->keeper);
	searcher_destroy(runtime->searcher);
	if (runtime->loop != NULL)
		ev_loop_destroy(runtime->loop);
	free(runtime);
}
