/** What TLS connections trust and present (OpenSSL). */
#ifndef QUOTED_FRONTENDS_TLS_TLS_CONTEXT_H
#define QUOTED_FRONTENDS_TLS_TLS_CONTEXT_H

#include <stdbool.h>

#include "core/base/error.h"

struct tls_context;
struct ssl_ctx_st;
struct stat;
struct x509_store_ctx_st;

enum {
	TLS_CONTEXT_FINGERPRINT = 32,      /* octets of a SHA-256 */
	TLS_CONTEXT_FINGERPRINT_TEXT = 65, /* in hex, with its NUL */
};

/** What a client trusts and presents; each "" if it is not set. */
struct tls_context_client {
	const char *ca;          /* PEM file of authorities; "": those of the system */
	const char *certificate; /* PEM file of ours, with its chain */
	const char *key;         /* PEM file of its key; "": in the file of the certificate */
	/** As tls_context_check_fingerprint(): the server's certificate must be this one, whoever
	 * signed it and whatever names it has. */
	const char *fingerprint;
};

/** Checks that \p text is the SHA-256 of a certificate: 64 hexadecimal digits, colons between. */
bool tls_context_check_fingerprint(const char *text, struct error *reterr);

/** Reads the files of \p client, which is borrowed until it returns; contexts that trust the
 * system's authorities share them, until their file changes. Speaks TLS 1.2 or later. Returns NULL,
 * with the file and the fault, if one cannot be used. For any thread. */
struct tls_context *tls_context_create_client(
	const struct tls_context_client *client, struct error *reterr);

/** Reads a server's certificate, with its chain, and its \p key, two PEM files. It asks clients for
 * no certificate, and speaks TLS 1.2 or later. Returns NULL, with the file and the fault, if one
 * cannot be used. */
struct tls_context *tls_context_create_server(
	const char *certificate, const char *key, struct error *reterr);

/** Returns whether the file \p path was replaced, or its octets or rights changed, since \p seen.
 * Sets \p seen to what stat() says now, or to all zero if there is no file or \p path is NULL. */
bool tls_context_look(const char *path, struct stat *seen);

/** For tls_stream: OpenSSL's own. */
struct ssl_ctx_st *tls_context_ssl(const struct tls_context *context);

/** Frees it, once no client's stream uses it; NULL is a no-op. */
void tls_context_destroy(struct tls_context *context);

/** For tls_stream: what is wrong with the certificate in \p store by \p context, NULL if nothing.
 * Writes its fingerprint. */
const char *tls_context_judge(const struct tls_context *context, struct x509_store_ctx_st *store,
	char ret_fingerprint[TLS_CONTEXT_FINGERPRINT_TEXT]);

#endif
