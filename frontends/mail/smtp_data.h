/** What follows DATA: dots removed, its end found, its line ends checked (RFC 5321 4.5.2). */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_DATA_H
#define QUOTED_FRONTENDS_MAIL_SMTP_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

enum { SMTP_DATA_LINE_MAX = 1000 /* octets of a text line with its CRLF, RFC 5321 4.5.3.1.6 */ };

enum smtp_data_fault {
	SMTP_DATA_FAULT_NONE,
	SMTP_DATA_FAULT_LINE_END, /* a CR or LF that is not part of a CRLF: smuggling */
	SMTP_DATA_FAULT_NUL,
	SMTP_DATA_FAULT_LINE_LENGTH,
};

/** A reader of one message; all zero to begin with. */
struct smtp_data {
	enum smtp_data_fault fault; /* the first that was met */
	size_t size;                /* octets of the message so far, without added dots */
	size_t column;              /* octets of the line so far */
	bool cr;                    /* the last octet was a CR */
	bool dot;                   /* the line so far is a dot, which is not counted yet */
	bool done;
};

/**
 * Reads \p length octets of \p data up to the end of the message, and no further; only CRLF.CRLF is
 * the end. Appends the text to \p out while that holds less than \p keep octets; the rest is
 * counted and dropped, as is everything once a fault was met. Sets data->done at the end. Returns
 * how many octets were read.
 */
size_t smtp_data_feed(
	struct smtp_data *reader, const char *data, size_t length, size_t keep, struct buffer *out);

#endif
