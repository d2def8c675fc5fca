#include "frontends/runtime/runtime.h"

#include <signal.h>
#include <stdlib.h>

#include <ev.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/runtime/loop_lag.h"
#include "frontends/runtime/notify.h"
#include "frontends/runtime/process_metrics.h"

enum { ENDING_SECONDS = 2 /* to write what became of mail that was being sent */ };

struct runtime {
	struct ev_loop *loop;
	struct store *store;
	struct searcher *searcher;
	struct keeper *keeper;
	struct supervisor *supervisor;
	struct process_metrics process;
	struct loop_lag *lag;
	double drain_timeout; /* seconds */
	ev_signal terminate;
	ev_signal interrupt;
	ev_signal hangup;
	ev_signal reopen;
	ev_timer watchdog;
	bool reloading;
	bool reload_again;
	char *refusal; /* why the last reload was refused; NULL: it was not */
};

static bool build(struct runtime *runtime, struct quoter *quoter, const char *state_directory,
	struct rng *rng, struct error *reterr)
{
	/* Not libev's default loop: it waits for every child, so that a thread that started one
	 * could not learn how it ended. */
	runtime->loop = ev_loop_new(EVBACKEND_EPOLL | EVFLAG_NOENV);
	if (runtime->loop == NULL) {
		error_set(
			reterr, "cannot create an epoll descriptor; raise the limit on open files");
		return false;
	}
	runtime->store = store_create(runtime->loop, state_directory, reterr);
	if (runtime->store == NULL)
		return false;
	runtime->searcher = searcher_create(runtime->loop, quoter, rng, reterr);
	if (runtime->searcher == NULL)
		return false;
	runtime->keeper = keeper_create(runtime->loop, quoter, runtime->searcher, rng, reterr);
	if (runtime->keeper == NULL)
		return false;
	runtime->supervisor = supervisor_create(runtime->loop, quoter, runtime->store, rng);
	struct metrics_registry *metrics = supervisor_metrics(runtime->supervisor);
	runtime->process = (struct process_metrics){.quoter = quoter,
		.keeper = runtime->keeper,
		.searcher = runtime->searcher,
		.store = runtime->store};
	process_metrics_init(&runtime->process, metrics);
	runtime->lag = loop_lag_create(runtime->loop, metrics);
	return true;
}

struct runtime *runtime_create(
	struct quoter *quoter, const char *state_directory, struct rng *rng, struct error *reterr)
{
	struct runtime *runtime = mem_alloc(sizeof *runtime);
	if (build(runtime, quoter, state_directory, rng, reterr))
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
	notify_send("STOPPING=1");
	keeper_stop(runtime->keeper);
	supervisor_drain(runtime->supervisor, runtime->drain_timeout);
}

static void begin_reload(struct runtime *runtime)
{
	runtime->reloading = true;
	notify_reloading();
	keeper_reload(runtime->keeper);
}

void runtime_refuse_reload(struct runtime *runtime, const char *reason)
{
	free(runtime->refusal);
	runtime->refusal = mem_strdup(reason);
	notify_send("READY=1\nSTATUS=reload refused: %s", reason);
	runtime_end_reload(runtime);
}

void runtime_end_reload(struct runtime *runtime)
{
	runtime->reloading = false;
	if (runtime->reload_again)
		begin_reload(runtime);
	runtime->reload_again = false;
}

static void on_hangup(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct runtime *runtime = watcher->data;
	runtime->reload_again = runtime->reloading;
	if (!runtime->reloading)
		begin_reload(runtime);
}

static void on_reopen(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct runtime *runtime = watcher->data;
	supervisor_reopen(runtime->supervisor);
}

static void on_watchdog(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)timer, (void)events;
	notify_send("WATCHDOG=1");
}

/* Twice within the time that the manager gives. */
static void start_watchdog(struct runtime *runtime)
{
	double seconds = notify_watchdog() / 2;
	if (seconds <= 0)
		return;
	ev_timer_init(&runtime->watchdog, on_watchdog, seconds, seconds);
	ev_timer_start(runtime->loop, &runtime->watchdog);
}

static void on_state(void *data)
{
	struct runtime *runtime = data;
	struct buffer text = {0};
	supervisor_describe(runtime->supervisor, &text);
	if (runtime->refusal != NULL)
		buffer_format(&text, "; reload refused: %s", runtime->refusal);
	notify_send("STATUS=%s", text.data);
	buffer_finish(&text);
}

static void watch_signals(struct runtime *runtime)
{
	sigset_t hangup;
	sigemptyset(&hangup);
	sigaddset(&hangup, SIGHUP);
	ev_signal_init(&runtime->terminate, on_terminate, SIGTERM);
	ev_signal_init(&runtime->interrupt, on_terminate, SIGINT);
	ev_signal_init(&runtime->hangup, on_hangup, SIGHUP);
	ev_signal_init(&runtime->reopen, on_reopen, SIGUSR1);
	runtime->reopen.data = runtime;
	ev_signal_start(runtime->loop, &runtime->reopen);
	runtime->terminate.data = runtime->interrupt.data = runtime->hangup.data = runtime;
	ev_signal_start(runtime->loop, &runtime->terminate);
	ev_signal_start(runtime->loop, &runtime->interrupt);
	ev_signal_start(runtime->loop, &runtime->hangup);
	sigprocmask(SIG_UNBLOCK, &hangup, NULL);
}

/* Signals are blocked meanwhile, so that none comes between the watchers and \p leave. One that the
 * loop has not seen must not reach on_terminate() once there is nothing left to stop. */
static void unwatch_signals(struct runtime *runtime, void (*leave)(int number))
{
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	ev_signal_stop(runtime->loop, &runtime->terminate);
	ev_signal_stop(runtime->loop, &runtime->interrupt);
	ev_signal_stop(runtime->loop, &runtime->hangup);
	ev_signal_stop(runtime->loop, &runtime->reopen);
	signal(SIGTERM, leave);
	signal(SIGINT, leave);
	signal(SIGHUP, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

void runtime_set_renewal(struct runtime *runtime, const struct keeper_renewal *renewal)
{
	keeper_set_renewal(runtime->keeper, renewal);
}

void runtime_set_drain_timeout(struct runtime *runtime, double seconds)
{
	runtime->drain_timeout = seconds;
}

bool runtime_apply(struct runtime *runtime, struct error *reterr)
{
	free(runtime->refusal);
	runtime->refusal = NULL;
	bool applied = supervisor_apply(runtime->supervisor, runtime->drain_timeout, reterr);
	if (applied)
		notify_send("READY=1");
	return applied;
}

bool runtime_start(struct runtime *runtime, struct error *reterr)
{
	watch_signals(runtime);
	supervisor_on_state(runtime->supervisor, on_state, runtime);
	return supervisor_apply(runtime->supervisor, runtime->drain_timeout, reterr);
}

void runtime_run(struct runtime *runtime, void (*leave)(int number))
{
	notify_send("READY=1");
	start_watchdog(runtime);
	keeper_start(runtime->keeper);
	log_attach(runtime->loop);
	ev_run(runtime->loop, 0);
	log_detach();
	unwatch_signals(runtime, leave);
}

void runtime_destroy(struct runtime *runtime)
{
	if (runtime == NULL)
		return;
	if (ev_is_active(&runtime->terminate))
		unwatch_signals(runtime, SIG_DFL);
	loop_lag_destroy(runtime->lag);
	/* First: its thread may be adding to the supervisor. */
	keeper_destroy(runtime->keeper);
	supervisor_destroy(runtime->supervisor);
	if (runtime->store != NULL)
		store_wait(runtime->store, ENDING_SECONDS);
	searcher_destroy(runtime->searcher);
	store_destroy(runtime->store);
	if (runtime->loop != NULL && ev_is_active(&runtime->watchdog))
		ev_timer_stop(runtime->loop, &runtime->watchdog);
	if (runtime->loop != NULL)
		ev_loop_destroy(runtime->loop);
	free(runtime->refusal);
	free(runtime);
}
