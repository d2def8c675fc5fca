/** What signals ask of the daemon. */
#ifndef QUOTED_FRONTENDS_RUNTIME_SIGNALS_H
#define QUOTED_FRONTENDS_RUNTIME_SIGNALS_H

#include <stdbool.h>

#include <ev.h>

#include "frontends/keeper/librarian.h"
#include "frontends/runtime/supervisor.h"

/** The watchers; they stay in their place while the loop runs. */
struct signals {
	ev_signal terminate;
	ev_signal interrupt;
	ev_signal hangup;
	struct supervisor *supervisor;
	struct librarian *librarian;
	double drain_timeout; /* seconds */
};

/** Holds SIGHUP back, or lets it come: one that comes before anybody listens would end the
 * program. */
void signals_hold_hangup(bool held);

/** Begins to listen: SIGTERM and SIGINT stop the librarian and drain the supervisor, a second one
 * ends at once; SIGHUP, held back or not until now, reloads the quotes. The other fields are set.
 */
void signals_start(struct signals *signals, struct ev_loop *loop);

/** Ends that, for good: SIGTERM and SIGINT call \p leave, which ends the program at once, whatever
 * it does; SIGHUP is ignored. */
void signals_stop(void (*leave)(int number));

#endif
