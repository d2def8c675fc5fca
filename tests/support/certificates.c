#include "tests/support/certificates.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "core/base/mem.h"

enum { HOUR = 3600 };

static void extend(X509 *certificate, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	X509_add_ext(mem_check(certificate), mem_check(extension), -1);
	X509_EXTENSION_free(extension);
}

/* Valid for an hour around now, or until an hour ago. */
static X509 *make(EVP_PKEY *key, const char *name, X509 *issuer, EVP_PKEY *issuer_key, long age)
{
	X509 *certificate = mem_check(X509_new());
	X509_NAME *subject = X509_get_subject_name(certificate);
	X509_set_version(certificate, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1 + rand());
	X509_gmtime_adj(X509_getm_notBefore(certificate), -HOUR - age);
	X509_gmtime_adj(X509_getm_notAfter(certificate), HOUR - age);
	X509_NAME_add_entry_by_txt(
		subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(certificate, issuer != NULL ? X509_get_subject_name(issuer) : subject);
	X509_set_pubkey(certificate, key);
	if (issuer == NULL)
		extend(certificate, NID_basic_constraints, "critical,CA:TRUE");
	else
		extend(certificate, NID_subject_alt_name, name);
	X509_sign(certificate, issuer_key, EVP_sha256());
	return certificate;
}

static void save(const char *path, X509 *certificate, EVP_PKEY *key)
{
	FILE *file = mem_check(fopen(path, "w"));
	PEM_write_X509(file, certificate);
	PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL);
	fclose(file);
	chmod(path, 0600);
}

void certificates_write(const char *names, char ret_fingerprint[65])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	EVP_PKEY *key = mem_check(EVP_EC_gen("P-256"));
	X509 *ca = make(key, "An authority", NULL, key, 0);
	X509 *other = make(key, "Another authority", NULL, key, 0);
	X509 *server = make(key, names, ca, key, 0);
	X509 *old = make(key, names, ca, key, 24L * HOUR);
	save("ca.pem", ca, key);
	save("other.pem", other, key);
	save("server.pem", server, key);
	save("old.pem", old, key);
	X509_digest(server, EVP_sha256(), digest, NULL);
	for (int i = 0; i < 32; i++)
		snprintf(ret_fingerprint + 2 * i, 3, "%02x", digest[i]);
	X509_free(ca);
	X509_free(other);
	X509_free(server);
	X509_free(old);
	EVP_PKEY_free(key);
}
