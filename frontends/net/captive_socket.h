/**
 * Gives a library that insists on connecting by itself a connection that we own: the library
 * connects to a listener of ours, and our connection then takes the place of its socket.
 */
#ifndef QUOTED_FRONTENDS_NET_CAPTIVE_SOCKET_H
#define QUOTED_FRONTENDS_NET_CAPTIVE_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

/** Filled by captive_socket_open(). */
struct captive_socket {
	int listener;
	uint16_t port; /* of 127.0.0.1, in host order: where the library is to connect */
	int expected;  /* the lowest free descriptor, which the library's socket gets */
};

/**
 * Listens on 127.0.0.1, where nothing is ever accepted. Call it immediately before the library
 * connects, from the same thread. Returns false, with nothing to close, if the system gives no
 * socket.
 */
bool captive_socket_open(struct captive_socket *captive);

/**
 * Puts a duplicate of \p end, close-on-exec, in place of the socket that the library connected
 * to the listener. Returns the descriptor, which stays the library's to close, or -1 if this
 * process has no such socket. Other threads may open and close descriptors meanwhile: if one of
 * them took the expected descriptor, this looks at those nearby.
 */
int captive_socket_replace(const struct captive_socket *captive, int end);

/** Closes the listener. */
void captive_socket_close(struct captive_socket *captive);

#endif
