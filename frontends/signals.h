/** What signals ask of the daemon. */
#ifndef QUOTED_FRONTENDS_SIGNALS_H
#define QUOTED_FRONTENDS_SIGNALS_H

#include <ev.h>

#include "frontends/librarian.h"
#include "frontends/supervisor.h"

/** The watchers; they stay in their place while the loop runs. */
struct signals {
	ev_signal terminate;
	ev_signal interrupt;
	ev_signal hangup;
	struct supervisor *supervisor;
	struct librarian *librarian;
	double drain_timeout; /* seconds */
};

/** Begins to listen: SIGTERM and SIGINT drain the supervisor, a second one ends at once; SIGHUP
 * reloads the quotes. The other fields are set. */
void signals_start(struct signals *signals, struct ev_loop *loop);

#endif
