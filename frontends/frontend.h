/** A front end serves the quotes on one wire. */
#ifndef QUOTED_FRONTENDS_FRONTEND_H
#define QUOTED_FRONTENDS_FRONTEND_H

#include <stdbool.h>
#include <stddef.h>

#include <ev.h>

#include "config/setting.h"
#include "core/base/error.h"
#include "core/base/rng.h"
#include "frontends/keeper/asker.h"
#include "frontends/kit/metrics.h"
#include "frontends/store/store.h"
#include "frontends/wire_options.h"

struct address;

/** How a front end that shows quotes is doing. */
struct frontend_state {
	const char *name;  /* "irc.libera"; borrowed */
	const char *state; /* why it does not serve, in a word or two; NULL: it does */
	const char *url;   /* where people reach it; NULL: not known; borrowed */
	const char *daily; /* when it mails a quote to its subscribers, as "07:00"; NULL: it has
			      none; borrowed */
};

/** What someone on another wire wants of the daily quote by mail. All borrowed. */
struct frontend_wish {
	const char *token;            /* of a link that was mailed; NULL: a new subscription */
	const char *address;          /* of the mailbox */
	const char *collection;       /* "": all quotes of the wire */
	const char *time;             /* "07:30"; "": the usual one */
	const struct address *client; /* who asks */
};

/** What became of it. */
enum frontend_outcome {
	FRONTEND_OUTCOME_DONE,
	FRONTEND_OUTCOME_WRONG,   /* it cannot be */
	FRONTEND_OUTCOME_LIMITED, /* there were too many */
	FRONTEND_OUTCOME_FAILED,  /* it may work later */
};

/** Tells the outcome, with sentences for people; valid during the call. */
typedef void frontend_wish_callback(void *data, enum frontend_outcome outcome, const char *text);

/** What a front end works with; all of it outlives the front end. */
struct frontend_context {
	struct ev_loop *loop;
	struct asker *asker; /* of its wire, which is empty if the front end shows no quotes */
	struct rng *rng;
	struct store *store;     /* of the process; NULL: nothing survives a restart */
	struct metrics *metrics; /* of its section, in the rows of its ops; NULL: none are kept */
	const char *name; /* "irc.libera": its section and title; its log lines begin with it */
	/** Reports that what ops->state() returns has changed. NULL: it is not wanted. */
	void (*on_state)(const struct frontend_context *context);
	/** Reports that the front end has failed. It is stopped and started again later, never
	 * within this call. */
	void (*on_failure)(const struct frontend_context *context, const char *reason);
	/** Appends all metrics of the process, as metrics_registry_write(). */
	void (*write_metrics)(const struct frontend_context *context, struct buffer *out);
	/** Tells the state of the front end at \p index of those that show quotes; returns false
	 * past the last. */
	bool (*find_state)(const struct frontend_context *context, size_t index,
		struct frontend_state *ret_state);
	/** Appends the address of the page of the quote with \p id. Returns false if no web front
	 * end knows its own. NULL: none is known. */
	bool (*write_permalink)(
		const struct frontend_context *context, uint64_t id, struct buffer *out);
	/** The same for the page at \p path below the top of the site, as "subscribe". */
	bool (*write_link)(
		const struct frontend_context *context, const char *path, struct buffer *out);
	/** Hands a wish to the first front end that has subscribers. \p callback is called once,
	 * within this call or later. NULL: there are none. */
	void (*subscribe)(const struct frontend_context *context, const struct frontend_wish *wish,
		frontend_wish_callback *callback, void *data);
};

struct frontend_ops;

/** The first member of every front end's own struct. */
struct frontend {
	const struct frontend_ops *ops;
};

/** A kind of front end, one row of the table in main.c. */
struct frontend_ops {
	const char *name;               /* of its sections in quoted.conf */
	const struct setting *settings; /* of a section; they begin with WIRE_OPTIONS_ROWS */
	size_t options_size; /* of its options struct, which begins with a struct wire_options */
	bool keeps;          /* it is of no use without the store of its context */
	const struct metrics_row *metrics; /* they begin with METRICS_COMMON_ROWS; NULL: none */

	/** Returns what every quote must fit to be shown here. NULL in this slot: the front end
	 * shows no quotes, and its settings and options begin as they like. */
	struct quote_fit (*fit)(const void *options);
	/** Checks \p options and makes a front end, which borrows both arguments; binds and
	 * connects nothing yet, prepares what it will ask for (asker_prepare()), and may be called
	 * on another thread than the loop's. Returns NULL if an option is wrong. */
	struct frontend *(*create)(
		const struct frontend_context *context, const void *options, struct error *reterr);
	/** Binds; connects to others only once the loop runs. If it fails, it leaves nothing behind
	 * and can be called again. At the program's start, an error that is not temporary ends the
	 * program. */
	bool (*start)(struct frontend *frontend, struct error *reterr);
	/** Returns what a started front end must still do before it can serve, in a word such as
	 * "connecting", or NULL if it can. NULL in this slot: it can once it is started. */
	const char *(*state)(const struct frontend *frontend);
	/** Returns where people reach a started front end, as a URL without a slash at its end, or
	 * NULL if that is not known. NULL in this slot: it never is. */
	const char *(*url)(const struct frontend *frontend);
	/** Returns when a started front end mails a quote to its subscribers if they choose no
	 * time, or NULL if it has none. NULL in this slot: it never has. */
	const char *(*daily)(const struct frontend *frontend);
	/** Handles a wish, if daily() is not NULL; \p callback is called once, before the front end
	 * is destroyed. */
	void (*subscribe)(struct frontend *frontend, const struct frontend_wish *wish,
		frontend_wish_callback *callback, void *data);
	/** Has a started front end, whose connections people would miss, take over \p options,
	 * which create() has accepted, in place of its own. Returns false, with nothing changed, if
	 * it must be replaced by a new one. NULL in this slot: it must be. */
	bool (*change)(struct frontend *frontend, const void *options);
	/** Opens its log files anew, as after a rotation. NULL in this slot: it has none. */
	void (*reopen)(struct frontend *frontend);
	/** Stops taking new work; what is in flight goes on. */
	void (*drain)(struct frontend *frontend);
	/** Returns the number of answers in flight; 0 once it has drained. */
	size_t (*in_flight)(const struct frontend *frontend);
	/** Ends everything at once. Idempotent; it makes no callback afterwards. */
	void (*stop)(struct frontend *frontend);
	/** Frees a front end that does not run; NULL is a no-op. */
	void (*destroy)(struct frontend *frontend);
};

#endif
