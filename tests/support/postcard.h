/** The front end that CONTRIBUTING.md shows, which the build takes from that page. */
#ifndef QUOTED_TESTS_SUPPORT_POSTCARD_H
#define QUOTED_TESTS_SUPPORT_POSTCARD_H

#include <ev.h>

#include "frontends/keeper/asker.h"

struct postcard;

/** Answers each datagram that arrives at \p fd: an empty line asks for any quote, "today" for
 * today's, anything else for an id or words. Borrows its arguments. */
struct postcard *postcard_create(struct ev_loop *loop, struct asker *asker, int fd);

/** Stops answering and frees it. */
void postcard_destroy(struct postcard *card);

#endif
