/** Runs the front ends: one that fails is started again later, and the others go on. A reload
 * replaces those that differ and leaves the others alone. */
#ifndef QUOTED_FRONTENDS_RUNTIME_SUPERVISOR_H
#define QUOTED_FRONTENDS_RUNTIME_SUPERVISOR_H

#include "core/base/buffer.h"
#include "frontends/frontend.h"

struct supervisor;

/** The loop, the quoter and the front ends' \p store are borrowed; \p rng seeds the supervisor's
 * own chance. */
struct supervisor *supervisor_create(
	struct ev_loop *loop, const struct quoter *quoter, struct store *store, struct rng *rng);

/**
 * Adds a front end, named after its wire, to those that supervisor_apply() is to run. Takes over
 * \p asker, even on failure; borrows \p options. Returns false if its options are refused. Like the
 * next two, it touches no loop and nothing that runs, so another thread may call it while
 * supervisor_apply() does not run.
 */
bool supervisor_add(struct supervisor *supervisor, const struct frontend_ops *ops,
	const void *options, struct asker *asker, struct error *reterr);

/** Adds the front end that runs under that name, if there is one, to those that are to run. */
void supervisor_keep(struct supervisor *supervisor, const char *name);

/** Forgets what was added. */
void supervisor_abandon(struct supervisor *supervisor);

/**
 * Runs the front ends that were added, in their order, and no others. One that is added again takes
 * over the options of its new self if it can (frontend_ops.change); else the new one is started,
 * with the sockets that both share, and the old one drained for at most \p seconds. Those that were
 * kept notice nothing.
 *
 * Returns false with "qotd.default: why", and with nothing changed, if one fails to start with an
 * error that is not temporary. After a temporary error, or if one fails later, logs it and tries
 * again after 1 s, doubling to 60 s. As soon as one is started, logs once "ready: " and what
 * supervisor_describe() says.
 */
bool supervisor_apply(struct supervisor *supervisor, double seconds, struct error *reterr);

/** Returns what the last supervisor_apply() changed, as in "; added qotd.lan; removed irc.libera";
 * valid until the next one. */
const char *supervisor_changes(const struct supervisor *supervisor);

/** Calls \p on_left after each supervisor_apply(), once no front end that it has replaced or
 * removed is left. Do not apply again before. */
void supervisor_on_left(struct supervisor *supervisor, void (*on_left)(void *data), void *data);

/** Calls \p on_state whenever what supervisor_describe() says has changed. */
void supervisor_on_state(struct supervisor *supervisor, void (*on_state)(void *data), void *data);

/** Appends "38,474 quotes from 71 files on qotd, web, irc.libera (connecting)"; the title "default"
 * is left out. */
void supervisor_describe(const struct supervisor *supervisor, struct buffer *text);

/** Has every front end that runs open its log files anew. */
void supervisor_reopen(struct supervisor *supervisor);

/**
 * Drains all and breaks the loop once nothing is in flight, or after \p seconds.
 * A second call breaks it at once.
 */
void supervisor_drain(struct supervisor *supervisor, double seconds);

/** Returns the metrics of the front ends, to which others may be added; they last as long as the
 * supervisor. */
struct metrics_registry *supervisor_metrics(struct supervisor *supervisor);

/** Stops and destroys the front ends, the last one added first. */
void supervisor_destroy(struct supervisor *supervisor);

#endif
