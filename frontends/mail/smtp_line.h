/** Octets to command lines: only CRLF ends one (RFC 5321 2.3.8, 4.5.3.1.4). */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_LINE_H
#define QUOTED_FRONTENDS_MAIL_SMTP_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum { SMTP_LINE_MAX = 512 /* octets of a command line with its CRLF */ };

enum smtp_line_event {
	SMTP_LINE_EVENT_MORE,     /* it is not whole yet */
	SMTP_LINE_EVENT_WHOLE,    /* see text */
	SMTP_LINE_EVENT_TOO_LONG, /* it is whole, and was dropped */
	SMTP_LINE_EVENT_CONTROL,  /* it is whole, with a NUL, a bare CR or another control octet */
	SMTP_LINE_EVENT_BARE_LF,  /* where a line ends is in doubt */
};

/** A line on its way in; all zero to begin with. */
struct smtp_line {
	char text[SMTP_LINE_MAX]; /* on WHOLE: without CRLF and blanks at the end, then a NUL */
	size_t length;            /* of the line so far; SMTP_LINE_MAX: too long, dropped */
	bool cr;                  /* the last octet was a CR, which is not in the text */
};

/** Takes the next octet; the one after a line's end begins another. */
enum smtp_line_event smtp_line_take(struct smtp_line *line, char c);

#endif
