#include "frontends/tls/tls_context.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "core/base/mem.h"

struct tls_context {
	SSL_CTX *ssl;
	bool pinned;
	unsigned char fingerprint[TLS_CONTEXT_FINGERPRINT];
};

/* The authorities of the system take almost a megabyte, and most contexts trust them. */
static struct {
	pthread_mutex_t mutex;
	X509_STORE *store; /* NULL: not read yet */
	struct stat file;  /* as it was then; all zero: it was not there */
} authorities = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static bool read_fingerprint(const char *text, unsigned char ret[TLS_CONTEXT_FINGERPRINT])
{
	for (size_t i = 0; i < TLS_CONTEXT_FINGERPRINT; i++) {
		int high = OPENSSL_hexchar2int((unsigned char)text[0]);
		int low = high >= 0 ? OPENSSL_hexchar2int((unsigned char)text[1]) : -1;
		if (low < 0)
			return false;
		ret[i] = (unsigned char)(high * 16 + low);
		text += 2;
		if (*text == ':' && text[1] != '\0')
			text++;
	}
	return *text == '\0';
}

bool tls_context_check_fingerprint(const char *text, struct error *reterr)
{
	unsigned char ignored[TLS_CONTEXT_FINGERPRINT];
	if (read_fingerprint(text, ignored))
		return true;
	error_set(reterr, "must be the SHA-256 of a certificate, 64 hexadecimal digits, as openssl "
			  "x509 -noout -fingerprint -sha256 prints it");
	return false;
}

static const char *reason_of(void)
{
	unsigned long first = ERR_peek_error();
	unsigned long last = ERR_peek_last_error();
	if (ERR_SYSTEM_ERROR(first))
		return strerror(ERR_GET_REASON(first));
	if (ERR_GET_LIB(first) == ERR_LIB_PEM || ERR_GET_LIB(first) == ERR_LIB_OSSL_DECODER ||
		ERR_GET_REASON(last) == ERR_R_PEM_LIB)
		return "it is not a PEM file of the right kind";
	if (last == ERR_PACK(ERR_LIB_X509, 0, X509_R_KEY_VALUES_MISMATCH) ||
		last == ERR_PACK(ERR_LIB_SSL, 0, SSL_R_NO_CERTIFICATE_ASSIGNED))
		return "it is not the key of the certificate";
	if (last == ERR_PACK(ERR_LIB_X509, 0, X509_R_NO_CERTIFICATE_OR_CRL_FOUND))
		return "it has no certificate";
	return ERR_reason_error_string(last);
}

static bool fail(struct error *reterr, const char *setting, const char *path)
{
	const char *reason = reason_of();
	error_set(reterr, "%s: %s: %s", setting, path, reason != NULL ? reason : "cannot be used");
	ERR_clear_error();
	return false;
}

bool tls_context_look(const char *path, struct stat *seen)
{
	struct stat now = {0};
	if (path == NULL || stat(path, &now) != 0)
		now = (struct stat){0};
	bool same = now.st_dev == seen->st_dev && now.st_ino == seen->st_ino &&
		    now.st_size == seen->st_size && now.st_ctim.tv_sec == seen->st_ctim.tv_sec &&
		    now.st_ctim.tv_nsec == seen->st_ctim.tv_nsec;
	*seen = now;
	return !same;
}

/* Replaces them if their file has changed; contexts keep those that they have. */
static bool read_authorities(void)
{
	struct stat file = authorities.file;
	const char *named = getenv(X509_get_default_cert_file_env());
	bool changed =
		tls_context_look(named != NULL ? named : X509_get_default_cert_file(), &file);
	if (authorities.store != NULL && !changed)
		return true;
	X509_STORE *store = mem_check(X509_STORE_new());
	if (X509_STORE_set_default_paths(store) != 1) {
		X509_STORE_free(store);
		return false;
	}
	X509_STORE_free(authorities.store);
	authorities.store = store;
	authorities.file = file;
	return true;
}

static bool trust_system(SSL_CTX *ssl)
{
	pthread_mutex_lock(&authorities.mutex);
	bool good = read_authorities();
	if (good)
		SSL_CTX_set1_cert_store(ssl, authorities.store);
	pthread_mutex_unlock(&authorities.mutex);
	return good;
}

static bool trust(SSL_CTX *ssl, const char *ca, struct error *reterr)
{
	if (*ca == '\0')
		return trust_system(ssl) || fail(reterr, "tls_ca", "the system's authorities");
	return SSL_CTX_load_verify_file(ssl, ca) == 1 || fail(reterr, "tls_ca", ca);
}

static bool present(SSL_CTX *ssl, const char *certificate, const char *key, struct error *reterr)
{
	if (*key == '\0')
		key = certificate;
	if (SSL_CTX_use_certificate_chain_file(ssl, certificate) != 1)
		return fail(reterr, "tls_certificate", certificate);
	/* A key of another kind than the certificate is used at first. */
	if (SSL_CTX_use_PrivateKey_file(ssl, key, SSL_FILETYPE_PEM) != 1 ||
		SSL_CTX_check_private_key(ssl) != 1)
		return fail(reterr, "tls_key", key);
	return true;
}

/* A passphrase would be asked for at a terminal that a daemon does not have. */
// NOLINTNEXTLINE(readability-non-const-parameter): as OpenSSL declares it
static int no_passphrase(char *out, int size, int writing, void *data)
{
	(void)out;
	(void)size;
	(void)writing;
	(void)data;
	return -1;
}

static struct tls_context *create(const SSL_METHOD *method)
{
	struct tls_context *context = mem_alloc(sizeof *context);
	context->ssl = mem_check(SSL_CTX_new(method));
	SSL_CTX_set_min_proto_version(context->ssl, TLS1_2_VERSION);
	SSL_CTX_set_options(context->ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
	SSL_CTX_set_mode(context->ssl, SSL_MODE_ENABLE_PARTIAL_WRITE |
					       SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
					       SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_default_passwd_cb(context->ssl, no_passphrase);
	ERR_clear_error();
	return context;
}

struct tls_context *tls_context_create_client(
	const struct tls_context_client *client, struct error *reterr)
{
	struct tls_context *context = create(TLS_client_method());
	context->pinned = *client->fingerprint != '\0' &&
			  read_fingerprint(client->fingerprint, context->fingerprint);
	SSL_CTX_set_verify(context->ssl, SSL_VERIFY_PEER, NULL);
	bool anonymous = *client->certificate == '\0';
	if ((context->pinned || trust(context->ssl, client->ca, reterr)) &&
		(anonymous || present(context->ssl, client->certificate, client->key, reterr)))
		return context;
	tls_context_destroy(context);
	return NULL;
}

struct tls_context *tls_context_create_server(
	const char *certificate, const char *key, struct error *reterr)
{
	struct tls_context *context = create(TLS_server_method());
	if (present(context->ssl, certificate, key, reterr))
		return context;
	tls_context_destroy(context);
	return NULL;
}

SSL_CTX *tls_context_ssl(const struct tls_context *context)
{
	return context->ssl;
}

const char *tls_context_judge(const struct tls_context *context, X509_STORE_CTX *store,
	char ret_fingerprint[TLS_CONTEXT_FINGERPRINT_TEXT])
{
	unsigned char digest[EVP_MAX_MD_SIZE] = {0};
	X509_digest(X509_STORE_CTX_get0_cert(store), EVP_sha256(), digest, NULL);
	for (size_t i = 0; i < TLS_CONTEXT_FINGERPRINT; i++)
		snprintf(ret_fingerprint + 2 * i, 3, "%02x", digest[i]);
	if (context->pinned)
		return memcmp(digest, context->fingerprint, sizeof context->fingerprint) == 0
			       ? NULL
			       : "it is not the one of tls_fingerprint";
	if (X509_verify_cert(store) == 1)
		return NULL;
	return X509_verify_cert_error_string(X509_STORE_CTX_get_error(store));
}

void tls_context_destroy(struct tls_context *context)
{
	if (context == NULL)
		return;
	SSL_CTX_free(context->ssl);
	free(context);
}
