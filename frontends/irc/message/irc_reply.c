#include "frontends/irc/message/irc_reply.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"

enum { LINE = 512, HOST = 63 };

size_t irc_reply_room(const struct irc_reply *reply)
{
	size_t mask = reply->shown != NULL ? strlen(reply->shown)
					   : strlen("~@") + strlen(reply->user) + HOST;
	size_t around = strlen(":!   :\r\n") + strlen(reply->nick) + mask + strlen(reply->verb) +
			strlen(reply->target);
	return around < LINE ? LINE - around : 0;
}

size_t irc_reply_cut(const char *text, size_t length, size_t room)
{
	if (length <= room)
		return length;
	size_t cut = room;
	/* A code point has at most three continuation octets; text with more is not UTF-8. */
	for (int i = 0; i < 3 && cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80; i++)
		cut--;
	return cut > 0 ? cut : room;
}

static void add_line(
	const struct irc_reply *reply, const char *text, size_t length, struct strings *out)
{
	char *clean = mem_strndup(text, length);
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\r' || text[i] == '\0')
			clean[i] = ' ';
		else
			clean[i] = text[i];
	}
	char *line = mem_format("%s %s :%s", reply->verb, reply->target, clean);
	strings_add(out, line);
	free(line);
	free(clean);
}

bool irc_reply_lines(
	const struct irc_reply *reply, const char *text, size_t length, struct strings *out)
{
	size_t room = irc_reply_room(reply);
	if (room == 0 || !irc_nick_is_word(reply->target))
		return false;
	while (length > 0) {
		const char *lf = memchr(text, '\n', length);
		size_t line = lf != NULL ? (size_t)(lf - text) : length;
		if (line > 0)
			add_line(reply, text, irc_reply_cut(text, line, room), out);
		line += lf != NULL;
		text += line;
		length -= line;
	}
	return true;
}
