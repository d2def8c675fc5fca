/** Keeps the quotes fresh: reloads them after a change, runs commands, has the search index built.
 */
#ifndef QUOTED_FRONTENDS_KEEPER_KEEPER_H
#define QUOTED_FRONTENDS_KEEPER_KEEPER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include <ev.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/choice/quoter.h"

struct keeper;
struct library;
struct searcher;

/** What a reload that was asked for changes besides the quotes; all zero: nothing. */
struct keeper_renewal {
	/** Called on the keeper's thread. Prepares everything anew and returns its library,
	 * borrowed until clean; \p before is the one loaded last. Returns NULL if it is not to be
	 * served, or soon after \p cancel becomes true. */
	struct library *(*prepare)(void *data, const struct library *before,
		const atomic_bool *cancel, struct strings *warnings);
	/** Called on the loop. Has the quoter serve what was prepared, and returns whether it does.
	 * Logs what came of it, also if prepare returned NULL. */
	bool (*commit)(void *data, bool prepared);
	/** Called on the keeper's thread: frees what is not served any more, or was not. */
	void (*clean)(void *data);
	void *data;
};

/** How often the quotes were loaded again, with or without the configuration. */
struct keeper_loads {
	unsigned long succeeded;
	unsigned long failed; /* one that fails again for the same reason counts once */
	bool last_failed;
	time_t last; /* when those that are served were loaded */
};

/**
 * Prepares to keep the quotes of \p quoter and the index of \p searcher fresh. All arguments are
 * borrowed. Returns NULL if the system gives no thread or descriptor. The keeper does not keep the
 * loop running.
 */
struct keeper *keeper_create(struct ev_loop *loop, struct quoter *quoter, struct searcher *searcher,
	struct rng *rng, struct error *reterr);

/**
 * Begins to index and to run commands, and watches the files from now on; what changed since they
 * were loaded counts as a change. Add all wires and prepare what they ask for before this.
 *
 * A change is served some 0.3 s after the last file was closed, or 5 s after it began (settling.h);
 * up to 30 s later if the system does not report it (file_watch.h). If loading fails, the quotes
 * stay as they were, the log says why, once for each reason, and it is tried again after 5 s,
 * doubling to 60 s.
 */
void keeper_start(struct keeper *keeper);

/** From now on keeper_reload() also does this. */
void keeper_set_renewal(struct keeper *keeper, const struct keeper_renewal *renewal);

/** Has the quotes loaded, changed or not, and does not wait for that. If it fails, the log says
 * why, even if it said so before. */
void keeper_reload(struct keeper *keeper);

/** Appends what \p quoter serves: "38,474 quotes from 71 files and 1 command". */
void keeper_describe(const struct quoter *quoter, struct buffer *text);

/** Returns the loads so far; valid as long as the keeper. */
const struct keeper_loads *keeper_loads(const struct keeper *keeper);

/** Stops the searcher, ends the load and the commands that run, and begins no more; idempotent. */
void keeper_stop(struct keeper *keeper);

/** Stops and frees; NULL is a no-op. */
void keeper_destroy(struct keeper *keeper);

#endif
