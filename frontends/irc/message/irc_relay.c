#include "frontends/irc/message/irc_relay.h"

#include <stddef.h>
#include <string.h>

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

static bool split_brackets(
	const char *text, char ret_name[IRC_RELAY_NAME_SIZE], const char **ret_text)
{
	const char end = *text == '<' ? '>' : ']';
	const char *close = *text == '<' || *text == '[' ? strchr(text, end) : NULL;
	if (close == NULL)
		return false;
	return take(text + 1, (size_t)(close - text - 1), close + 1, ret_name, ret_text);
}

bool irc_relay_split(const char *text, char ret_name[IRC_RELAY_NAME_SIZE], const char **ret_text)
{
	*ret_text = text;
	if (split_brackets(text, ret_name, ret_text)) {
		/* The first can be the network that the person is on. */
		split_brackets(*ret_text, ret_name, ret_text);
		return true;
	}
	size_t length = strcspn(text, ": ");
	return text[length] == ':' && text[length + 1] == ' ' &&
	       take(text, length, text + length + 1, ret_name, ret_text);
}
