/**
 * What must survive a restart, for every front end: one database in the state directory, one thread
 * that writes. All writes that wait share one transaction, so one fsync.
 */
#ifndef QUOTED_FRONTENDS_STORE_STORE_H
#define QUOTED_FRONTENDS_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ev.h>

#include "core/base/error.h"
#include "frontends/store/store_schema.h"

struct store;

/** The first member of the customer's own struct, which is the store's from submit until done. */
struct store_work {
	const struct store_schema *schema; /* whose tables it needs */
	/** On the store's thread, in a transaction: reads and writes. Returns false if the database
	 * failed. */
	bool (*run)(struct store_work *work, struct db *db);
	/** On the loop, exactly once: \p failure is NULL once it is durable, else says why nothing
	 * of it was kept. The work is the customer's again. */
	void (*done)(struct store_work *work, const char *failure);
	struct store_work *prev;
	struct store_work *next;
	char *failure;
};

/**
 * Returns a store in \p directory; if that is "", in what state_directory_find() says. Touches no
 * file before the loop runs; whatever is wrong then, each work fails with it and the next one finds
 * out anew. Returns NULL if the system gives no thread.
 */
struct store *store_create(struct ev_loop *loop, const char *directory, struct error *reterr);

/** Has \p work run, after all submitted before. If the database fails, all works that shared the
 * transaction fail. */
void store_submit(struct store *store, struct store_work *work);

/** Returns a number that differs in each run of the program, not 0. */
int64_t store_run_number(const struct store *store);

/** What became of the works so far, of which many share a commit. */
struct store_counts {
	size_t commits;
	double seconds;  /* of all commits, from the start of each until it was durable */
	size_t writes;   /* works that are done */
	size_t failures; /* of these, nothing was kept */
};

/** Returns the counts, which go on; borrowed. */
const struct store_counts *store_counts(const struct store *store);

/** Says that a customer still has work to submit, or not any more, for store_wait(). */
void store_hold(struct store *store);
void store_release(struct store *store);

/** Runs the loop until no customer holds the store, or for \p seconds. */
void store_wait(struct store *store, double seconds);

/** What a command at the shell does with the database; all borrowed. */
struct store_command {
	const char *action; /* "list" */
	char *const *operands;
	int count;
	bool json; /* prints a JSON object a line */
};

/** Opens the database of \p directory, as store_create() has it, and brings the tables of \p schema
 * up to date; for programs without a loop. With \p create, makes what is missing. */
struct db *store_open(const char *directory, bool create, const struct store_schema *schema,
	struct error *reterr);

/** Runs what waits, calls every done, and frees it. Blocks. NULL is a no-op. */
void store_destroy(struct store *store);

#endif
