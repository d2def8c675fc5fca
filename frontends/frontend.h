/** A front end ties the quotes to one transport. */
#ifndef QUOTED_FRONTENDS_FRONTEND_H
#define QUOTED_FRONTENDS_FRONTEND_H

#include <stdbool.h>
#include <stddef.h>

#include <ev.h>

#include "config/setting.h"
#include "core/base/error.h"
#include "core/base/rng.h"
#include "frontends/keeper/asker.h"
#include "frontends/wire_options.h"

/** What a front end is given; all of it outlives the front end. */
struct frontend_context {
	struct ev_loop *loop;
	struct asker *asker; /* its wire's */
	struct rng *rng;
	const char *name; /* "irc.libera": its section and title, the first word of its log lines */
	/** Says that the front end cannot go on: it is stopped and started again later, never at
	 * once. */
	void (*on_failure)(const struct frontend_context *context, const char *reason);
};

struct frontend_ops;

/** The first member of every front end's own struct. */
struct frontend {
	const struct frontend_ops *ops;
};

/** One row of main's table. */
struct frontend_ops {
	const char *name;               /* of its section in quoted.conf */
	const struct setting *settings; /* its rows */
	size_t options_size; /* of its own struct, which begins with a struct wire_options */

	/** Returns what a quote must fit to be today's, so that it can be shown here in any case.
	 */
	struct quote_fit (*fit)(const void *options);
	/** Checks \p options and builds the front end; binds and connects nothing. Borrows both. */
	struct frontend *(*create)(
		const struct frontend_context *context, const void *options, struct error *reterr);
	/** Binds; connects to others only once the loop runs. On failure nothing is left behind and
	 * it can be called again. When the program starts, an error that is not temporary ends it.
	 */
	bool (*start)(struct frontend *frontend, struct error *reterr);
	/** Returns in a word what a started front end still does before it can serve, such as
	 * "connecting", or NULL if it can. Without this slot it can as soon as it is started. */
	const char *(*state)(const struct frontend *frontend);
	/** Stops listening and takes no new work; what is in flight goes on. */
	void (*drain)(struct frontend *frontend);
	/** Returns the number of answers still in flight, 0 once drain has come to its end. */
	size_t (*in_flight)(const struct frontend *frontend);
	/** Ends everything at once; idempotent, and no callback comes after it. */
	void (*stop)(struct frontend *frontend);
	/** Frees a stopped front end; NULL is a no-op. */
	void (*destroy)(struct frontend *frontend);
};

#endif
