/** Reading and composing messages; the owner of GMime. For one thread. */
#ifndef QUOTED_FRONTENDS_MAIL_MIME_H
#define QUOTED_FRONTENDS_MAIL_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "frontends/mail/mail_headers.h"

/** An answer to compose; every string is borrowed. */
struct mime_answer {
	const char *from_name; /* of the service, UTF-8 */
	const char *from_address;
	const char *to_address;
	const char *message_id;  /* of the answer, without its angle brackets */
	const char *subject;     /* of the message answered, as it stands there; NULL: none */
	const char *in_reply_to; /* its Message-ID as it stands there; NULL: none */
	const char *references;  /* its References as they stand there; NULL: none */
	const char *text;        /* the body, UTF-8, lines end in LF */
	time_t date;
};

/**
 * Adds the header fields of the message \p text to \p headers. False where the empty line that ends
 * a header is missing.
 */
bool mime_read_headers(const char *text, size_t length, struct mail_headers *headers);

/** Returns \p field, as it stands in a message, as its first message identifier with its angle
 * brackets, the caller's to free; NULL where it has none of up to 250 printable ASCII octets. */
char *mime_message_id(const char *field);

/**
 * Returns the message as RFC 3834 3 wants it, lines ended by CRLF, \p ret_length octets and a NUL;
 * the caller's to free. The body is text/plain in UTF-8, encoded unless it is ASCII in short lines.
 */
char *mime_compose(const struct mime_answer *answer, size_t *ret_length);

#endif
