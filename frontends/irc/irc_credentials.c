#include "frontends/irc/irc_credentials.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "frontends/kit/secret.h"
#include "frontends/tls/tls_context.h"

static bool read_secret(
	const char *setting, const char *name, const char **ret_secret, struct error *reterr)
{
	struct error error;
	*ret_secret = NULL;
	if (*name == '\0')
		return true;
	*ret_secret = secret_read(name, &error);
	if (*ret_secret == NULL)
		error_set(reterr, "%s: %s", setting, error.text);
	return *ret_secret != NULL;
}

/* A certificate with its key in one file is as secret as a key. */
static bool find_key(const struct irc_options *options, char **ret_path, struct error *reterr)
{
	struct error error;
	bool apart = *options->tls_key != '\0';
	const char *name = apart ? options->tls_key : options->tls_certificate;
	*ret_path = NULL;
	if (*options->tls_certificate == '\0')
		return true;
	*ret_path = secret_find(name, &error);
	if (*ret_path == NULL)
		error_set(reterr, "%s: %s", apart ? "tls_key" : "tls_certificate", error.text);
	return *ret_path != NULL;
}

static bool read_tls(const struct irc_options *options, struct irc_credentials *credentials,
	struct error *reterr)
{
	char *key;
	if (!options->tls)
		return true;
	if (!find_key(options, &key, reterr))
		return false;
	struct tls_context_client client = {.ca = options->tls_ca,
		.certificate = options->tls_certificate,
		.key = key != NULL ? key : "",
		.fingerprint = options->tls_fingerprint};
	credentials->tls = tls_context_create_client(&client, reterr);
	free(key);
	return credentials->tls != NULL;
}

/* NickServ gets it in one line. */
static bool fits_services(const struct irc_login_account *account, struct error *reterr)
{
	enum { SERVICES_MOST = 400 };
	bool by_services = account->method == IRC_LOGIN_METHOD_SERVICES;
	size_t length = by_services && account->password != NULL ? strlen(account->password) : 0;
	if (length <= SERVICES_MOST - strlen(account->name))
		return true;
	error_set(reterr,
		"account_password_file: with services, a password can have at most %zu octets; "
		"choose a shorter one",
		SERVICES_MOST - strlen(account->name));
	return false;
}

/* What differs in UTF-8 may be the same password to the server (RFC 4013, SASLprep). */
static bool fits_scram(const struct irc_login_account *account, struct error *reterr)
{
	const char *password = account->password != NULL ? account->password : "";
	bool name_fits = utf8_is_ascii(account->name, strlen(account->name));
	if (account->method != IRC_LOGIN_METHOD_SCRAM ||
		(name_fits && utf8_is_ascii(password, strlen(password))))
		return true;
	error_set(reterr,
		"%s: with scram-sha-256, only ASCII is supported; change it, or write login = "
		"\"plain\"",
		name_fits ? "account_password_file" : "account");
	return false;
}

static bool read_all(const struct irc_options *options, struct irc_credentials *credentials,
	struct error *reterr)
{
	struct irc_login_account *account = &credentials->account;
	account->method = irc_options_login(options);
	account->name = options->account;
	return read_secret(
		       "password_file", options->password_file, &credentials->password, reterr) &&
	       read_secret("account_password_file", options->account_password_file,
		       &account->password, reterr) &&
	       fits_services(account, reterr) && fits_scram(account, reterr) &&
	       read_tls(options, credentials, reterr);
}

bool irc_credentials_read(const struct irc_options *options,
	struct irc_credentials *ret_credentials, struct error *reterr)
{
	*ret_credentials = (struct irc_credentials){.tls = NULL};
	if (read_all(options, ret_credentials, reterr))
		return true;
	irc_credentials_finish(ret_credentials);
	return false;
}

void irc_credentials_finish(struct irc_credentials *credentials)
{
	tls_context_destroy(credentials->tls);
	free((char *)credentials->password);
	free((char *)credentials->account.password);
}
