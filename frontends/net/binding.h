/** The sockets that the program is bound to, for streams and datagrams alike. Each is shared by all
 * who ask for it, so that a new instance of a front end can take it over from the old one. */
#ifndef QUOTED_FRONTENDS_NET_BINDING_H
#define QUOTED_FRONTENDS_NET_BINDING_H

#include <stdbool.h>
#include <stddef.h>

#include <ev.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "frontends/kit/address.h"

/** A socket and where it is bound. */
struct binding {
	ev_io io; /* of who holds it; first, so that an event leads to its binding */
	int fd;
	struct address address;
};

/** What to bind. */
struct binding_request {
	const char *owner;               /* section whose sockets these are, "qotd.default" */
	int type;                        /* SOCK_STREAM or SOCK_DGRAM */
	const struct strings *addresses; /* as address_parse() reads them */
	/** Makes a socket bound to \p address; returns it, or -1 with errno. */
	int (*bind_one)(void *data, const struct address *address);
	void *data;
};

/** A list of bindings, all of one request; all zero is empty. */
struct bindings {
	struct binding *items;
	size_t count;
};

/**
 * Takes the sockets that the service manager passed with LISTEN_FDS (sd_listen_fds(3)); those that
 * LISTEN_FDNAMES gives the name of an owner are later bound by it in place of its addresses. Call
 * it once, before any binding_open(). Returns false if a descriptor is not a socket that is bound
 * and, for a stream, listens.
 */
bool binding_inherit(struct error *reterr);

/** Appends to \p ret_names those of passed sockets that have not been bound by their owner. */
void binding_unclaimed(struct strings *ret_names);

/**
 * Binds a socket to each address of \p request, or takes the one that is bound there already, by
 * its owner or to a fixed port. Of "localhost" and "*", a family that the machine lacks is left
 * out; with port 0 both families get the same port. Fills \p ret_bindings, which
 * binding_close() gives back. Returns false with nothing bound if an address cannot be bound;
 * the error is temporary if this machine does not have the address.
 */
bool binding_open(
	const struct binding_request *request, struct bindings *ret_bindings, struct error *reterr);

/** Logs each socket of binding_open() that it has not logged yet, as its owner's: "listening on tcp
 * 127.0.0.1:17". */
void binding_announce(void);

/** Closes each of them unless it is shared or was passed, and then removes the file of a unix
 * socket unless another program has put its own there. There are none afterwards. */
void binding_close(struct bindings *bindings);

#endif
