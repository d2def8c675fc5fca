/** What the bot said last: in each channel and to each person, for !id and !more, and in all, to
 * recognise it. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_ANSWER_IRC_RECENT_H
#define QUOTED_FRONTENDS_IRC_ANSWER_IRC_RECENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	IRC_RECENT_PLACES = 64, /* channels and people; one more replaces the oldest */
	IRC_RECENT_SAID = 16,   /* our last lines, which are recognised */
};

/** What was shown in one place. */
struct irc_recent_place {
	char *name;
	uint64_t id;      /* of the last quote; 0: none was shown */
	char *words;      /* of the last search; NULL: there was none */
	size_t next;      /* match that !more shows */
	uint64_t used_at; /* counts the uses of all */
};

/** All zero to begin with. */
struct irc_recent {
	struct irc_recent_place places[IRC_RECENT_PLACES];
	uint64_t uses;
	char *said[IRC_RECENT_SAID];
	size_t next_said;
};

/** Returns what was shown in \p name, a channel or nickname in any case; a new one is empty. Valid
 * until the next call. */
struct irc_recent_place *irc_recent_find(struct irc_recent *recent, const char *name);

/** Begins the search for \p words there. */
void irc_recent_search(struct irc_recent_place *place, const char *words);

/** Remembers \p line, the text of a message that we send. */
void irc_recent_say(struct irc_recent *recent, const char *line);

/** Returns whether \p text repeats one of our last lines. */
bool irc_recent_was_said(const struct irc_recent *recent, const char *text);

/** Frees its memory and leaves it empty. */
void irc_recent_finish(struct irc_recent *recent);

#endif
