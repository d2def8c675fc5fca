#include "frontends/irc/irc_rules.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/day.h"
#include "core/base/suggest.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/kit/zone.h"

enum { PLACE_MAX = 200, WORD_MAX = 32 };

/* Copies the channel of an entry; returns its value, or NULL if it has not both. */
static const char *split(const char *entry, char ret_place[PLACE_MAX + 1])
{
	size_t length = strcspn(entry, " ");
	if (length > PLACE_MAX || entry[length] == '\0')
		return NULL;
	memcpy(ret_place, entry, length);
	ret_place[length] = '\0';
	const char *value = entry + length + strspn(entry + length, " ");
	return *value != '\0' ? value : NULL;
}

const char *irc_rules_find(const struct strings *list, const char *place)
{
	char name[PLACE_MAX + 1];
	const char *others = NULL;
	for (size_t i = 0; i < list->count; i++) {
		const char *value = split(list->items[i], name);
		if (value != NULL && irc_nick_equal(name, place))
			return value;
		if (value != NULL && strcmp(name, "*") == 0)
			others = value;
	}
	return others;
}

const char *irc_rules_prefix(const struct irc_options *options, const char *place)
{
	const char *prefix = irc_rules_find(&options->channel_prefix, place);
	return prefix != NULL ? prefix : options->prefix;
}

bool irc_rules_has(const char *list, const char *word, size_t length)
{
	while (*list != '\0') {
		size_t here = strcspn(list, ",");
		if (here == length && strncasecmp(list, word, length) == 0)
			return true;
		list += here + (list[here] == ',');
	}
	return false;
}

bool irc_rules_allow(const struct irc_options *options, const char *place, enum irc_command command)
{
	const char *list = irc_rules_find(&options->channel_commands, place);
	const char *usage = irc_command_usage(command);
	return list == NULL || irc_command_is_for_admins(command) ||
	       irc_rules_has(list, usage, strcspn(usage, " "));
}

static const char *check_place(const char *text, const char *example, struct error *reterr)
{
	char name[PLACE_MAX + 1] = "";
	const char *value = split(text, name);
	bool is_place = strchr("#&+!", name[0]) != NULL || strcmp(name, "*") == 0;
	if (value != NULL && name[0] != '\0' && is_place)
		return value;
	error_set(reterr, "'%s' is not \"#CHANNEL VALUE\"; write it as in \"%s\"", text, example);
	return NULL;
}

bool irc_rules_check_collections(const char *text, struct error *reterr)
{
	const char *value = check_place(text, "#linux linux,debian", reterr);
	if (value != NULL && strchr(value, ' ') != NULL) {
		error_set(reterr, "'%s' has a blank in its list; separate collections by commas",
			text);
		return false;
	}
	return value != NULL;
}

bool irc_rules_check_prefix(const char *text, struct error *reterr)
{
	const char *value = check_place(text, "#linux ?", reterr);
	if (value != NULL && !irc_nick_is_word(value)) {
		error_set(reterr, "'%s' has a prefix with a blank; write it as in \"#linux ?\"",
			text);
		return false;
	}
	return value != NULL;
}

/* Each is the first word of a usage. */
static const char *find_nearest(const char *word, char names[IRC_COMMAND_COUNT][WORD_MAX])
{
	const char *candidates[IRC_COMMAND_COUNT];
	size_t count = 0;
	for (int i = IRC_COMMAND_NONE + 1; i < IRC_COMMAND_IGNORE; i++) {
		const char *usage = irc_command_usage((enum irc_command)i);
		memcpy(names[i], usage, strcspn(usage, " "));
		candidates[count++] = names[i];
	}
	return suggest_nearest(word, candidates, count);
}

static bool check_command(const char *word, size_t length, struct error *reterr)
{
	char names[IRC_COMMAND_COUNT][WORD_MAX] = {0};
	char name[WORD_MAX] = "";
	enum irc_command command = irc_command_find(word, length);
	memcpy(name, word, length < WORD_MAX - 1 ? length : WORD_MAX - 1);
	const char *meant = find_nearest(name, names);
	if (command != IRC_COMMAND_NONE && !irc_command_is_for_admins(command))
		return true;
	if (meant != NULL)
		error_set(reterr, "'%s' is not a command; did you mean '%s'?", name, meant);
	else
		error_set(reterr, "'%s' is not a command; write them as in \"quote,today,help\"",
			name);
	return false;
}

bool irc_rules_check_commands(const char *text, struct error *reterr)
{
	const char *value = check_place(text, "#linux quote,today,help", reterr);
	while (value != NULL && *value != '\0') {
		size_t length = strcspn(value, ",");
		if (!check_command(value, length, reterr))
			return false;
		value += length + (value[length] == ',');
	}
	return value != NULL;
}

static bool read_minute(const char *value, int *ret_minute)
{
	char time[sizeof "09:00" + 1];
	snprintf(time, sizeof time, "%.*s", (int)strcspn(value, " "), value);
	return day_parse_minute(time, ret_minute);
}

bool irc_rules_read_daily(const char *value, struct irc_rules_daily *ret_daily)
{
	*ret_daily = (struct irc_rules_daily){0};
	if (!read_minute(value, &ret_daily->minute))
		return false;
	value += strlen("09:00");
	while (*value == ' ') {
		value += strspn(value, " ");
		size_t length = strcspn(value, " ");
		bool is_topic = length == strlen("topic") && strncmp(value, "topic", length) == 0;
		if (ret_daily->as_topic || length == 0 || length >= IRC_RULES_ZONE_SIZE ||
			(!is_topic && ret_daily->zone[0] != '\0'))
			return false;
		ret_daily->as_topic = is_topic;
		if (!is_topic)
			memcpy(ret_daily->zone, value, length);
		value += length;
	}
	return true;
}

static bool has_zone(const struct irc_rules_daily *daily)
{
	if (daily->zone[0] == '\0')
		return true;
	struct zone *zone = zone_open(daily->zone);
	bool found = zone != NULL;
	zone_close(zone);
	return found;
}

bool irc_rules_check_daily(const char *text, struct error *reterr)
{
	struct irc_rules_daily daily;
	const char *value = check_place(text, "#quotes 09:00", reterr);
	if (value == NULL)
		return false;
	if (!irc_rules_read_daily(value, &daily))
		error_set(reterr,
			"'%s' has no time from 00:00 to 23:59; write \"09:00\", \"09:00 topic\" or "
			"\"09:00 Europe/Berlin topic\"",
			text);
	else if (!has_zone(&daily))
		error_set(reterr,
			"no zone '%s' in /usr/share/zoneinfo; write one as in \"Europe/Berlin\", "
			"or "
			"install tzdata",
			daily.zone);
	else
		return true;
	return false;
}
