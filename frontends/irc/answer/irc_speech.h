/** What the bot says: lines for the queue, which go out whole or not at all, and a memory of them.
 */
#ifndef QUOTED_FRONTENDS_IRC_ANSWER_IRC_SPEECH_H
#define QUOTED_FRONTENDS_IRC_ANSWER_IRC_SPEECH_H

#include <stdbool.h>

#include "frontends/frontend.h"
#include "frontends/irc/answer/irc_recent.h"
#include "frontends/irc/connection/irc_queue.h"
#include "frontends/irc/irc_options.h"
#include "frontends/irc/message/irc_reply.h"

/** The rows of irc behind METRICS_COMMON_ROWS: why there was no answer. */
enum {
	IRC_METRICS_NO_QUOTE = METRICS_COMMON_COUNT,
	IRC_METRICS_PERSON,  /* commands_per_minute */
	IRC_METRICS_CHANNEL, /* channel_per_minute */
	IRC_METRICS_NETWORK, /* network_per_minute */
	IRC_METRICS_QUEUE,   /* queue_limit */
	IRC_METRICS_WAITING, /* waiting_limit */
	IRC_METRICS_STALE,   /* answer_timeout; it was counted as an answer too */
	IRC_METRICS_COUNT,
};

/** Who is spoken to, and where. */
struct irc_person {
	const char *nick;    /* gets notices */
	const char *relayed; /* name on the network behind a bridge; NULL: it is not behind one */
	const char *key;     /* of budgets: "user@host", behind a bridge "user@host/name" */
	const char *place;   /* gets quotes: the channel, or in private the nickname */
	bool is_private;
};

/** Returns a person whose strings are copies, for irc_person_finish() to free. */
struct irc_person irc_person_copy(const struct irc_person *person);

/** Frees the strings of a copy and leaves it all zero. */
void irc_person_finish(struct irc_person *person);

enum { IRC_SPEECH_TOPIC = 300 }; /* octets of a topic if the server does not say how many */

/** The first four are set by whoever makes one, and borrowed; the rest is all zero to begin with.
 */
struct irc_speech {
	const struct frontend_context *context;
	const struct irc_options *options;
	struct irc_queue *queue;
	const char *nick; /* our own, which can change */
	char *shown;      /* our "user@host" as the server shows it; NULL: not known */
	struct irc_recent recent;
	size_t topic_length; /* octets, by 005 TOPICLEN; 0: not known */
	bool full;           /* the queue was full, and that was logged */
};

/** Says how the server shows us to others: "user@host"; NULL: not known yet. */
void irc_speech_show(struct irc_speech *speech, const char *mask);

/** Counts one in \p row of the metrics. */
void irc_speech_count(const struct irc_speech *speech, size_t row);

/** Returns a reply with \p verb to \p target, which it borrows. */
struct irc_reply irc_speech_reply(
	const struct irc_speech *speech, const char *verb, const char *target);

/** Sends the lines of an answer to the person with that key, asked at \p now. Returns false,
 * counted and logged once, if the queue has no room for all. */
bool irc_speech_send(
	struct irc_speech *speech, const struct strings *lines, const char *key, double now);

/** Sends a text as \p reply says, as an answer to the person with that key. */
void irc_speech_say(struct irc_speech *speech, const struct irc_reply *reply, const char *text,
	const char *key, double now);

/** Tells \p person a sentence: by NOTICE; behind a bridge, which does not relay notices, in the
 * channel. */
void irc_speech_tell(
	struct irc_speech *speech, const struct irc_person *person, const char *text, double now);

/** Returns whether the cleaned \p text is an answer of ours, or of another bot that has the same
 * quotes: it repeats one of our lines, or it is the end of a quote with its id. */
bool irc_speech_is_ours(const struct irc_speech *speech, const char *text);

/** Frees its memory and leaves it empty. */
void irc_speech_finish(struct irc_speech *speech);

#endif
