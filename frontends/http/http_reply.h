/** The answer to an HTTP request: status, header fields and content. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_REPLY_H
#define QUOTED_FRONTENDS_HTTP_HTTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "frontends/http/gzip.h"
#include "frontends/http/http_request.h"
#include "frontends/http/http_tag.h"

enum {
	HTTP_REPLY_FIELDS_MAX = 16,
	HTTP_REPLY_RETRY_SIZE = 16,
	HTTP_REPLY_CACHE_SIZE = 40,
	/** Octets of content that fit one packet uncompressed, so that gzip would save nothing. */
	HTTP_REPLY_GZIP_MIN = 1000,
	/** More octets would keep the loop busy for too long. */
	HTTP_REPLY_GZIP_MAX = 131072,
};

/** Both strings are static or outlive the reply. */
struct http_reply_field {
	const char *name;
	const char *value;
};

/** All zero at first. Owns its content, which is there for HEAD too, to give its length. */
struct http_reply {
	unsigned status;
	bool close;                    /* the connection after it */
	bool validate;                 /* give it a tag, so that a client that has it gets 304 */
	bool compress;                 /* for clients that accept gzip */
	bool varies;                   /* Accept and User-Agent chose the form */
	const struct gzip_part *front; /* of the content; NULL: nothing is prepared */
	char *location;                /* of a redirect, else of the content; NULL: not said */
	unsigned max_age;              /* seconds that caches may keep it; 0: not said */
	unsigned retry_after;          /* seconds until the client may try again; 0: not said */
	struct http_reply_field fields[HTTP_REPLY_FIELDS_MAX];
	size_t field_count;
	struct buffer content;
	uint64_t hash; /* of what the content is made of; 0: of the content */
	size_t length; /* of the content that a 304 leaves out */
	uint64_t kept; /* the hash of the last reply to such a request; 0: there is none */
	/* Set by http_reply_complete(). */
	char tag[HTTP_TAG_SIZE];
	char retry[HTTP_REPLY_RETRY_SIZE];
	char cache[HTTP_REPLY_CACHE_SIZE];
};

/** Adds a header field; drops any beyond HTTP_REPLY_FIELDS_MAX. */
void http_reply_add(struct http_reply *reply, const char *name, const char *value);

/** Says what the reply is made of besides the target and the base of \p request, by a hash that is
 * not 0. Returns true if no content need be written: the client has it, and the reply is now a 304
 * (RFC 9110 section 15.4.5), or the reply that is kept is the same. */
bool http_reply_has(struct http_reply *reply, const struct http_request *request, uint64_t hash);

/** Returns whether the reply that is kept is to be sent. */
bool http_reply_is_kept(const struct http_reply *reply);

/** Returns the name of a status, as "Not Found". */
const char *http_reply_title(unsigned status);

/**
 * Adds the fields Location or Content-Location, Cache-Control if max_age is set, Retry-After, ETag,
 * Vary and Content-Encoding; if \p request shows that the client has the content, makes the reply a
 * 304 without it. Compresses content of HTTP_REPLY_GZIP_MIN to HTTP_REPLY_GZIP_MAX octets if the
 * reply asks for that, the client accepts it and \p gzip is not NULL. Call it once; the reply must
 * not be copied afterwards, as its fields point into it.
 */
void http_reply_complete(
	struct http_reply *reply, const struct http_request *request, struct gzip *gzip);

/** Appends the whole reply as the last of a connection (RFC 9112), without a library. */
void http_reply_write(const struct http_reply *reply, struct buffer *out);

/** Frees what the reply owns. */
void http_reply_finish(struct http_reply *reply);

#endif
