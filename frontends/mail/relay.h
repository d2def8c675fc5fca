/** Handing a message to the relay, in a job for the worker; the owner of libesmtp. */
#ifndef QUOTED_FRONTENDS_MAIL_RELAY_H
#define QUOTED_FRONTENDS_MAIL_RELAY_H

#include <stdbool.h>

#include "frontends/kit/worker.h"
#include "frontends/mail/relay_socket.h"

enum { RELAY_TIMEOUT_MAX = 30 /* seconds; a session cannot be cancelled */ };

enum relay_outcome {
	RELAY_OUTCOME_TAKEN,
	RELAY_OUTCOME_PERMANENT, /* a 5xx: trying again is useless */
	RELAY_OUTCOME_TEMPORARY, /* not sent */
	RELAY_OUTCOME_UNKNOWN,   /* sent, but the relay did not say whether it took it */
};

/** One message to one recipient. Owns its strings, for it can outlive the front end. */
struct relay_job {
	struct job job; /* the caller sets done; the rest is set */
	void *data;     /* the caller's */
	struct relay_server server;
	long timeout;   /* seconds for the connection and for each reply */
	char *hostname; /* ours, of EHLO */
	char *sender; /* "" is the null path, with which the relay is asked for no notifications */
	char *recipient;            /* ASCII, as RFC 5321 has it */
	char *text;                 /* CRLF lines */
	enum relay_outcome outcome; /* set by run, as is the reason */
	char reason[256];           /* one line for the log */
};

/** Returns a job that is to be filled in. */
struct relay_job *relay_job_create(void);

/** Frees a job that is not submitted. */
void relay_job_destroy(struct relay_job *job);

/** Returns what the SMTP replies to the recipient and to the message mean, 0 where none came. */
enum relay_outcome relay_outcome(int recipient_code, int message_code);

#endif
