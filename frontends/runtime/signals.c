#include "frontends/runtime/signals.h"

#include <signal.h>

#include "frontends/kit/log.h"

static void on_terminate(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct signals *signals = watcher->data;
	log_info("quoted", "stopping");
	librarian_stop(signals->librarian);
	supervisor_drain(signals->supervisor, signals->drain_timeout);
}

static void on_hangup(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct signals *signals = watcher->data;
	librarian_reload(signals->librarian);
}

void signals_hold_hangup(bool held)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigprocmask(held ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

void signals_start(struct signals *signals, struct ev_loop *loop)
{
	ev_signal_init(&signals->terminate, on_terminate, SIGTERM);
	ev_signal_init(&signals->interrupt, on_terminate, SIGINT);
	ev_signal_init(&signals->hangup, on_hangup, SIGHUP);
	signals->terminate.data = signals->interrupt.data = signals->hangup.data = signals;
	ev_signal_start(loop, &signals->terminate);
	ev_signal_start(loop, &signals->interrupt);
	ev_signal_start(loop, &signals->hangup);
	signals_hold_hangup(false);
}

/* In place of the watchers' handlers at once, so that no signal comes between the two. */
void signals_stop(void (*leave)(int number))
{
	signal(SIGTERM, leave);
	signal(SIGINT, leave);
	signal(SIGHUP, SIG_IGN);
}
