/** Names to addresses by c-ares, on the loop. */
#ifndef QUOTED_FRONTENDS_IRC_RESOLVER_H
#define QUOTED_FRONTENDS_IRC_RESOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ev.h>

#include "core/base/error.h"
#include "frontends/kit/address.h"

struct resolver;

enum { RESOLVER_ADDRESSES = 16 }; /* of one name at most; more are left out */

/**
 * Gets the addresses, in the order to try them, until it returns; \p count 0: \p reason says why.
 * The resolver may be destroyed in it.
 */
typedef void resolver_on_done(
	void *data, const struct address *addresses, size_t count, const char *reason);

/** Reads the system's resolver settings. One resolver serves one lookup. */
struct resolver *resolver_create(struct ev_loop *loop, struct error *reterr);

/** Looks up \p host, a name or an address. \p on_done is called once, always from the loop. */
void resolver_lookup(struct resolver *resolver, const char *host, uint16_t port,
	resolver_on_done *on_done, void *data);

/** Gives up what is under way; no call comes after it. NULL is a no-op. */
void resolver_destroy(struct resolver *resolver);

#endif
