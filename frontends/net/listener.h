/** Accepts connections on stream sockets, within limits, for every front end that listens. */
#ifndef QUOTED_FRONTENDS_NET_LISTENER_H
#define QUOTED_FRONTENDS_NET_LISTENER_H

#include <sys/types.h>

#include <ev.h>

#include "core/base/strings.h"
#include "frontends/kit/address.h"
#include "frontends/kit/metrics.h"
#include "frontends/net/binding.h"
#include "frontends/net/limits.h"

/** Rows for the table of a front end that listens, right behind METRICS_COMMON_ROWS. */
enum {
	LISTENER_METRICS_PREFIX = METRICS_COMMON_COUNT,
	LISTENER_METRICS_DESCRIPTOR,
	LISTENER_METRICS_COUNT,
};

#define LISTENER_METRICS_ROWS METRICS_REFUSAL("max_per_prefix"), METRICS_REFUSAL("no_descriptor")

/** Where to listen, how many connections to accept, and what to do with them. It stays in its place
 * while in use. The caller sets the members up to data, leaves the others 0, and calls
 * listener_init(). */
struct listener {
	struct ev_loop *loop;
	const char *name; /* of the log lines, and owner of the sockets; borrowed */
	const struct strings
		*addresses; /* as address_parse reads them; borrowed until start returned */
	mode_t socket_mode; /* of the files of unix sockets; 0: what the umask leaves */
	/** Borrowed; over its max_connections, connections wait in the backlog; over its
	 * max_per_prefix, they are closed. */
	struct limits *limits;
	struct metrics *metrics; /* counts connections and refusals; NULL: none do */
	/** Takes over \p fd (non-blocking, close-on-exec), and calls listener_release after closing
	 * it. */
	void (*on_connection)(void *data, int fd, const struct address *peer);
	void *data;
	struct bindings sockets;
	int spare_fd;
	ev_timer pause;
	ev_timer settle; /* from the start to the next turn of the loop */
	bool accepting;
	bool starved; /* of file descriptors, since the last connection */
};

/**
 * Reads \p text as the mode of a unix socket's file, in octal: "0660". Returns false if it is not
 * an octal number, is over 0777 or keeps the owner out.
 */
bool listener_read_mode(const char *text, mode_t *ret_mode, struct error *reterr);

/** Checks that listener_read_mode() reads \p text. */
bool listener_check_mode(const char *text, struct error *reterr);

/** Checks \p addresses of the setting listen, whose row lets an empty text pass. */
bool listener_check(const struct strings *addresses, struct error *reterr);

/** Prepares a listener; its sockets come with listener_start. */
void listener_init(struct listener *listener);

/**
 * Binds and listens; binding_announce() logs it. Of "localhost" and "*", a family that the machine
 * lacks is left out; a socket that is bound already is shared (binding.h). Replaces a stale unix
 * socket; a new one has its mode before any client can connect. If the process has no descriptor
 * left, the listener accepts one connection with a spare one, closes it, and pauses for 100 ms.
 * Returns false with nothing bound if an address cannot be bound.
 */
bool listener_start(struct listener *listener, struct error *reterr);

/** Gives back the place of a connection from \p peer. */
void listener_release(struct listener *listener, const struct address *peer);

/** Hands over the connections that wait to be accepted, within the limits. */
void listener_take_waiting(struct listener *listener);

/** Closes the sockets; connections already handed over stay. Idempotent; nothing is left to free.
 */
void listener_stop(struct listener *listener);

/** Returns the address that socket \p index is bound to, NULL past the last. */
const struct address *listener_address(const struct listener *listener, size_t index);

/** Room for a URL of listener_url(), with its NUL. */
enum { LISTENER_URL_SIZE = ADDRESS_TEXT_SIZE + 16 };

/** Writes where people reach it, as "qotd://127.0.0.1:17": \p scheme, of at most 12 octets, and the
 * first address that it is bound to, which can be "0.0.0.0" or "[::]". Writes "" if it listens on
 * unix sockets alone, or not at all. */
void listener_url(
	const struct listener *listener, const char *scheme, char ret_url[LISTENER_URL_SIZE]);

#endif
