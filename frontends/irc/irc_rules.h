/** What single channels have of their own: settings "#CHANNEL VALUE", as in "#linux ?", with "*"
 * for all channels without an entry and for private messages. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_RULES_H
#define QUOTED_FRONTENDS_IRC_IRC_RULES_H

#include "frontends/irc/irc_command.h"
#include "frontends/irc/irc_options.h"

/** Returns the value for \p place, a channel or a nickname, in \p list; NULL: there is none. */
const char *irc_rules_find(const struct strings *list, const char *place);

/** Returns the prefix of commands there. */
const char *irc_rules_prefix(const struct irc_options *options, const char *place);

/** Returns whether \p command is on there. Those for admins always are. */
bool irc_rules_allow(
	const struct irc_options *options, const char *place, enum irc_command command);

/** Returns whether \p list, words separated by commas, has \p word, of \p length octets. */
bool irc_rules_has(const char *list, const char *word, size_t length);

/** Each checks an entry, as struct setting has it; that of "daily" looks for the zone. */
bool irc_rules_check_collections(const char *text, struct error *reterr);
bool irc_rules_check_prefix(const char *text, struct error *reterr);
bool irc_rules_check_commands(const char *text, struct error *reterr);
bool irc_rules_check_daily(const char *text, struct error *reterr);

enum { IRC_RULES_ZONE_SIZE = 64 }; /* of the name of a zone, with its NUL */

/** What a channel wants each day. */
struct irc_rules_daily {
	int minute;                     /* of the day, there */
	char zone[IRC_RULES_ZONE_SIZE]; /* "": that of the process */
	bool as_topic;                  /* if we may set it */
};

/** Reads the value of an entry of "daily": "09:00", "09:00 Europe/Berlin", "09:00 topic" or "09:00
 * Europe/Berlin topic". Does not know which zones there are. */
bool irc_rules_read_daily(const char *value, struct irc_rules_daily *ret_daily);

#endif
