#include "frontends/irc/message/irc_reply.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"
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

static void add_line(
	const struct irc_reply *reply, const char *text, size_t length, struct strings *out)
{
	struct buffer line = {0};
	buffer_reserve(&line, LINE);
	buffer_add(&line, reply->verb);
	buffer_add(&line, " ");
	buffer_add(&line, reply->target);
	buffer_add(&line, " :");
	size_t start = line.length;
	buffer_append(&line, text, length);
	for (size_t i = start; i < line.length; i++)
		if (line.data[i] == '\r' || line.data[i] == '\0')
			line.data[i] = ' ';
	strings_add(out, line.data);
	buffer_finish(&line);
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
			add_line(reply, text, utf8_cut(text, line, room), out);
		line += lf != NULL;
		text += line;
		length -= line;
	}
	return true;
}
