/** Hands messages to the relay, as jobs for a worker; the owner of libesmtp. */
#ifndef QUOTED_FRONTENDS_MAIL_RELAY_RELAY_H
#define QUOTED_FRONTENDS_MAIL_RELAY_RELAY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "frontends/kit/worker.h"
#include "frontends/mail/relay/relay_login.h"
#include "frontends/mail/relay/relay_socket.h"

enum {
	RELAY_TIMEOUT_MAX = 30,   /* seconds */
	RELAY_TEXT_TIMEOUT = 600, /* seconds for the reply to a text (RFC 5321 4.5.3.2.6) */
	RELAY_BATCH = 16,         /* messages of a session */
	RELAY_SERVERS = 8,
	RELAY_REASON_SIZE = 256,
};

enum relay_outcome {
	RELAY_OUTCOME_TAKEN,
	RELAY_OUTCOME_PERMANENT, /* a 5xx: trying again is useless */
	RELAY_OUTCOME_TEMPORARY, /* not accepted, but may be later */
	RELAY_OUTCOME_UNKNOWN,   /* sent, but the relay did not say whether it accepted it */
	RELAY_OUTCOME_UNTRIED,   /* the session ended before its turn */
};

/** One message to one recipient, with what the queue knows of it. */
struct relay_message {
	int64_t id;      /* in the queue */
	int64_t created; /* milliseconds since 1970 */
	int64_t tries;   /* that failed */
	bool repeat;     /* an unknown outcome is tried again; else it is not */
	bool bulk;       /* a letter to a subscriber: goes after all others */
	char *sender;    /* "" is the null path, and asks the relay for no notifications */
	char *recipient; /* in the syntax of RFC 5321, ASCII */
	char *text;      /* CRLF lines */
	enum relay_outcome outcome;
	char reason[RELAY_REASON_SIZE]; /* one line for the log; meaningless if TAKEN */
};

/** What all sessions have in common; the strings are borrowed. */
struct relay_options {
	struct host_port servers[RELAY_SERVERS]; /* tried in this order */
	size_t server_count;
	long timeout;         /* seconds for the connection and for each reply */
	long text_timeout;    /* seconds for the reply to a text: RELAY_TEXT_TIMEOUT */
	const char *hostname; /* ours, for EHLO */
	struct relay_login_options login;
};

/**
 * A connection to a relay and what is sent over it. First relay_connect() runs as its job, then, if
 * fd is not -1, relay_send(): nothing is handed over before the caller has had its say.
 */
struct relay_session {
	struct job job;
	void *data; /* the caller's */
	const struct relay_options *options;
	size_t server; /* the one to begin with, then the one connected to; server_count: none */
	int fd;        /* -1: none */
	struct relay_message messages[RELAY_BATCH];
	size_t count;
	bool refused;                   /* the relay ended the session before any message */
	char reason[RELAY_REASON_SIZE]; /* why it is refused, or not connected */
	atomic_long deadline;           /* of the reply waited for, by metrics_clock(); 0: none */
};

/** A job's run: connects to the first relay that greets us. */
void relay_connect(struct job *job);

/** A job's run: hands the messages over, and sets the outcome of each. The connection is of no
 * further use. */
void relay_send(struct job *job);

/** Cuts the connection of a session whose relay has exceeded its time by sending octet by octet;
 * for the loop, each second while relay_send() runs. */
void relay_check(struct relay_session *session);

/** Cuts the connection, so that relay_send() ends soon; for the loop. */
void relay_cut(struct relay_session *session);

/** Closes the connection and frees the messages; neither job runs. */
void relay_finish(struct relay_session *session);

/** Returns what the codes of the relay's replies to MAIL, RCPT and the message mean; 0: no reply. A
 * \p message_code of 354 means that only DATA was replied to. 504 is about our own name, see
 * hostname, and so temporary. */
enum relay_outcome relay_outcome(int sender_code, int recipient_code, int message_code);

#endif
