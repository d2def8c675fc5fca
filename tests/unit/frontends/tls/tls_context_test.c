#include "frontends/tls/tls_context.h"

#include <criterion/criterion.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/certificates.h"
#include "tests/support/scratch.h"

#define SIXTEEN "00112233445566778899AAbbCCddEEff"

Test(tls_context, knows_a_fingerprint)
{
	static const struct {
		const char *text;
		bool valid;
	} rows[] = {
		{SIXTEEN SIXTEEN, true},
		{"00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:"
		 "AA:BB:CC:DD:EE:FF",
			true},
		{SIXTEEN SIXTEEN ":", false},
		{SIXTEEN SIXTEEN "0", false},
		{SIXTEEN "00112233445566778899aabbccddeef", false},
		{SIXTEEN "00112233445566778899aabbccddeefg", false},
		{"sha256:" SIXTEEN SIXTEEN, false},
		{"", false},
	};
	struct error error;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(tls_context_check_fingerprint(rows[i].text, &error), rows[i].valid,
			"row %zu", i);
}

Test(tls_context, says_which_file_is_wrong, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		struct tls_context_client client;
		const char *error; /* NULL: none */
	} rows[] = {
		{{"", "", "", ""}, NULL},
		{{"ca.pem", "server.pem", "", ""}, NULL},
		{{"ca.pem", "server.pem", "old.pem", ""}, NULL},
		{{"", "", "", SIXTEEN SIXTEEN}, NULL},
		{{"absent", "", "", ""}, "tls_ca: absent: No such file or directory"},
		{{"text", "", "", ""}, "tls_ca: text: it has no certificate"},
		{{"", "absent", "", ""}, "tls_certificate: absent: No such file or directory"},
		{{"", "text", "", ""},
			"tls_certificate: text: it is not a PEM file of the right kind"},
		{{"", "server.pem", "text", ""},
			"tls_key: text: it is not a PEM file of the right kind"},
		{{"", "server.pem", "foreign", ""},
			"tls_key: foreign: it is not the key of the certificate"},
	};
	char fingerprint[65];
	struct error error = {0};
	certificates_write("DNS:b", fingerprint);
	rename("server.pem", "foreign");
	certificates_write("DNS:a", fingerprint);
	scratch_write("text", "hello\n", 6);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct tls_context *context = tls_context_create_client(&rows[i].client, &error);
		cr_expect_eq(context != NULL, rows[i].error == NULL, "row %zu: %s", i, error.text);
		if (rows[i].error != NULL)
			cr_expect_str_eq(error.text, rows[i].error);
		tls_context_destroy(context);
	}
}

static X509_STORE *store_of(const struct tls_context *context)
{
	return SSL_CTX_get_cert_store(tls_context_ssl(context));
}

Test(tls_context, the_system_s_authorities_are_read_once, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const struct tls_context_client system = {"", "", "", ""};
	struct tls_context *contexts[4];
	struct error error;
	char fingerprint[65];
	certificates_write("DNS:a", fingerprint);
	setenv("SSL_CERT_FILE", "ca.pem", 1);
	for (int i = 0; i < 4; i++) {
		if (i == 2)
			cr_assert_eq(rename("other.pem", "ca.pem"), 0);
		contexts[i] = tls_context_create_client(&system, &error);
		cr_assert_not_null(contexts[i]);
		cr_expect_eq(sk_X509_OBJECT_num(X509_STORE_get0_objects(store_of(contexts[i]))), 1);
	}
	cr_expect_eq(store_of(contexts[0]), store_of(contexts[1]));
	cr_expect_neq(store_of(contexts[1]), store_of(contexts[2]), "the file has changed");
	cr_expect_eq(store_of(contexts[2]), store_of(contexts[3]));
	for (int i = 0; i < 4; i++)
		tls_context_destroy(contexts[i]);
}

static void write_key(const char *path, const char *kind)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, kind);
	FILE *file = fopen(path, "w");
	cr_assert(key != NULL && file != NULL);
	PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL);
	fclose(file);
	EVP_PKEY_free(key);
}

Test(tls_context, reads_a_server_s_files, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *certificate, *key;
		const char *error; /* NULL: none */
	} rows[] = {
		{"server.pem", "", NULL},
		{"server.pem", "old.pem", NULL},
		{"absent", "", "tls_certificate: absent: No such file or directory"},
		{"server.pem", "foreign", "tls_key: foreign: it is not the key of the certificate"},
		{"server.pem", "kind", "tls_key: kind: it is not the key of the certificate"},
	};
	char fingerprint[65];
	struct error error = {0};
	certificates_write("DNS:b", fingerprint);
	rename("server.pem", "foreign");
	certificates_write("DNS:a", fingerprint);
	write_key("kind", "ED25519");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct tls_context *context =
			tls_context_create_server(rows[i].certificate, rows[i].key, &error);
		cr_expect_eq(context != NULL, rows[i].error == NULL, "row %zu: %s", i, error.text);
		if (rows[i].error != NULL)
			cr_expect_str_eq(error.text, rows[i].error);
		tls_context_destroy(context);
	}
}
