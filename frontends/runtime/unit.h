/** A front end that the supervisor runs: started, started again after a failure, drained. */
#ifndef QUOTED_FRONTENDS_RUNTIME_UNIT_H
#define QUOTED_FRONTENDS_RUNTIME_UNIT_H

#include "core/base/buffer.h"
#include "frontends/frontend.h"
#include "frontends/kit/retry.h"

struct units;

/** The unit sets all of it but the last three members, which its owner sets. */
struct unit {
	struct frontend_context context; /* first: on_failure finds the unit by it */
	struct frontend *frontend;
	const void *options; /* of the front end; borrowed */
	char *name;
	struct rng rng;
	struct retry retry;
	bool running;
	bool failed;  /* it says so itself, and is not stopped yet */
	bool leaving; /* it has been drained */
	ev_tstamp started;
	void (*on_change)(void *data); /* what unit_state() returns has changed */
	void *data;
	const struct units *peers; /* those that run, itself among them */
};

/** Makes a unit that does not run; touches no loop, so any thread may call it. Its context is
 * \p given, with a name, a generator and callbacks of its own. Takes over the asker and the
 * metrics, even on failure; borrows \p options. Returns NULL if the options are refused. */
struct unit *unit_create(const struct frontend_context *given, const struct frontend_ops *ops,
	const void *options, uint64_t seed, struct error *reterr);

/** Starts it. If it fails, it is not tried again unless unit_put_off() is called. */
bool unit_start(struct unit *unit, struct error *reterr);

/** Logs why it did not start, and tries again after 1 s, doubling to 60 s. */
void unit_put_off(struct unit *unit, const char *reason);

/** Stops a unit that may be started again. */
void unit_stop(struct unit *unit);

/** Has its front end, if that runs, open its log files anew. */
void unit_reopen(struct unit *unit);

/** Drains a running unit; from now on it is not started again. */
void unit_drain(struct unit *unit);

/** Returns whether it runs and has answers in flight. */
bool unit_is_busy(const struct unit *unit);

/** Returns what keeps it from serving, in a word or two, or NULL if nothing does. */
const char *unit_state(const struct unit *unit);

/** Stops and frees it. */
void unit_destroy(struct unit *unit);

#endif
