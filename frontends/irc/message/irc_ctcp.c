#include "frontends/irc/message/irc_ctcp.h"

#include <string.h>
#include <strings.h>

enum { MARK = 1, PING_MAX = 100, TIME_SIZE = 64 };

bool irc_ctcp_is(const char *text)
{
	return *text == MARK;
}

/* The mark at the end may be missing. */
static bool is_request(const char *text, const char *name, const char **ret_rest)
{
	size_t length = strlen(name);
	if (strncasecmp(text + 1, name, length) != 0 || strchr("\1 ", text[1 + length]) == NULL)
		return false;
	*ret_rest = text + 1 + length;
	return true;
}

static bool answer_ping(const char *rest, struct buffer *out)
{
	size_t length = strcspn(rest, "\1");
	if (length > PING_MAX)
		return false;
	buffer_format(out, "\1PING%.*s\1", (int)length, rest);
	return true;
}

static bool answer_time(time_t now, struct buffer *out)
{
	char text[TIME_SIZE];
	struct tm utc;
	if (gmtime_r(&now, &utc) == NULL ||
		strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &utc) == 0)
		return false;
	buffer_format(out, "\1TIME %s\1", text);
	return true;
}

bool irc_ctcp_answer(const char *text, const char *contact, time_t now, struct buffer *out)
{
	const char *rest;
	if (!irc_ctcp_is(text))
		return false;
	if (is_request(text, "PING", &rest))
		return answer_ping(rest, out);
	if (is_request(text, "TIME", &rest))
		return answer_time(now, out);
	if (is_request(text, "VERSION", &rest))
		buffer_format(out, "\1VERSION quoted, a quote bot; contact: %s\1", contact);
	else if (is_request(text, "SOURCE", &rest))
		buffer_format(out, "\1SOURCE ask %s\1", contact);
	else if (is_request(text, "CLIENTINFO", &rest))
		buffer_add(out, "\1CLIENTINFO CLIENTINFO PING SOURCE TIME VERSION\1");
	else
		return false;
	return true;
}
