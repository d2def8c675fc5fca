#include "frontends/irc/connection/irc_scram.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/tls/digest.h"

enum { NONCE_OCTETS = 18 };

struct irc_scram {
	const char *password;
	char *nonce;
	char *first; /* "n,,n=NAME,r=NONCE" */
	char *server_first;
	char *final; /* NULL: not made yet */
	char *without_proof;
	struct digest_stretch *stretch;
	unsigned char signature[DIGEST_SIZE]; /* that the server must send */
};

enum { HEADER = 3 }; /* octets of "n,," */

/* RFC 5802 section 5.1. */
static char *escape(const char *name)
{
	struct buffer out = {0};
	buffer_add(&out, "");
	for (; *name != '\0'; name++) {
		if (*name == ',' || *name == '=')
			buffer_add(&out, *name == ',' ? "=2C" : "=3D");
		else
			buffer_append(&out, name, 1);
	}
	return out.data;
}

struct irc_scram *irc_scram_create(const char *name, const char *password, const char *nonce)
{
	struct irc_scram *scram = mem_alloc(sizeof *scram);
	unsigned char octets[NONCE_OCTETS];
	digest_random(octets, sizeof octets);
	char *escaped = escape(name);
	scram->password = password;
	scram->nonce = nonce != NULL ? mem_strdup(nonce) : digest_base64(octets, sizeof octets);
	scram->first = mem_format("n,,n=%s,r=%s", escaped, scram->nonce);
	free(escaped);
	return scram;
}

const char *irc_scram_first(const struct irc_scram *scram)
{
	return scram->first;
}

/* Returns the value of the attribute that *text begins with, up to its comma, and moves *text
 * behind that; NULL if it is another attribute. */
static const char *take(const char **text, char attribute, size_t *ret_length)
{
	const char *value = *text + 2;
	if ((*text)[0] != attribute || (*text)[1] != '=')
		return NULL;
	*ret_length = strcspn(value, ",");
	*text = value + *ret_length + (value[*ret_length] == ',');
	return value;
}

static bool fail(struct error *reterr, const char *reason)
{
	error_set(reterr, "%s", reason);
	return false;
}

/* Returns 0 if it is not a number in the range. */
static unsigned long read_iterations(const char *text, size_t length)
{
	if (length == 0 || length > 7 || strspn(text, "0123456789") != length)
		return 0;
	unsigned long number = strtoul(text, NULL, 10);
	return number >= IRC_SCRAM_ITERATIONS_LEAST && number <= IRC_SCRAM_ITERATIONS_MOST ? number
											   : 0;
}

bool irc_scram_challenge(struct irc_scram *scram, const char *text, struct error *reterr)
{
	const char *rest = text;
	size_t nonce_length = 0;
	size_t salt_length = 0;
	size_t length = 0;
	struct buffer salt = {0};
	const char *nonce = take(&rest, 'r', &nonce_length);
	const char *salt_text = nonce != NULL ? take(&rest, 's', &salt_length) : NULL;
	const char *count = salt_text != NULL ? take(&rest, 'i', &length) : NULL;
	if (count == NULL || scram->server_first != NULL)
		return fail(reterr, "its SCRAM challenge is malformed");
	size_t ours = strlen(scram->nonce);
	if (nonce_length <= ours || strncmp(nonce, scram->nonce, ours) != 0)
		return fail(reterr, "its SCRAM nonce does not continue ours");
	unsigned long iterations = read_iterations(count, length);
	if (iterations == 0)
		return fail(reterr, "its SCRAM iterations are not from 4096 to 1000000");
	if (!digest_unbase64(salt_text, salt_length, &salt)) {
		buffer_finish(&salt);
		return fail(reterr, "its SCRAM challenge is malformed");
	}
	scram->server_first = mem_strdup(text);
	scram->without_proof = mem_format("c=biws,r=%.*s", (int)nonce_length, nonce);
	scram->stretch = digest_stretch_create(scram->password, salt.data, salt.length, iterations);
	buffer_finish(&salt);
	return true;
}

/* RFC 5802 section 3. */
static void finish(struct irc_scram *scram, unsigned char salted[DIGEST_SIZE])
{
	unsigned char client_key[DIGEST_SIZE];
	unsigned char server_key[DIGEST_SIZE];
	unsigned char stored_key[DIGEST_SIZE];
	unsigned char proof[DIGEST_SIZE];
	char *signed_text = mem_format(
		"%s,%s,%s", scram->first + HEADER, scram->server_first, scram->without_proof);
	digest_hmac(salted, "Client Key", client_key);
	digest_hmac(salted, "Server Key", server_key);
	digest_sha256(client_key, sizeof client_key, stored_key);
	digest_hmac(stored_key, signed_text, proof);
	digest_hmac(server_key, signed_text, scram->signature);
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		proof[i] ^= client_key[i];
	char *text = digest_base64(proof, sizeof proof);
	scram->final = mem_format("%s,p=%s", scram->without_proof, text);
	free(text);
	free(signed_text);
	digest_wipe(client_key, sizeof client_key);
	digest_wipe(server_key, sizeof server_key);
}

const char *irc_scram_work(struct irc_scram *scram)
{
	unsigned char salted[DIGEST_SIZE];
	if (scram->final == NULL && scram->stretch != NULL &&
		digest_stretch_step(scram->stretch, IRC_SCRAM_STEP, salted)) {
		finish(scram, salted);
		digest_wipe(salted, sizeof salted);
	}
	return scram->final;
}

bool irc_scram_verify(struct irc_scram *scram, const char *text, struct error *reterr)
{
	size_t length = 0;
	struct buffer signature = {0};
	const char *reason = take(&text, 'e', &length);
	if (reason != NULL) {
		error_set(reterr, "%.*s", (int)length, reason);
		return false;
	}
	const char *value = take(&text, 'v', &length);
	bool right = scram->final != NULL && value != NULL &&
		     digest_unbase64(value, length, &signature) &&
		     signature.length == DIGEST_SIZE &&
		     digest_equal((const unsigned char *)signature.data, scram->signature);
	buffer_finish(&signature);
	return right || fail(reterr, "it did not prove that it knows the password");
}

void irc_scram_destroy(struct irc_scram *scram)
{
	if (scram == NULL)
		return;
	digest_stretch_destroy(scram->stretch);
	free(scram->nonce);
	free(scram->first);
	free(scram->server_first);
	free(scram->final);
	free(scram->without_proof);
	digest_wipe(scram, sizeof *scram);
	free(scram);
}
