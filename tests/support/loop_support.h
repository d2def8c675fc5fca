/** A real event loop for tests, and its peers. */
#ifndef QUOTED_TESTS_SUPPORT_LOOP_SUPPORT_H
#define QUOTED_TESTS_SUPPORT_LOOP_SUPPORT_H

#include <stdbool.h>
#include <stdint.h>

#include <ev.h>

/** Returns a new loop, the caller's to destroy. */
struct ev_loop *loop_support_create(void);

/** Runs the loop until \p holds returns true. Returns false if that takes more than 30 s. */
bool loop_support_until(struct ev_loop *loop, bool (*holds)(void *data), void *data);

/** Connects to 127.0.0.1:\p port without waiting; returns the non-blocking socket. */
int loop_support_connect(int port);

/** Listens on a port of 127.0.0.1 that the system chooses; returns the blocking socket. */
int loop_support_listen(uint16_t *ret_port);

#endif
