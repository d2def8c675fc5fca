/** TLS over a connected socket that does not block (RFC 8446, 5246). The owner watches the socket;
 * the process must ignore SIGPIPE. */
#ifndef QUOTED_FRONTENDS_TLS_TLS_STREAM_H
#define QUOTED_FRONTENDS_TLS_TLS_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "frontends/tls/tls_context.h"

struct tls_stream;

/** How a step ended. */
enum tls_stream_result {
	TLS_STREAM_RESULT_DONE,
	TLS_STREAM_RESULT_READ,   /* call again once the socket is readable */
	TLS_STREAM_RESULT_WRITE,  /* call again once it is writable */
	TLS_STREAM_RESULT_CLOSED, /* the other side has closed */
	TLS_STREAM_RESULT_FAILED, /* the error says why; nothing more can be done */
};

/** Prepares a client's side. The certificate must be for \p host, a name or an address, unless \p
 * context has a fingerprint. Borrows \p context and \p fd. */
struct tls_stream *tls_stream_connect(struct tls_context *context, int fd, const char *host);

/** Prepares a server's side. Borrows \p fd; \p context may be destroyed before the stream. */
struct tls_stream *tls_stream_accept(struct tls_context *context, int fd);

/** Goes on with the handshake. A certificate that is not accepted is named with its fault and its
 * fingerprint. */
enum tls_stream_result tls_stream_handshake(struct tls_stream *stream, struct error *reterr);

/** Reads up to \p size octets; \p ret_length is how many, at least 1 if done, else 0. Without TLS,
 * \p stream is NULL, and \p fd is read. */
enum tls_stream_result tls_stream_read(struct tls_stream *stream, int fd, void *out, size_t size,
	size_t *ret_length, struct error *reterr);

/** Writes some of \p length octets, as tls_stream_read() reads. */
enum tls_stream_result tls_stream_write(struct tls_stream *stream, int fd, const void *octets,
	size_t length, size_t *ret_length, struct error *reterr);

/** Returns whether octets have been received that tls_stream_read() has not returned: the socket
 * does not become readable for these. NULL has none. */
bool tls_stream_is_pending(const struct tls_stream *stream);

/** Writes the protocol and cipher, as in "TLSv1.3, TLS_AES_256_GCM_SHA384". */
void tls_stream_describe(const struct tls_stream *stream, char *out, size_t size);

/** Tells the other side, as far as the socket takes it at once, and frees the stream; NULL is a
 * no-op. */
void tls_stream_destroy(struct tls_stream *stream);

#endif
