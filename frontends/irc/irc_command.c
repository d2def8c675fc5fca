#include "frontends/irc/irc_command.h"

#include <string.h>

#include "frontends/irc/connection/irc_nick.h"
#include "frontends/keeper/ask.h"

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* Returns the octets of a character of ASCII, or of its full-width form (U+FF01 to U+FF5E), which
 * input methods for Chinese and Japanese write; 0: the text does not begin with it. */
static size_t skip_sign(const char *text, char sign)
{
	enum { SIX_BITS = 64 };
	int place = sign - ' ';
	const char wide[] = {
		'\xef', (char)(0xbc + place / SIX_BITS), (char)(0x80 + place % SIX_BITS), '\0'};
	if (*text == sign)
		return 1;
	return strncmp(text, wide, strlen(wide)) == 0 ? strlen(wide) : 0;
}

static size_t skip_prefix(const char *text, const char *mark)
{
	size_t length = strlen(mark);
	if (length == 1)
		return skip_sign(text, *mark);
	return strncmp(text, mark, length) == 0 ? length : 0;
}

/* Returns the octets of the sign between a name and what is said to it. */
static size_t skip_mark(const char *text)
{
	static const char *const others[] = {"- ", "\u2013", "\u2014", "\u060C", "\u3001"};
	for (const char *sign = ":,;>"; *sign != '\0'; sign++)
		if (skip_sign(text, *sign) > 0)
			return skip_sign(text, *sign);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (strncmp(text, others[i], strlen(others[i])) == 0)
			return strlen(others[i]);
	return 0;
}

/* Returns the text after "nick:", "nick,", "nick -", "@nick", or "nick" if a blank and the prefix
 * follow; NULL if it begins with none of them. */
static const char *after_nick(const char *text, const char *nick, const char *prefix)
{
	size_t called = skip_sign(text, '@');
	if (*nick == '\0' || !irc_nick_begins(text + called, nick))
		return NULL;
	text += called + strlen(nick);
	const char *rest = skip_blanks(text);
	size_t marked = skip_mark(rest);
	bool apart = rest > text && (called > 0 || skip_prefix(rest, prefix) > 0);
	return marked > 0 || apart ? skip_blanks(rest + marked) : NULL;
}

static const char *const usages[IRC_COMMAND_COUNT] = {
	[IRC_COMMAND_NONE] = "",
	[IRC_COMMAND_QUOTE] = "quote [ID or WORDS]",
	[IRC_COMMAND_TODAY] = "today",
	[IRC_COMMAND_SEARCH] = "search WORDS",
	[IRC_COMMAND_MORE] = "more",
	[IRC_COMMAND_FORTUNE] = "fortune [COLLECTION]",
	[IRC_COMMAND_ID] = "id",
	[IRC_COMMAND_BY] = "by AUTHOR",
	[IRC_COMMAND_HELP] = "help",
	[IRC_COMMAND_IGNORE] = "ignore MASK",
	[IRC_COMMAND_JOIN] = "join #CHANNEL [KEY]",
	[IRC_COMMAND_PART] = "part [#CHANNEL]",
	[IRC_COMMAND_RELOAD] = "reload",
};

/* The word is in small letters of ASCII. */
static bool is_word(const char *text, size_t length, const char *word, size_t word_length)
{
	const char *end = text + length;
	for (size_t i = 0; i < word_length; i++) {
		size_t letter = text < end ? skip_sign(text, word[i]) : 0;
		if (letter == 0 && text < end)
			letter = skip_sign(text, (char)(word[i] - ('a' - 'A')));
		if (letter == 0)
			return false;
		text += letter;
	}
	return text == end;
}

enum irc_command irc_command_find(const char *word, size_t length)
{
	static const char synonym[] = "qotd";
	if (is_word(word, length, synonym, strlen(synonym)))
		return IRC_COMMAND_TODAY;
	for (int i = IRC_COMMAND_NONE + 1; i < IRC_COMMAND_COUNT; i++)
		if (is_word(word, length, usages[i], strcspn(usages[i], " ")))
			return (enum irc_command)i;
	return IRC_COMMAND_NONE;
}

bool irc_command_is_for_admins(enum irc_command command)
{
	return command >= IRC_COMMAND_IGNORE;
}

const char *irc_command_usage(enum irc_command command)
{
	return usages[command];
}

/* Returns the length without the "!" or "..." of someone who ends a sentence. */
static size_t without_stops(const char *text, size_t length)
{
	static const char *const stops[] = {".", ",", ":", ";", "!", "?", "\uFF0E", "\uFF0C",
		"\uFF01", "\uFF1F", "\u3002", "\u2026"};
	for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
		size_t stop = strlen(stops[i]);
		if (length >= stop && memcmp(text + length - stop, stops[i], stop) == 0)
			return without_stops(text, length - stop);
	}
	return length;
}

static enum irc_command word_of(const char *text, const char **ret_argument)
{
	size_t length = strcspn(text, " \t");
	*ret_argument = skip_blanks(text + length);
	bool says_nothing = ask_says_nothing(*ret_argument);
	if (says_nothing)
		length = without_stops(text, length);
	enum irc_command command = irc_command_find(text, length);
	bool needs_none = command == IRC_COMMAND_QUOTE || command == IRC_COMMAND_FORTUNE;
	if (says_nothing && needs_none)
		*ret_argument = "";
	return command;
}

enum irc_command irc_command_parse(const char *text, const char *nick, const char *mark,
	bool is_private, const char **ret_argument)
{
	*ret_argument = "";
	text = skip_blanks(text);
	const char *rest = after_nick(text, nick, mark);
	bool spoken_to = rest != NULL || is_private;
	if (rest != NULL)
		text = rest;
	size_t length = skip_prefix(text, mark);
	if (length > 0)
		return word_of(text + length, ret_argument);
	return spoken_to ? word_of(text, ret_argument) : IRC_COMMAND_NONE;
}
