/**
 * What proves that someone got a mail of ours: "c12-" and 26 letters. It names a row of the store
 * and is signed (HMAC-SHA-256, of which 128 bits are kept), so that it cannot be guessed. Pure.
 */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_TOKEN_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SUBSCRIPTION_TOKEN_MAC = 26,    /* letters of the signature */
	SUBSCRIPTION_TOKEN_SECRET = 32, /* octets of the key */
	SUBSCRIPTION_TOKEN_SIZE = 1 + 19 + 1 + SUBSCRIPTION_TOKEN_MAC + 1,
};

/** What a token is good for; its first letter. */
enum subscription_token_kind {
	SUBSCRIPTION_TOKEN_NONE = 0,
	SUBSCRIPTION_TOKEN_CONFIRM = 'c', /* a request */
	SUBSCRIPTION_TOKEN_END = 'u',     /* a subscription */
	SUBSCRIPTION_TOKEN_BOUNCE = 'b',  /* the return path of its letters */
};

/** What is signed; the strings have no control characters. */
struct subscription_token_facts {
	enum subscription_token_kind kind;
	int64_t id; /* of the row, from 1 */
	const char *section;
	const char *address;
	const char *collection; /* "" */
	int64_t minute;         /* 0 */
	int64_t expires;        /* milliseconds since 1970; 0: never */
};

/** A token as it was read. */
struct subscription_token {
	enum subscription_token_kind kind;
	int64_t id;
	char mac[SUBSCRIPTION_TOKEN_MAC + 1];
};

/** Writes the token of \p facts. */
void subscription_token_write(const unsigned char secret[SUBSCRIPTION_TOKEN_SECRET],
	const struct subscription_token_facts *facts, char ret_text[SUBSCRIPTION_TOKEN_SIZE]);

/** Reads a token, in any case; checks its form, not its signature. Returns false if \p text is
 * anything else. */
bool subscription_token_read(const char *text, struct subscription_token *ret_token);

/** Returns the kind of the token that \p text is, or NONE. */
enum subscription_token_kind subscription_token_kind(const char *text);

/** Returns whether \p token is that of \p facts and has not expired at \p now. */
bool subscription_token_is(const unsigned char secret[SUBSCRIPTION_TOKEN_SECRET],
	const struct subscription_token_facts *facts, const struct subscription_token *token,
	int64_t now);

#endif
