#include "frontends/irc/message/irc_mask.h"

#include <string.h>

#include "frontends/irc/connection/irc_nick.h"

static const char by_account[] = "account:";

static bool is_same(char pattern, char c)
{
	const char a[] = {pattern, '\0'};
	const char b[] = {c, '\0'};
	return pattern == '?' || irc_nick_equal(a, b);
}

/* Goes back to the last '*' only, so it takes at most the product of both lengths. */
static bool matches(const char *pattern, const char *text)
{
	const char *star = NULL;
	const char *tried = NULL;
	while (*text != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			tried = text;
		} else if (*pattern != '\0' && is_same(*pattern, *text)) {
			pattern++;
			text++;
		} else if (star != NULL) {
			pattern = star;
			text = ++tried;
		} else {
			return false;
		}
	}
	return pattern[strspn(pattern, "*")] == '\0';
}

bool irc_mask_matches(const char *mask, const char *origin, const char *account)
{
	char nick[IRC_NICK_SIZE];
	if (strncmp(mask, by_account, strlen(by_account)) == 0)
		return account != NULL && irc_nick_equal(mask + strlen(by_account), account);
	if (strchr(mask, '!') != NULL)
		return matches(mask, origin);
	if (strchr(mask, '@') != NULL)
		return matches(mask, irc_nick_host(origin));
	irc_nick_of(origin, nick);
	return matches(mask, nick);
}

bool irc_mask_any(const struct strings *masks, const char *origin, const char *account)
{
	for (size_t i = 0; i < masks->count; i++)
		if (irc_mask_matches(masks->items[i], origin, account))
			return true;
	return false;
}

bool irc_mask_check(const char *text, struct error *reterr)
{
	const char *name = text;
	if (strncmp(text, by_account, strlen(by_account)) == 0)
		name += strlen(by_account);
	if (irc_nick_is_word(name))
		return true;
	error_set(reterr,
		"'%s' is not a mask; write it as \"nick!user@host\" with * and ?, or as "
		"\"account:NAME\"",
		text);
	return false;
}
