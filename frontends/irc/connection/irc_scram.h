/** The client's side of SCRAM-SHA-256 (RFC 5802, 7677), without channel binding: the password is
 * not sent, and the server proves that it knows it too. Pure but for the nonce. Names and passwords
 * are used as they are written; ASCII needs no SASLprep (RFC 4013). */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_SCRAM_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_SCRAM_H

#include <stdbool.h>

#include "core/base/error.h"

struct irc_scram;

enum {
	IRC_SCRAM_ITERATIONS_LEAST = 4096, /* RFC 7677 section 4: fewer protect no password */
	IRC_SCRAM_ITERATIONS_MOST = 1000000,
	IRC_SCRAM_STEP = 2048, /* iterations in one call, about 2 ms */
};

/** \p password is borrowed. \p nonce: printable ASCII without commas; NULL: a random one. */
struct irc_scram *irc_scram_create(const char *name, const char *password, const char *nonce);

/** Returns the client's first message, valid until the object is destroyed. */
const char *irc_scram_first(const struct irc_scram *scram);

/** Takes the server's first message. Returns false if it is malformed, its nonce does not continue
 * ours, or its iterations are out of the range above. */
bool irc_scram_challenge(struct irc_scram *scram, const char *text, struct error *reterr);

/** Goes on with the answer to the challenge, for a part of it. Returns the client's final message,
 * valid until the object is destroyed; NULL if there is more to do. */
const char *irc_scram_work(struct irc_scram *scram);

/** Takes the server's final message. Returns false if it has an error or a wrong signature. */
bool irc_scram_verify(struct irc_scram *scram, const char *text, struct error *reterr);

/** Overwrites and frees it; NULL is a no-op. */
void irc_scram_destroy(struct irc_scram *scram);

#endif
