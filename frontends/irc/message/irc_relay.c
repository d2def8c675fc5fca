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

/* A colon may follow, as in "<bob>: hi". */
static bool split_brackets(
	const char *text, char ret_name[IRC_RELAY_NAME_SIZE], const char **ret_text)
{
	static const char opening[] = "<[(";
	static const char closing[] = ">])";
	const char *open = *text != '\0' ? strchr(opening, *text) : NULL;
	const char *close = open != NULL ? strchr(text, closing[open - opening]) : NULL;
	if (close == NULL)
		return false;
	return take(text + 1, (size_t)(close - text - 1), close + 1 + (close[1] == ':'), ret_name,
		ret_text);
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
	const char *rest;
	const char *inner;
	bool bracketed = split_brackets(text, ret_name, &rest);
	if (!bracketed && !split_colon(text, nick, ret_name, &rest)) {
		*ret_text = text;
		return false;
	}
	*ret_text = rest;
	/* "<bob>" is always the person; "[irc]" can be the network that bob is on. */
	if (!bracketed || *text == '<')
		return true;
	if (strchr("<[", *rest) != NULL ? split_brackets(rest, ret_name, &inner)
					: split_colon(rest, nick, ret_name, &inner))
		*ret_text = inner;
	return true;
}
