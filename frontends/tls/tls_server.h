/** The certificate that a server presents, read again if its files change. */
#ifndef QUOTED_FRONTENDS_TLS_TLS_SERVER_H
#define QUOTED_FRONTENDS_TLS_TLS_SERVER_H

#include <ev.h>

#include "core/base/error.h"
#include "frontends/tls/tls_context.h"

struct tls_server;

/** What tls_server_create() copies; the loop and the name are borrowed until it is destroyed. */
struct tls_server_options {
	struct ev_loop *loop;
	const char *name;        /* in the log */
	const char *certificate; /* PEM file with its chain */
	const char *key;         /* PEM file, as secret_find() takes it; "": in the certificate's */
	double interval;         /* seconds between two looks at the files */
};

/** Reads both files, and touches the loop only in tls_server_start(). Returns NULL, with the
 * setting, the file and the fault, if they cannot be used. */
struct tls_server *tls_server_create(
	const struct tls_server_options *options, struct error *reterr);

/** From now on looks at the files, on a thread, and takes what is new; what cannot be used is
 * logged once, and the certificate before it stays. Returns false if there is no thread. */
bool tls_server_start(struct tls_server *server, struct error *reterr);

/** Returns the newest certificate; for tls_stream_accept(), at once. */
struct tls_context *tls_server_context(const struct tls_server *server);

/** Ends the looks at the files, and waits for one that runs. */
void tls_server_stop(struct tls_server *server);

/** Stops and frees it; NULL is a no-op. */
void tls_server_destroy(struct tls_server *server);

#endif
