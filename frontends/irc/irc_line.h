/** One line from an IRC server (RFC 2812 2.3.1): cut from the stream, checked, and written anew. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_LINE_H
#define QUOTED_FRONTENDS_IRC_IRC_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

enum {
	IRC_LINE_PARAMS = 15,        /* of one line; the last one takes the rest */
	IRC_LINE_BODY = 1000,        /* octets after the tags; the library stalls over 1,021 */
	IRC_LINE_TAGS = 8192,        /* octets of tags with their '@' and blank (IRCv3) */
	IRC_LINE_PARAMS_PASSED = 10, /* what the library has room for */
};

/** A view into the text it was read from. */
struct irc_line {
	const char *prefix;  /* without the colon; NULL: none */
	const char *command; /* upper case letters, or three digits */
	int code;            /* of a numeric, 1 to 999; 0: a word */
	const char *params[IRC_LINE_PARAMS];
	size_t count;
};

/**
 * Reads \p text of \p length octets, without its line end; text[length] is writable, and all of it
 * is changed. Tags are passed over. Returns false for what no client should act on: an octet NUL,
 * CR or LF, a body over IRC_LINE_BODY, no command, a numeric without prefix or parameter, and a
 * known command without its prefix or with too few parameters.
 */
bool irc_line_parse(char *text, size_t length, struct irc_line *ret_line);

/**
 * Whether the library may see it: a numeric or one of the few commands we listen to, and no CTCP,
 * which it would answer by itself.
 */
bool irc_line_is_passed(const struct irc_line *line);

/** Appends the line with single blanks, at most IRC_LINE_PARAMS_PASSED parameters, and CRLF. */
void irc_line_format(const struct irc_line *line, struct buffer *out);

/** Cuts the stream into lines in bounded memory; all zero at first. */
struct irc_framing {
	struct buffer data;
	size_t taken;    /* octets of data already given out */
	bool discarding; /* the rest of an over-long line, up to its LF */
};

/** Adds what was read. Take every line with irc_framing_next before adding more. */
void irc_framing_append(struct irc_framing *framing, const char *data, size_t length);

/**
 * Gives the next line without LF or CRLF, its own to change, valid until the next call. A line over
 * IRC_LINE_TAGS + IRC_LINE_BODY octets is passed over. Returns false where no line is complete.
 */
bool irc_framing_next(struct irc_framing *framing, char **ret_text, size_t *ret_length);

/** Frees its memory; it is empty afterwards. */
void irc_framing_finish(struct irc_framing *framing);

#endif
