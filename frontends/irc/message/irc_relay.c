#include "frontends/irc/message/irc_relay.h"

#include <stddef.h>
#include <string.h>

#include "frontends/irc/connection/irc_nick.h"

static bool take(const char *name, size_t length, const char *rest,
	char ret_name[IRC_RELAY_NAME_SIZE], const char **ret_text)
{
	if (length == 0 || length >= IRC_RELAY_NAME_SIZE)
		return false;
	memcpy(ret_name, name, length);
	ret_name[length] = '\0';
	*ret_text = rest + strspn(rest, " ");
	return true;
}

/* Markdown that a bridge writes for other networks. */
static const char decoration[] = "*`_";

/* Brackets that stand around a name; in the first the name is always that of a person. */
static const char *const brackets[][2] = {{"<", ">"}, {"[", "]"}, {"(", ")"}, {"{", "}"},
	{"\u00AB", "\u00BB"}, {"\u2039", "\u203A"}, {"\u3010", "\u3011"}, {"\uFF1C", "\uFF1E"}};

/* A colon may follow, as in "<bob>: hi". Sets \p ret_pair to the kind of brackets. */
static bool split_brackets(const char *text, char ret_name[IRC_RELAY_NAME_SIZE],
	const char **ret_text, size_t *ret_pair)
{
	const char *name = text + strspn(text, decoration);
	for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++) {
		size_t open = strlen(brackets[i][0]);
		if (strncmp(name, brackets[i][0], open) != 0)
			continue;
		const char *close = strstr(name + open, brackets[i][1]);
		if (close == NULL)
			return false;
		const char *rest = close + strlen(brackets[i][1]);
		if (name > text)
			rest += strspn(rest, decoration);
		*ret_pair = i;
		return take(name + open, (size_t)(close - name) - open, rest + (*rest == ':'),
			ret_name, ret_text);
	}
	return false;
}

/* "nick: quote" is for us, not from someone who is called like us. */
static bool split_colon(const char *text, const char *nick, char ret_name[IRC_RELAY_NAME_SIZE],
	const char **ret_text)
{
	char name[IRC_RELAY_NAME_SIZE];
	const char *colon = strstr(text, ": ");
	if (colon == NULL || !take(text, (size_t)(colon - text), colon + 1, name, ret_text) ||
		irc_nick_equal(name, nick))
		return false;
	memcpy(ret_name, name, sizeof name);
	return true;
}

bool irc_relay_split(const char *text, const char *nick, char ret_name[IRC_RELAY_NAME_SIZE],
	const char **ret_text)
{
	bool more = true;
	*ret_text = text;
	while (more) {
		const char *rest;
		size_t pair = 0;
		bool bracketed = split_brackets(*ret_text, ret_name, &rest, &pair);
		if (!bracketed && !split_colon(*ret_text, nick, ret_name, &rest))
			break;
		*ret_text = rest;
		/* "<bob>" is always the person; "[irc]" can be the network that bob is on. */
		more = bracketed && pair > 0;
	}
	return *ret_text > text;
}
