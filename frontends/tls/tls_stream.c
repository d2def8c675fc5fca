#include "frontends/tls/tls_stream.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "core/base/mem.h"

struct tls_stream {
	SSL *ssl;
	const struct tls_context *context;
	const char *fault; /* of the certificate; NULL: none found */
	char fingerprint[TLS_CONTEXT_FINGERPRINT_TEXT];
	bool failed;
};

static int on_verify(X509_STORE_CTX *store, void *data)
{
	(void)data;
	SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tls_stream *stream = SSL_get_app_data(ssl);
	stream->fault = tls_context_judge(stream->context, store, stream->fingerprint);
	return stream->fault == NULL;
}

static bool is_address(const char *host)
{
	unsigned char octets[sizeof(struct in6_addr)];
	return inet_pton(AF_INET, host, octets) == 1 || inet_pton(AF_INET6, host, octets) == 1;
}

static void expect_host(SSL *ssl, const char *host)
{
	X509_VERIFY_PARAM *param = SSL_get0_param(ssl);
	X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	if (is_address(host)) {
		X509_VERIFY_PARAM_set1_ip_asc(param, host);
	} else {
		X509_VERIFY_PARAM_set1_host(param, host, 0);
		SSL_set_tlsext_host_name(ssl, host);
	}
}

static struct tls_stream *create(struct tls_context *context, int fd)
{
	struct tls_stream *stream = mem_alloc(sizeof *stream);
	stream->context = context;
	stream->ssl = mem_check(SSL_new(tls_context_ssl(context)));
	SSL_set_app_data(stream->ssl, stream);
	mem_check(SSL_set_fd(stream->ssl, fd) == 1 ? stream : NULL);
	return stream;
}

struct tls_stream *tls_stream_connect(struct tls_context *context, int fd, const char *host)
{
	SSL_CTX_set_cert_verify_callback(tls_context_ssl(context), on_verify, NULL);
	struct tls_stream *stream = create(context, fd);
	expect_host(stream->ssl, host);
	SSL_set_connect_state(stream->ssl);
	return stream;
}

/* The context is asked for certificates alone, and a client's is not wanted. */
struct tls_stream *tls_stream_accept(struct tls_context *context, int fd)
{
	struct tls_stream *stream = create(context, fd);
	stream->context = NULL;
	SSL_set_accept_state(stream->ssl);
	return stream;
}

static void explain(struct tls_stream *stream, int system_error, struct error *reterr)
{
	unsigned long code = ERR_peek_error();
	const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;
	if (stream->fault != NULL)
		error_set(reterr,
			"the server's certificate (SHA-256 %s) is not accepted: %s; if it is the "
			"right one, write it as tls_fingerprint",
			stream->fingerprint, stream->fault);
	else if (reason != NULL && ERR_GET_REASON(code) == SSL_R_WRONG_VERSION_NUMBER)
		error_set(reterr, "the %s does not speak TLS on this port",
			SSL_is_server(stream->ssl) ? "client" : "server");
	else if (reason != NULL)
		error_set(reterr, "TLS failed: %s", reason);
	else
		error_set(reterr, "%s", strerror(system_error));
}

/* A connection that failed must not be shut down by TLS. */
static enum tls_stream_result result_of(
	struct tls_stream *stream, int returned, struct error *reterr)
{
	int system_error = errno;
	switch (SSL_get_error(stream->ssl, returned)) {
	case SSL_ERROR_NONE:
		return TLS_STREAM_RESULT_DONE;
	case SSL_ERROR_WANT_READ:
		return TLS_STREAM_RESULT_READ;
	case SSL_ERROR_WANT_WRITE:
		return TLS_STREAM_RESULT_WRITE;
	case SSL_ERROR_ZERO_RETURN:
		return TLS_STREAM_RESULT_CLOSED;
	default:
		stream->failed = true;
		if (ERR_peek_error() == 0 && system_error == 0)
			return TLS_STREAM_RESULT_CLOSED;
		explain(stream, system_error, reterr);
		ERR_clear_error();
		return TLS_STREAM_RESULT_FAILED;
	}
}

/* SSL_get_error() looks at the thread's errors, which another connection may have left. */
static void forget_errors(void)
{
	ERR_clear_error();
	errno = 0;
}

enum tls_stream_result tls_stream_handshake(struct tls_stream *stream, struct error *reterr)
{
	forget_errors();
	return result_of(stream, SSL_do_handshake(stream->ssl), reterr);
}

/* Without TLS; \p again is for a socket that is not ready. */
static enum tls_stream_result plain_result(
	ssize_t returned, enum tls_stream_result again, size_t *ret_length, struct error *reterr)
{
	if (returned > 0) {
		*ret_length = (size_t)returned;
		return TLS_STREAM_RESULT_DONE;
	}
	if (returned == 0)
		return TLS_STREAM_RESULT_CLOSED;
	if (errno == EAGAIN || errno == EINTR)
		return again;
	error_set(reterr, "%s", strerror(errno));
	return TLS_STREAM_RESULT_FAILED;
}

enum tls_stream_result tls_stream_read(struct tls_stream *stream, int fd, void *out, size_t size,
	size_t *ret_length, struct error *reterr)
{
	*ret_length = 0;
	if (stream == NULL)
		return plain_result(
			recv(fd, out, size, 0), TLS_STREAM_RESULT_READ, ret_length, reterr);
	forget_errors();
	return result_of(stream, SSL_read_ex(stream->ssl, out, size, ret_length), reterr);
}

enum tls_stream_result tls_stream_write(struct tls_stream *stream, int fd, const void *octets,
	size_t length, size_t *ret_length, struct error *reterr)
{
	*ret_length = 0;
	if (stream == NULL)
		return plain_result(send(fd, octets, length, MSG_NOSIGNAL), TLS_STREAM_RESULT_WRITE,
			ret_length, reterr);
	forget_errors();
	return result_of(stream, SSL_write_ex(stream->ssl, octets, length, ret_length), reterr);
}

bool tls_stream_is_pending(const struct tls_stream *stream)
{
	return stream != NULL && SSL_has_pending(stream->ssl) == 1;
}

void tls_stream_describe(const struct tls_stream *stream, char *out, size_t size)
{
	snprintf(out, size, "%s, %s", SSL_get_version(stream->ssl), SSL_get_cipher(stream->ssl));
}

void tls_stream_destroy(struct tls_stream *stream)
{
	if (stream == NULL)
		return;
	forget_errors();
	if (!stream->failed && SSL_is_init_finished(stream->ssl))
		SSL_shutdown(stream->ssl);
	ERR_clear_error();
	SSL_free(stream->ssl);
	free(stream);
}
