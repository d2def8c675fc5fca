/** Lines from an IRC server (RFC 2812 2.3.1): cuts them from the stream, checks them and formats
 * them for the library. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_LINE_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

enum {
	IRC_LINE_PARAMS = 15,        /* per line; the last one takes the rest */
	IRC_LINE_BODY = 1000,        /* octets after the tags; over 1,021 the library stalls */
	IRC_LINE_TAGS = 8192,        /* octets of tags with their '@' and blank (IRCv3) */
	IRC_LINE_PARAMS_PASSED = 10, /* the library has room for no more */
};

/** A parsed line, which points into its text. */
struct irc_line {
	const char *tags;    /* as they came, without the '@'; NULL: none */
	const char *prefix;  /* without the colon; NULL: none */
	const char *command; /* upper-case letters, or three digits */
	int code;            /* of a numeric, 1 to 999; 0: not a numeric */
	const char *params[IRC_LINE_PARAMS];
	size_t count;
	/** The library may see it: a numeric, JOIN, KICK, NICK or PART. A PRIVMSG needs none of the
	 * library's state, and so is parsed only once. */
	bool passed;
};

/**
 * Parses \p length octets of \p text, without the line end, and modifies them; text[length] must be
 * writable. Returns false if no client should act on the line: it has a NUL, CR or LF, a body over
 * IRC_LINE_BODY, an empty prefix, no valid command, or it is a numeric or a known command without
 * the prefix or the parameters that it must have.
 */
bool irc_line_parse(char *text, size_t length, struct irc_line *ret_line);

/**
 * Copies the value of the tag \p key, unescaped and cut to \p size octets with its NUL (IRCv3
 * message tags). Returns false, with "", if the line does not have it or it is empty.
 */
bool irc_line_tag(const struct irc_line *line, const char *key, char *ret_value, size_t size);

/** Returns whether the server says that a bot has sent the line (IRCv3 bot mode). */
bool irc_line_is_by_bot(const struct irc_line *line);

/** Reads when the server sent the line, from its tag "time" (IRCv3 server-time), in seconds since
 * 1970. Returns false if it does not say. */
bool irc_line_time(const struct irc_line *line, double *ret_seconds);

/** Returns whether the words of an ERROR say that the server does not want us back soon: we are
 * banned, connect too often, or would have to log in. */
bool irc_line_is_refusal(const char *words);

/** Returns whether the line is a numeric that says so: 463 (host not wanted), 464 (wrong
 * password), 465, 466 (banned). */
bool irc_line_is_ban(const struct irc_line *line);

/** Appends the line with single blanks, its first IRC_LINE_PARAMS_PASSED parameters, and CRLF. */
void irc_line_format(const struct irc_line *line, struct buffer *out);

/** Cuts a stream into lines, in bounded memory; all zero to begin with. */
struct irc_framing {
	struct buffer data;
	size_t taken;    /* octets of data already returned */
	bool discarding; /* skips the rest of an over-long line, up to its LF */
};

/** Adds received octets. Before adding more, call irc_framing_next() until it returns false. */
void irc_framing_append(struct irc_framing *framing, const char *data, size_t length);

/**
 * Gives the next line without its LF or CRLF; the caller may modify it until the next call. Skips
 * lines over IRC_LINE_TAGS + IRC_LINE_BODY octets. Returns false if no line is complete.
 */
bool irc_framing_next(struct irc_framing *framing, char **ret_text, size_t *ret_length);

/** Frees its memory and leaves it empty. */
void irc_framing_finish(struct irc_framing *framing);

#endif
