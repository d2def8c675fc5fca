/** Reads and composes messages; the owner of GMime. Use it from one thread only. */
#ifndef QUOTED_FRONTENDS_MAIL_MIME_H
#define QUOTED_FRONTENDS_MAIL_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "core/base/buffer.h"
#include "frontends/mail/mail_headers.h"

/** An answer to compose; every string is borrowed. */
struct mime_answer {
	const char *from_name; /* of the service, UTF-8 */
	const char *from_address;
	const char *to_address;
	const char *message_id;  /* of the answer, without its angle brackets */
	const char *subject;     /* of the message answered, not decoded; NULL: none */
	const char *in_reply_to; /* its Message-ID field; NULL: none */
	const char *references;  /* its References field; NULL: none */
	const char *text;        /* the body, UTF-8, lines end in LF */
	const char *html;        /* the same as HTML; NULL: none */
	time_t date;
};

/**
 * Adds the header fields of the message \p text to \p headers. Returns false, having added none, if
 * the empty line after them is missing or if a line before it is not part of a field.
 */
bool mime_read_headers(const char *text, size_t length, struct mail_headers *headers);

/** Returns a text field without its encoded words (RFC 2047), in any charset that iconv knows, as
 * valid UTF-8; the caller's to free. */
char *mime_decode(const char *field);

/**
 * Returns the first line that is not blank of the first text/plain part of the message \p text, of
 * which the end may be missing, as valid UTF-8; the caller's to free. NULL if there is none.
 */
char *mime_first_line(const char *text, size_t length);

/** Appends UTF-8 as character data of HTML, safe in an attribute too. */
void mime_escape(const char *text, size_t length, struct buffer *out);

/** Returns the first message identifier of a field, with its angle brackets; the caller's to free.
 * NULL if there is none, or if it is over 250 octets or not printable ASCII. */
char *mime_message_id(const char *field);

/**
 * Returns the answer as RFC 3834 3 describes it, with CRLF line ends: \p ret_length octets and a
 * NUL, the caller's to free. The body is text/plain in UTF-8, or multipart/alternative if there is
 * HTML too; each part is quoted-printable unless it is ASCII with lines of at most 900 octets.
 */
char *mime_compose(const struct mime_answer *answer, size_t *ret_length);

#endif
