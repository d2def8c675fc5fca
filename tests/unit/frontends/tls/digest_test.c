#include "frontends/tls/digest.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void to_hex(const unsigned char octets[DIGEST_SIZE], char ret[65])
{
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		snprintf(ret + 2 * i, 3, "%02x", octets[i]);
}

/* FIPS 180-2; and what Python's hmac says. */
Test(digest, hashes)
{
	unsigned char out[DIGEST_SIZE];
	unsigned char key[DIGEST_SIZE];
	char hex[65];
	memset(key, 0xaa, sizeof key);
	digest_sha256("abc", 3, out);
	to_hex(out, hex);
	cr_expect_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	digest_hmac(key, "Hi There", out);
	to_hex(out, hex);
	cr_expect_str_eq(hex, "f37d8faa99e964710846f8d2003be96d3ff6a6c316a09bff891fa08bd0b027e5");
	cr_expect(digest_equal(key, key));
	cr_expect_not(digest_equal(key, out));
}

/* RFC 7914 section 11, the first octets. */
Test(digest, stretches_a_password_in_steps)
{
	static const struct {
		const char *password, *salt, *hex;
		unsigned long iterations;
	} rows[] = {
		{"passwd", "salt",
			"55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc", 1},
		{"Password", "NaCl",
			"4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56", 80000},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unsigned char out[DIGEST_SIZE];
		char hex[65];
		size_t steps = 1;
		struct digest_stretch *stretch = digest_stretch_create(
			rows[i].password, rows[i].salt, strlen(rows[i].salt), rows[i].iterations);
		while (!digest_stretch_step(stretch, 30000, out))
			steps++;
		to_hex(out, hex);
		cr_expect_str_eq(hex, rows[i].hex);
		cr_expect_eq(steps, i == 0 ? 1 : 3);
		digest_stretch_destroy(stretch);
	}
}

Test(digest, reads_only_base64)
{
	static const struct {
		const char *text, *data; /* NULL: it is not base64 */
	} rows[] = {{"Zg==", "f"}, {"Zm8=", "fo"}, {"Zm9v", "foo"}, {"Zm9vYg==", "foob"},
		{"", NULL}, {"Zg=", NULL}, {"Zg", NULL}, {"Z===", NULL}, {" Zg==", NULL},
		{"Zg==\n", NULL}, {"Zm=v", NULL}, {"Zm9-", NULL}, {"====", NULL}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		bool read = digest_unbase64(rows[i].text, strlen(rows[i].text), &out);
		cr_expect_eq(read, rows[i].data != NULL, "row %zu", i);
		if (read && rows[i].data != NULL) {
			char *again = digest_base64(out.data, out.length);
			cr_expect_str_eq(out.data, rows[i].data);
			cr_expect_eq(out.length, strlen(rows[i].data));
			cr_expect_str_eq(again, rows[i].text);
			free(again);
		}
		buffer_finish(&out);
	}
}

Test(digest, random_octets_differ)
{
	unsigned char one[DIGEST_SIZE];
	unsigned char two[DIGEST_SIZE];
	digest_random(one, sizeof one);
	digest_random(two, sizeof two);
	cr_assert_not(digest_equal(one, two));
	digest_wipe(one, sizeof one);
	for (size_t i = 0; i < sizeof one; i++)
		cr_assert_eq(one[i], 0);
}
