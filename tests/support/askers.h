/** Askers for the tests of front ends, and searches that take long. */
#ifndef QUOTED_TESTS_SUPPORT_ASKERS_H
#define QUOTED_TESTS_SUPPORT_ASKERS_H

#include <ev.h>

#include "frontends/keeper/asker.h"

/** A search that takes longer than it may, of the quotes that askers_write_slow() writes. */
extern const char askers_slow[];

/** Makes an asker whose wire shows all that is not private; the caller destroys it. Fails the test
 * if that fails. */
struct asker *askers_open(struct quoter *quoter, struct searcher *searcher, const char *name);

/** Writes a fortune file of 4,000 quotes of many words, the same ones (or all different) but for
 * the first, "quote0" to "quote3999". */
void askers_write_slow(const char *path, bool same);

/** Runs the loop until \p asker has answered a search for "quote7", asked behind those of its wire
 * that wait, and returns the outcome. */
enum ask_outcome askers_search(struct asker *asker, struct ev_loop *loop);

/** As askers_search(), again and again until the outcome is that one. */
void askers_search_until(struct asker *asker, struct ev_loop *loop, enum ask_outcome outcome);

#endif
