/** Reads the text after DATA: removes added dots, finds its end and checks its lines (RFC 5321
 * 4.5.2). */
#ifndef QUOTED_FRONTENDS_MAIL_SMTP_SMTP_DATA_H
#define QUOTED_FRONTENDS_MAIL_SMTP_SMTP_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

enum { SMTP_DATA_LINE_MAX = 1000 /* octets of a text line with its CRLF, RFC 5321 4.5.3.1.6 */ };

enum smtp_data_fault {
	SMTP_DATA_FAULT_NONE,
	SMTP_DATA_FAULT_LINE_END, /* a CR or LF outside a CRLF, as smuggling needs */
	SMTP_DATA_FAULT_NUL,
	SMTP_DATA_FAULT_LINE_LENGTH,
};

/** A reader of one message; all zero to begin with. */
struct smtp_data {
	enum smtp_data_fault fault; /* the first one found */
	size_t size;                /* octets of the message so far, without added dots */
	size_t column;              /* octets of the line so far */
	bool cr;                    /* the last octet was a CR */
	bool dot;                   /* the line so far is a single dot, not counted yet */
	bool done;
};

/**
 * Reads up to \p length octets of \p data, to the end of the message at most; only CRLF.CRLF is its
 * end, and sets reader->done. Appends the text to \p out while that has less than \p keep octets;
 * counts and drops the rest, and everything after a fault. Returns how many octets were read.
 */
size_t smtp_data_feed(
	struct smtp_data *reader, const char *data, size_t length, size_t keep, struct buffer *out);

#endif
