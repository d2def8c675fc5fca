#include "frontends/tls/tls_context.h"

#include <criterion/criterion.h>
#include <stdio.h>

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
		{{"text", "", "", ""}, "tls_ca: text: no certificate or crl found"},
		{{"", "absent", "", ""}, "tls_certificate: absent: No such file or directory"},
		{{"", "text", "", ""},
			"tls_certificate: text: it is not a PEM file of the right kind"},
		{{"", "server.pem", "text", ""},
			"tls_key: text: it is not a PEM file of the right kind"},
		{{"", "server.pem", "foreign", ""}, "tls_key: foreign: key values mismatch"},
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

Test(tls_context, reads_a_server_s_files, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *certificate, *key;
		const char *error; /* NULL: none */
	} rows[] = {
		{"server.pem", "", NULL},
		{"server.pem", "old.pem", NULL},
		{"absent", "", "tls_certificate: absent: No such file or directory"},
		{"server.pem", "foreign", "tls_key: foreign: key values mismatch"},
	};
	char fingerprint[65];
	struct error error = {0};
	certificates_write("DNS:b", fingerprint);
	rename("server.pem", "foreign");
	certificates_write("DNS:a", fingerprint);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct tls_context *context =
			tls_context_create_server(rows[i].certificate, rows[i].key, &error);
		cr_expect_eq(context != NULL, rows[i].error == NULL, "row %zu: %s", i, error.text);
		if (rows[i].error != NULL)
			cr_expect_str_eq(error.text, rows[i].error);
		tls_context_destroy(context);
	}
}
