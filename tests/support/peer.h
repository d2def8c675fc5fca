/** The other end of a connection, a client or a scripted server: what a test says and hears. */
#ifndef QUOTED_TESTS_SUPPORT_PEER_H
#define QUOTED_TESTS_SUPPORT_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ev.h>

#include "core/base/buffer.h"

struct ssl_ctx_st;
struct ssl_st;

/** The loop is borrowed, and runs while the peer waits; the rest is the peer's. */
struct peer {
	struct ev_loop *loop;
	int listener; /* where it accepts a connection if it has none; -1: nowhere */
	int fd;       /* its connection, non-blocking; -1: none */
	bool closed;  /* the other side has closed it */
	struct buffer heard;
	struct ssl_ctx_st *context; /* NULL: it speaks no TLS */
	struct ssl_st *ssl;         /* of its connection */
};

/** Makes a peer that has no connection. */
void peer_init(struct peer *peer, struct ev_loop *loop);

/** Has it accept a connection whenever it has none; returns the port, of 127.0.0.1. */
uint16_t peer_listen(struct peer *peer);

/** Has it speak TLS on the connections that it accepts from now on, with the certificate and key in
 * \p path; and ask for the other side's certificate, of any authority, if \p asks. */
void peer_encrypt(struct peer *peer, const char *path, bool asks);

/** Returns whether the other side has shown a certificate. */
bool peer_has_certificate(const struct peer *peer);

/** Connects it to a unix socket. Returns false if nothing listens there. */
bool peer_connect(struct peer *peer, const char *path);

/** Connects it to a new socket, non-blocking, which it returns. */
int peer_pair(struct peer *peer);

/** Takes what has arrived. */
void peer_listen_to(struct peer *peer);

/** Waits until it has accepted a connection. Returns false if that does not happen in 30 s, as
 * those below. */
bool peer_is_called(struct peer *peer);

/** Waits until it has heard \p text, which is not empty, \p times times. */
bool peer_hears(struct peer *peer, const char *text, size_t times);

/** Waits until the other side has closed the connection. */
bool peer_is_left(struct peer *peer);

/** Waits until it is connected and has sent all octets. */
bool peer_says(struct peer *peer, const char *octets, size_t length);

/** Sends the string \p text; fails the test if that does not happen. */
void peer_say(struct peer *peer, const char *text);

/** Waits until it hears \p text, and forgets what it has heard so far; fails the test if that does
 * not happen. */
void peer_expect(struct peer *peer, const char *text);

/** Closes its connection and forgets what it heard. */
void peer_hang_up(struct peer *peer);

/** Closes and frees all. */
void peer_finish(struct peer *peer);

#endif
