/** Assembles command lines from octets; only CRLF ends a line (RFC 5321 2.3.8, 4.5.3.1.4). */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SMTP_LINE_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SMTP_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum { SMTP_LINE_MAX = 512 /* octets of a command line with its CRLF */ };

enum smtp_line_event {
	SMTP_LINE_EVENT_MORE,     /* the line is not complete yet */
	SMTP_LINE_EVENT_WHOLE,    /* complete: see text */
	SMTP_LINE_EVENT_TOO_LONG, /* complete, but over SMTP_LINE_MAX; dropped */
	SMTP_LINE_EVENT_CONTROL,  /* complete, but has a control character, such as a bare CR */
	SMTP_LINE_EVENT_BARE_LF,  /* the end of the line is in doubt: close the session */
};

/** A line being received; all zero to begin with. */
struct smtp_line {
	char text[SMTP_LINE_MAX]; /* if WHOLE: without CRLF and trailing blanks, ended by a NUL */
	size_t length;            /* of the line so far, at most SMTP_LINE_MAX */
	bool cr;                  /* the last octet was a CR, which is not in text yet */
};

/** Adds the next octet; the one after the end of a line begins the next line. */
enum smtp_line_event smtp_line_take(struct smtp_line *line, char c);

#endif
