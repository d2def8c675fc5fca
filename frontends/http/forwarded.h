/** For whom a trusted proxy forwards a request, and the address at which its client sees us. Pure.
 */
#ifndef QUOTED_FRONTENDS_HTTP_FORWARDED_H
#define QUOTED_FRONTENDS_HTTP_FORWARDED_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "frontends/kit/address.h"

enum { FORWARDED_BASE_SIZE = 512 };

/** The fields of a request that proxies add; NULL if one is missing. The nearest proxy is at the
 * end of each. */
struct forwarded_fields {
	const char *forwarded; /* RFC 7239; counts only without the next three, since many proxies
				  pass it on from the client */
	const char *for_;      /* X-Forwarded-For, and so on */
	const char *proto;
	const char *host;
	const char *prefix;
};

/** What they say. */
struct forwarded {
	struct address client;          /* of length 0: unknown */
	char base[FORWARDED_BASE_SIZE]; /* "https://example.org/quotes"; "": unknown */
};

/** Checks one item of a list of trusted proxies: an address ("192.0.2.7", "::1"), a prefix
 * ("192.0.2.0/24", "2001:db8::/32") or "unix:", which is every client of a unix socket. */
bool forwarded_check_proxy(const char *text, struct error *reterr);

/** Returns whether \p peer is one of \p proxies, which forwarded_check_proxy() has checked. */
bool forwarded_is_trusted(const struct strings *proxies, const struct address *peer);

/**
 * Reads what a trusted proxy sent. The client is the last address of the list that is not itself
 * one of \p proxies; what stands before it, anyone may have written. Scheme and host are those that
 * the same element gives, in X-Forwarded-Proto and -Host the last of the list; without both, or if
 * anything is not as it should be, there is no base.
 */
void forwarded_read(const struct forwarded_fields *fields, const struct strings *proxies,
	struct forwarded *ret_forwarded);

/** Checks the base of absolute links: "http" or "https", a host, perhaps a port and a path, without
 * a query. */
bool forwarded_check_base(const char *text, struct error *reterr);

#endif
