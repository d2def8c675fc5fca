#include "frontends/mail/subscription/subscription_token.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/tls/digest.h"

enum { ID_DIGITS = 19, BITS = 5, OCTET_BITS = 8 };

static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

/* Base32 (RFC 4648 6), as mail servers may change the case of an address. */
static void encode(const unsigned char *octets, char ret_text[SUBSCRIPTION_TOKEN_MAC + 1])
{
	for (size_t i = 0; i < SUBSCRIPTION_TOKEN_MAC; i++) {
		size_t bit = i * BITS;
		unsigned pair = (unsigned)octets[bit / OCTET_BITS] << OCTET_BITS |
				octets[bit / OCTET_BITS + 1];
		size_t shift = 2 * OCTET_BITS - BITS - bit % OCTET_BITS;
		ret_text[i] = letters[pair >> shift & 31];
	}
	ret_text[SUBSCRIPTION_TOKEN_MAC] = '\0';
}

static void sign(const unsigned char secret[SUBSCRIPTION_TOKEN_SECRET],
	const struct subscription_token_facts *facts, char ret_mac[SUBSCRIPTION_TOKEN_MAC + 1])
{
	unsigned char digest[DIGEST_SIZE];
	char *text = mem_format("quoted subscription\n%c%lld\n%s\n%s\n%s\n%lld\n%lld",
		(char)facts->kind, (long long)facts->id, facts->section, facts->address,
		facts->collection, (long long)facts->minute, (long long)facts->expires);
	digest_hmac(secret, text, digest);
	encode(digest, ret_mac);
	free(text);
}

void subscription_token_write(const unsigned char secret[SUBSCRIPTION_TOKEN_SECRET],
	const struct subscription_token_facts *facts, char ret_text[SUBSCRIPTION_TOKEN_SIZE])
{
	char mac[SUBSCRIPTION_TOKEN_MAC + 1];
	sign(secret, facts, mac);
	snprintf(ret_text, SUBSCRIPTION_TOKEN_SIZE, "%c%lld-%s", (char)facts->kind,
		(long long)facts->id, mac);
}

static enum subscription_token_kind read_kind(char letter)
{
	static const enum subscription_token_kind kinds[] = {
		SUBSCRIPTION_TOKEN_CONFIRM, SUBSCRIPTION_TOKEN_END, SUBSCRIPTION_TOKEN_BOUNCE};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (tolower((unsigned char)letter) == (int)kinds[i])
			return kinds[i];
	return SUBSCRIPTION_TOKEN_NONE;
}

static bool read_mac(const char *text, char ret_mac[SUBSCRIPTION_TOKEN_MAC + 1])
{
	if (strlen(text) != SUBSCRIPTION_TOKEN_MAC)
		return false;
	for (size_t i = 0; i <= SUBSCRIPTION_TOKEN_MAC; i++)
		ret_mac[i] = (char)tolower((unsigned char)text[i]);
	return strspn(ret_mac, letters) == SUBSCRIPTION_TOKEN_MAC;
}

bool subscription_token_read(const char *text, struct subscription_token *ret_token)
{
	*ret_token = (struct subscription_token){.kind = read_kind(*text)};
	if (ret_token->kind == SUBSCRIPTION_TOKEN_NONE)
		return false;
	size_t digits = strspn(text + 1, "0123456789");
	/* So that all that fit are in the range. */
	if (digits == 0 || digits >= ID_DIGITS || text[1] == '0' || text[1 + digits] != '-')
		return false;
	ret_token->id = strtoll(text + 1, NULL, 10);
	return read_mac(text + 1 + digits + 1, ret_token->mac);
}

enum subscription_token_kind subscription_token_kind(const char *text)
{
	struct subscription_token token;
	return subscription_token_read(text, &token) ? token.kind : SUBSCRIPTION_TOKEN_NONE;
}

bool subscription_token_is(const unsigned char secret[SUBSCRIPTION_TOKEN_SECRET],
	const struct subscription_token_facts *facts, const struct subscription_token *token,
	int64_t now)
{
	char mac[SUBSCRIPTION_TOKEN_MAC + 1];
	unsigned char expected[DIGEST_SIZE] = {0};
	unsigned char given[DIGEST_SIZE] = {0};
	sign(secret, facts, mac);
	memcpy(expected, mac, SUBSCRIPTION_TOKEN_MAC);
	memcpy(given, token->mac, SUBSCRIPTION_TOKEN_MAC);
	return digest_equal(expected, given) && token->kind == facts->kind &&
	       token->id == facts->id && (facts->expires == 0 || now < facts->expires);
}
