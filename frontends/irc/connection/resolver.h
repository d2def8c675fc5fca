/** Looks up host names with c-ares, on the loop. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_RESOLVER_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_RESOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ev.h>

#include "core/base/error.h"
#include "frontends/kit/address.h"

struct resolver;

enum { RESOLVER_ADDRESSES = 16 }; /* of one name; more are ignored */

/** Gets the addresses in the order to try them, valid until it returns; if \p count is 0, \p reason
 * says why. May destroy the resolver. */
typedef void resolver_on_done(
	void *data, const struct address *addresses, size_t count, const char *reason);

/** Reads the system's resolver configuration; serves one lookup. Returns NULL on failure. */
struct resolver *resolver_create(struct ev_loop *loop, struct error *reterr);

/** Looks up \p host, a name or an address. \p on_done is called once, always from the loop. */
void resolver_lookup(struct resolver *resolver, const char *host, uint16_t port,
	resolver_on_done *on_done, void *data);

/** Cancels the lookup, without a callback, and frees the resolver; NULL is a no-op. */
void resolver_destroy(struct resolver *resolver);

#endif
