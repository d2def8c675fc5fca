#include "frontends/irc/connection/irc_nick.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int fold(char c)
{
	if (c >= 'A' && c <= '^')
		return c + ('a' - 'A');
	return (unsigned char)c;
}

bool irc_nick_equal(const char *a, const char *b)
{
	while (*a != '\0' && fold(*a) == fold(*b)) {
		a++;
		b++;
	}
	return *a == *b;
}

bool irc_nick_begins(const char *text, const char *nick)
{
	while (*nick != '\0' && fold(*text) == fold(*nick)) {
		text++;
		nick++;
	}
	return *nick == '\0';
}

bool irc_nick_is_word(const char *text)
{
	if (*text == '\0' || *text == ':')
		return false;
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text <= ' ' || *text == 0x7f)
			return false;
	}
	return true;
}

bool irc_nick_is_valid(const char *text)
{
	static const char specials[] = "[]\\`_^{|}";
	for (size_t i = 0; text[i] != '\0'; i++) {
		unsigned char c = (unsigned char)text[i];
		bool can_begin = (c < 0x80 && isalpha(c)) || strchr(specials, c) != NULL;
		if (!can_begin && (i == 0 || (!isdigit(c) && c != '-')))
			return false;
	}
	return *text != '\0' && strlen(text) < IRC_NICK_SIZE;
}

bool irc_nick_is_of_services(const char *text)
{
	static const char *const names[] = {"BotServ", "ChanServ", "Global", "GroupServ",
		"HelpServ", "HostServ", "InfoServ", "MemoServ", "NickServ", "OperServ", "SaslServ",
		"StatServ"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (irc_nick_equal(text, names[i]))
			return true;
	return false;
}

bool irc_nick_is_listed(const char *list, const char *nick)
{
	char word[IRC_NICK_SIZE];
	while (*(list += strspn(list, ", ")) != '\0') {
		size_t length = strcspn(list, ", ");
		snprintf(word, sizeof word, "%.*s", (int)length, list);
		word[strcspn(word, "!")] = '\0';
		if (irc_nick_equal(word, nick))
			return true;
		list += length;
	}
	return false;
}

void irc_nick_of(const char *prefix, char ret_nick[IRC_NICK_SIZE])
{
	size_t length = strcspn(prefix, "!@");
	length = length < IRC_NICK_SIZE ? length : IRC_NICK_SIZE - 1;
	memcpy(ret_nick, prefix, length);
	ret_nick[length] = '\0';
}

const char *irc_nick_host(const char *prefix)
{
	const char *bang = strchr(prefix, '!');
	return bang != NULL ? bang + 1 : prefix;
}

void irc_nick_alternative(const char *wanted, unsigned attempt, char ret_nick[IRC_NICK_SIZE])
{
	if (attempt <= 2)
		snprintf(ret_nick, IRC_NICK_SIZE, "%.40s%.*s", wanted, (int)attempt, "__");
	else
		snprintf(ret_nick, IRC_NICK_SIZE, "%.6s%u", wanted, attempt % 1000);
}
