#include "frontends/irc/answer/irc_layout.h"

#include <string.h>

#include "core/base/drawing.h"
#include "frontends/irc/connection/irc_channels.h"
#include "frontends/irc/connection/irc_nick.h"

enum {
	NICK_MAX = 32, /* octets of the longest nickname that the large networks allow */
	ID_ROOM = 15,  /* octets of " [0123456789ab]" */
};

struct quote_fit irc_layout_fit(const struct irc_options *options)
{
	char nick[IRC_NICK_SIZE];
	char who[NICK_MAX + 1] = {0};
	memset(who, 'x', NICK_MAX);
	/* The second alternative is our longest nickname, unless the wanted one is over 42 octets;
	 * irc_layout_lines() then sees to it. */
	irc_nick_alternative(options->nick, 2, nick);
	struct irc_reply reply = {
		.nick = nick, .user = options->username, .verb = "PRIVMSG", .target = who};
	size_t room = irc_reply_room(&reply);
	for (size_t i = 0; i < options->channels.count; i++) {
		char name[IRC_CHANNELS_NAME_SIZE];
		irc_channels_read(options->channels.items[i], name);
		reply.target = name;
		size_t here = irc_reply_room(&reply);
		room = here < room ? here : room;
	}
	return (struct quote_fit){.max_lines = (size_t)options->max_lines,
		.line_bytes = room > ID_ROOM ? room - ID_ROOM : 1,
		.fold = true};
}

static void write_text(
	const struct quote *quote, const struct irc_layout *layout, bool linked, struct buffer *out)
{
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote->id, id);
	if (layout->count > 1)
		buffer_format(out, "(%zu of %zu) ", layout->number, layout->count);
	buffer_append(out, quote->text, quote->length);
	buffer_add(out, " [");
	buffer_append(out, id, (size_t)layout->id_length);
	buffer_add(out, "]");
	if (linked)
		buffer_format(out, " %s", layout->link);
}

static bool add_lines(const struct irc_reply *reply, const struct buffer *text, size_t max_lines,
	struct strings *out)
{
	struct quote whole = {.text = text->data, .length = text->length};
	struct quote_fit fit = {
		.max_lines = max_lines, .line_bytes = irc_reply_room(reply), .fold = true};
	struct buffer lines = {0};
	bool fits = fit.line_bytes > 0 && render_quote(&whole, &fit, &lines) &&
		    irc_reply_lines(reply, lines.data, lines.length, out);
	buffer_finish(&lines);
	return fits;
}

bool irc_layout_lines(const struct irc_reply *reply, const struct quote *quote,
	const struct irc_layout *layout, size_t max_lines, struct strings *out)
{
	bool fits = false;
	if (drawing_is(quote->text, quote->length))
		return false;
	for (int linked = layout->link != NULL; linked >= 0 && !fits; linked--) {
		struct buffer text = {0};
		write_text(quote, layout, linked, &text);
		fits = add_lines(reply, &text, max_lines, out);
		buffer_finish(&text);
	}
	return fits;
}

static size_t skip_link(const char *text, size_t length)
{
	static const char *const schemes[] = {" https://", " http://"};
	const char *blank = memrchr(text, ' ', length);
	if (blank == NULL)
		return length;
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strncmp(blank, schemes[i], strlen(schemes[i])) == 0)
			return (size_t)(blank - text);
	return length;
}

size_t irc_layout_split(const char *text, char ret_id[QUOTE_ID_LENGTH + 1])
{
	size_t length = skip_link(text, strlen(text));
	const char *open = memrchr(text, '[', length);
	if (open == NULL || open == text || open[-1] != ' ' || text[length - 1] != ']')
		return 0;
	size_t letters = (size_t)(text + length - 1 - (open + 1));
	if (letters < QUOTE_ID_PREFIX_MIN || letters > QUOTE_ID_LENGTH)
		return 0;
	memcpy(ret_id, open + 1, letters);
	ret_id[letters] = '\0';
	return (size_t)(open - 1 - text);
}
