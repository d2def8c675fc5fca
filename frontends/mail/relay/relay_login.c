#include "frontends/mail/relay/relay_login.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <auth-client.h>
#include <libesmtp.h>

#include "core/base/mem.h"
#include "frontends/kit/secret.h"

enum { REFUSAL_SIZE = 200 };

struct relay_login {
	SSL_CTX *context;    /* NULL: no TLS */
	auth_context_t auth; /* NULL: no AUTH */
	char *host;
	char *user;
	char *password;
	char refusal[REFUSAL_SIZE];
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool is_address(const char *host)
{
	struct in6_addr address;
	return inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1;
}

static struct relay_login *login_of(const SSL *ssl)
{
	return SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
}

static const char *remedy(int reason)
{
	bool name =
		reason == X509_V_ERR_HOSTNAME_MISMATCH || reason == X509_V_ERR_IP_ADDRESS_MISMATCH;
	bool unknown = reason == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT ||
		       reason == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
		       reason == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
		       reason == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
	return name      ? "; write the name of the certificate in relay"
	       : unknown ? "; name the file of its issuer in relay_ca"
			 : "";
}

static int on_verify(int good, X509_STORE_CTX *store)
{
	const SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct relay_login *login = login_of(ssl);
	int reason = X509_STORE_CTX_get_error(store);
	if (!good)
		snprintf(login->refusal, sizeof login->refusal,
			"the certificate of the relay is not valid for %.80s: %s%s", login->host,
			X509_verify_cert_error_string(reason), remedy(reason));
	return good;
}

/* The library has no other way to give the name before the handshake. */
static void on_info(const SSL *ssl, int where, int result)
{
	const struct relay_login *login = login_of(ssl);
	(void)result;
	if ((where & SSL_CB_HANDSHAKE_START) != 0 && !is_address(login->host))
		SSL_set_tlsext_host_name((SSL *)ssl, login->host);
}

static bool trust(SSL_CTX *context, const char *ca_file, struct error *reterr)
{
	if (*ca_file == '\0')
		return SSL_CTX_set_default_verify_paths(context) == 1;
	if (SSL_CTX_load_verify_locations(context, ca_file, NULL) == 1)
		return true;
	error_set(reterr, "relay_ca: %s has no certificates that can be read", ca_file);
	ERR_clear_error();
	return false;
}

/* With TLS 1.3 the library waits for what never comes, in one of several sessions. */
static bool open_context(struct relay_login *login, const char *ca_file, struct error *reterr)
{
	login->context = SSL_CTX_new(TLS_client_method());
	mem_check(login->context);
	SSL_CTX_set_min_proto_version(login->context, TLS1_2_VERSION);
	SSL_CTX_set_max_proto_version(login->context, TLS1_2_VERSION);
	SSL_CTX_set_verify(login->context, SSL_VERIFY_PEER, on_verify);
	SSL_CTX_set_app_data(login->context, login);
	SSL_CTX_set_info_callback(login->context, on_info);
	X509_VERIFY_PARAM *param = SSL_CTX_get0_param(login->context);
	if (is_address(login->host))
		X509_VERIFY_PARAM_set1_ip_asc(param, login->host);
	else
		X509_VERIFY_PARAM_set1_host(param, login->host, 0);
	return trust(login->context, ca_file, reterr);
}

static int on_interact(auth_client_request_t request, char **result, int fields, void *data)
{
	struct relay_login *login = data;
	for (int i = 0; i < fields; i++) {
		if ((request[i].flags & AUTH_USER) != 0)
			result[i] = login->user;
		else if ((request[i].flags & AUTH_PASS) != 0)
			result[i] = login->password;
		else
			result[i] = NULL;
	}
	return 1;
}

static bool open_auth(
	struct relay_login *login, const struct relay_login_options *options, struct error *reterr)
{
	login->password = secret_read(options->password_file, reterr);
	if (login->password == NULL)
		return false;
	pthread_once(&once, auth_client_init);
	login->user = mem_strdup(options->user);
	login->auth = auth_create_context();
	mem_check(login->auth);
	auth_set_mechanism_flags(login->auth, AUTH_PLUGIN_PLAIN, 0);
	auth_set_interact_cb(login->auth, on_interact, login);
	return true;
}

struct relay_login *relay_login_create(
	const struct relay_login_options *options, const char *host, struct error *reterr)
{
	struct relay_login *login = mem_alloc(sizeof *login);
	login->host = mem_strdup(host);
	bool good = (!options->starttls || open_context(login, options->ca_file, reterr)) &&
		    (*options->user == '\0' || open_auth(login, options, reterr));
	if (good)
		return login;
	relay_login_destroy(login);
	return NULL;
}

void relay_login_prepare(struct relay_login *login, void *session)
{
	if (login->context != NULL) {
		smtp_starttls_enable(session, Starttls_REQUIRED);
		smtp_starttls_set_ctx(session, login->context);
	}
	if (login->auth != NULL)
		smtp_auth_set_context(session, login->auth);
}

const char *relay_login_refusal(const struct relay_login *login)
{
	return login->refusal[0] != '\0' ? login->refusal : NULL;
}

void relay_login_destroy(struct relay_login *login)
{
	if (login == NULL)
		return;
	SSL_CTX_free(login->context);
	if (login->auth != NULL)
		auth_destroy_context(login->auth);
	free(login->host);
	free(login->user);
	free(login->password);
	free(login);
}
