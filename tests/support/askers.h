/** Askers for the tests of front ends, and slow searches. */
#ifndef QUOTED_TESTS_SUPPORT_ASKERS_H
#define QUOTED_TESTS_SUPPORT_ASKERS_H

#include <ev.h>

#include "frontends/keeper/asker.h"

/** A search of the quotes of askers_write_slow() that exceeds its time limit. */
extern const char askers_slow[];

/** Makes an asker, the caller's to destroy, whose wire shows all that is not private. Aborts if
 * that fails. */
struct asker *askers_open(struct quoter *quoter, struct searcher *searcher, const char *name);

/** Writes a fortune file of 4,000 quotes of many words. The first word is "quote0" to "quote3999";
 * the others are the same or, without \p same, all different. */
void askers_write_slow(const char *path, bool same);

/** Asks \p asker for "quote7", runs the loop until it has answered, and returns the outcome.
 * Earlier searches of its wire come first. */
enum ask_outcome askers_search(struct asker *asker, struct ev_loop *loop);

/** Repeats askers_search() until it returns \p outcome. */
void askers_search_until(struct asker *asker, struct ev_loop *loop, enum ask_outcome outcome);

#endif
