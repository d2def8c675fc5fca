/** Hands a message to the relay, as a job for a worker; the owner of libesmtp. */
#ifndef QUOTED_FRONTENDS_MAIL_RELAY_RELAY_H
#define QUOTED_FRONTENDS_MAIL_RELAY_RELAY_H

#include <stdbool.h>

#include "frontends/kit/worker.h"
#include "frontends/mail/relay/relay_socket.h"

enum { RELAY_TIMEOUT_MAX = 30 /* seconds; a session cannot be cancelled */ };

enum relay_outcome {
	RELAY_OUTCOME_TAKEN,
	RELAY_OUTCOME_PERMANENT, /* a 5xx: trying again is useless */
	RELAY_OUTCOME_TEMPORARY, /* not accepted, but may be later */
	RELAY_OUTCOME_UNKNOWN,   /* sent, but the relay did not say whether it accepted it */
};

/** One message to one recipient. Owns its strings, as it can outlive the front end. */
struct relay_job {
	struct job job; /* the caller sets only done */
	void *data;     /* the caller's */
	struct relay_server server;
	long timeout;    /* seconds for the connection and for each reply */
	char *hostname;  /* ours, for EHLO */
	char *sender;    /* "" is the null path, and asks the relay for no notifications */
	char *recipient; /* in the syntax of RFC 5321, ASCII */
	char *text;      /* CRLF lines */
	enum relay_outcome outcome; /* set by run, as is the reason */
	char reason[256];           /* one line for the log; meaningless if TAKEN */
};

/** Creates a job, for the caller to fill in. */
struct relay_job *relay_job_create(void);

/** Frees a job that is not submitted; NULL is a no-op. */
void relay_job_destroy(struct relay_job *job);

/** Returns what the codes of the relay's replies to RCPT and to the message mean; 0: no reply. A
 * \p message_code of 354 means that only DATA was replied to. */
enum relay_outcome relay_outcome(int recipient_code, int message_code);

#endif
