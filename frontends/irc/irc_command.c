#include "frontends/irc/irc_command.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* Returns the text after "nick:" or "nick,", or NULL if it begins with neither. */
static const char *after_nick(const char *text, const char *nick)
{
	size_t length = strcspn(text, ":, ");
	if (length == 0 || length != strlen(nick) || (text[length] != ':' && text[length] != ','))
		return NULL;
	char *name = mem_strndup(text, length);
	bool ours = irc_nick_equal(name, nick);
	free(name);
	return ours ? skip_blanks(text + length + 1) : NULL;
}

static enum irc_command word_of(const char *text, const char **ret_argument)
{
	static const struct {
		const char *word;
		enum irc_command command;
	} words[] = {
		{"quote", IRC_COMMAND_QUOTE},
		{"today", IRC_COMMAND_TODAY},
		{"qotd", IRC_COMMAND_TODAY},
		{"search", IRC_COMMAND_SEARCH},
		{"help", IRC_COMMAND_HELP},
	};
	size_t length = strcspn(text, " \t");
	*ret_argument = skip_blanks(text + length);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (length == strlen(words[i].word) &&
			strncasecmp(text, words[i].word, length) == 0)
			return words[i].command;
	}
	return IRC_COMMAND_NONE;
}

enum irc_command irc_command_parse(const char *text, const char *nick, const char *mark,
	bool is_private, const char **ret_argument)
{
	*ret_argument = "";
	text = skip_blanks(text);
	const char *rest = after_nick(text, nick);
	bool spoken_to = rest != NULL || is_private;
	if (rest != NULL)
		text = rest;
	size_t length = strlen(mark);
	if (length > 0 && strncmp(text, mark, length) == 0)
		return word_of(text + length, ret_argument);
	return spoken_to ? word_of(text, ret_argument) : IRC_COMMAND_NONE;
}
