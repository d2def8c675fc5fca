/** Binds the sockets of a configured address, for streams and datagrams alike. */
#ifndef QUOTED_FRONTENDS_KIT_BINDING_H
#define QUOTED_FRONTENDS_KIT_BINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "frontends/kit/address.h"

/** A socket and where it is bound. */
struct binding {
	int fd;
	struct address address;
};

/**
 * Binds a socket to each address that \p text names, as address_parse reads it, with \p bind_one,
 * which returns the socket, or -1 with errno. Of "localhost" and "*", a family that the machine
 * lacks is left out; with port 0 both families get the same port. The sockets are the caller's to
 * close. Returns false with nothing bound if an address cannot be bound; the error contains \p what
 * ("tcp", "udp") and is temporary if this machine does not have the address.
 */
bool binding_open(const char *text, const char *what,
	int (*bind_one)(void *data, const struct address *address), void *data,
	struct binding ret_bindings[2], size_t *ret_count, struct error *reterr);

#endif
