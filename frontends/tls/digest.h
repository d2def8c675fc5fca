/** Hashes, random octets and base64 (OpenSSL), for logins. */
#ifndef QUOTED_FRONTENDS_TLS_DIGEST_H
#define QUOTED_FRONTENDS_TLS_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

enum { DIGEST_SIZE = 32 }; /* octets of a SHA-256 */

/** Hashes by SHA-256. */
void digest_sha256(const void *data, size_t length, unsigned char ret[DIGEST_SIZE]);

/** HMAC-SHA-256 (RFC 2104) of \p text under a key of DIGEST_SIZE octets. */
void digest_hmac(
	const unsigned char key[DIGEST_SIZE], const char *text, unsigned char ret[DIGEST_SIZE]);

/** Fills \p out with octets for secrets. */
void digest_random(void *out, size_t size);

/** Compares in a time that does not tell where they differ. */
bool digest_equal(const unsigned char left[DIGEST_SIZE], const unsigned char right[DIGEST_SIZE]);

/** Overwrites a secret. */
void digest_wipe(void *secret, size_t size);

/** Returns \p length octets in base64 (RFC 4648), the caller's to free. */
char *digest_base64(const void *data, size_t length);

/** Appends what \p text, of \p length octets, has in base64. Returns false if it is not base64. */
bool digest_unbase64(const char *text, size_t length, struct buffer *out);

/** Stretches a password: PBKDF2 with HMAC-SHA-256 (RFC 8018), DIGEST_SIZE octets, in steps. */
struct digest_stretch;

/** Copies its arguments; \p iterations is at least 1. */
struct digest_stretch *digest_stretch_create(
	const char *password, const void *salt, size_t length, unsigned long iterations);

/** Does at most \p most iterations more. Returns true, with the key, once all are done. */
bool digest_stretch_step(
	struct digest_stretch *stretch, unsigned long most, unsigned char ret[DIGEST_SIZE]);

/** Overwrites and frees it; NULL is a no-op. */
void digest_stretch_destroy(struct digest_stretch *stretch);

#endif
