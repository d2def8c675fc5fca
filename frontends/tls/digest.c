#include "frontends/tls/digest.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "core/base/mem.h"

struct digest_stretch {
	EVP_MAC_CTX *mac; /* keyed with the password */
	unsigned long left;
	unsigned char last[DIGEST_SIZE];
	unsigned char sum[DIGEST_SIZE];
};

/* A hash that fails has no memory, or is missing from the library. */
static void must(int done)
{
	if (done != 1)
		abort();
}

void digest_sha256(const void *data, size_t length, unsigned char ret[DIGEST_SIZE])
{
	must(EVP_Digest(data, length, ret, NULL, EVP_sha256(), NULL));
}

void digest_hmac(
	const unsigned char key[DIGEST_SIZE], const char *text, unsigned char ret[DIGEST_SIZE])
{
	must(HMAC(EVP_sha256(), key, DIGEST_SIZE, (const unsigned char *)text, strlen(text), ret,
		     NULL) != NULL);
}

void digest_random(void *out, size_t size)
{
	must(RAND_bytes(out, (int)size));
}

bool digest_equal(const unsigned char left[DIGEST_SIZE], const unsigned char right[DIGEST_SIZE])
{
	return CRYPTO_memcmp(left, right, DIGEST_SIZE) == 0;
}

void digest_wipe(void *secret, size_t size)
{
	OPENSSL_cleanse(secret, size);
}

char *digest_base64(const void *data, size_t length)
{
	char *text = mem_alloc((length + 2) / 3 * 4 + 1);
	EVP_EncodeBlock((unsigned char *)text, data, (int)length);
	return text;
}

/* EVP_DecodeBlock() takes blanks around, and gives octets for the padding. */
bool digest_unbase64(const char *text, size_t length, struct buffer *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	size_t padding = 0;
	while (padding < 2 && padding < length && text[length - padding - 1] == '=')
		padding++;
	if (length == 0 || length % 4 != 0 || strspn(text, digits) < length - padding)
		return false;
	buffer_reserve(out, length / 4 * 3 + 1);
	unsigned char *end = (unsigned char *)out->data + out->length;
	int decoded = EVP_DecodeBlock(end, (const unsigned char *)text, (int)length);
	if (decoded < 0)
		return false;
	out->length += (size_t)decoded - padding;
	out->data[out->length] = '\0';
	return true;
}

/* Without a key, the MAC begins anew with the one that it has. */
static void mac(struct digest_stretch *stretch, const void *data, size_t length)
{
	must(EVP_MAC_init(stretch->mac, NULL, 0, NULL));
	must(EVP_MAC_update(stretch->mac, data, length));
	must(EVP_MAC_final(stretch->mac, stretch->last, NULL, sizeof stretch->last));
}

static void add(struct digest_stretch *stretch)
{
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		stretch->sum[i] ^= stretch->last[i];
	stretch->left--;
}

struct digest_stretch *digest_stretch_create(
	const char *password, const void *salt, size_t length, unsigned long iterations)
{
	static const unsigned char first_block[] = {0, 0, 0, 1};
	struct digest_stretch *stretch = mem_alloc(sizeof *stretch);
	EVP_MAC *hmac = mem_check(EVP_MAC_fetch(NULL, "HMAC", NULL));
	char name[] = "SHA256";
	OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
		OSSL_PARAM_construct_end()};
	struct buffer block = {0};
	stretch->left = iterations;
	stretch->mac = mem_check(EVP_MAC_CTX_new(hmac));
	EVP_MAC_free(hmac);
	must(EVP_MAC_init(stretch->mac, (const unsigned char *)password, strlen(password), params));
	buffer_append(&block, salt, length);
	buffer_append(&block, first_block, sizeof first_block);
	mac(stretch, block.data, block.length);
	buffer_finish(&block);
	add(stretch);
	return stretch;
}

bool digest_stretch_step(
	struct digest_stretch *stretch, unsigned long most, unsigned char ret[DIGEST_SIZE])
{
	for (; most > 0 && stretch->left > 0; most--) {
		mac(stretch, stretch->last, sizeof stretch->last);
		add(stretch);
	}
	memcpy(ret, stretch->sum, DIGEST_SIZE);
	return stretch->left == 0;
}

void digest_stretch_destroy(struct digest_stretch *stretch)
{
	if (stretch == NULL)
		return;
	EVP_MAC_CTX_free(stretch->mac);
	digest_wipe(stretch, sizeof *stretch);
	free(stretch);
}
