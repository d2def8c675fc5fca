/** Reads messages; with mime_words and mime_compose the owner of GMime. Use all from one thread
 * only. */
#ifndef QUOTED_FRONTENDS_MAIL_MIME_H
#define QUOTED_FRONTENDS_MAIL_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/strings.h"
#include "frontends/mail/mail_headers.h"

/**
 * Adds the header fields of the message \p text to \p headers, those that begin with Content- last.
 * Leaves out Authentication-Results with a blank before the colon (RFC 5322 4.5), as programs that
 * remove forged ones may do so by name. Returns false, having added none, if the empty line after
 * them is missing, if a line before it is not part of a field, or if a field of addresses has a
 * domain literal and a comment without an end.
 */
bool mime_read_headers(const char *text, size_t length, struct mail_headers *headers);

/** Returns a text field without its encoded words (RFC 2047), in any charset that iconv knows, as
 * valid UTF-8; the caller's to free. */
char *mime_decode(const char *field);

/**
 * Returns the first line that is not blank of the first text/plain part of the message \p text, or
 * else of the first text/html part; the end of the message may be missing. Passes over what is
 * attached, and over lines that begin with '>', with what introduces them if that ends with a
 * colon. Text that flows is joined (RFC 3676). Returns valid UTF-8, the caller's to free; NULL if
 * there is none, if the message mentions more than 20 multiparts, or if anything in it looks like a
 * field of addresses that mime_read_headers() refuses.
 */
char *mime_first_line(const char *text, size_t length);

/** Appends UTF-8 as character data of HTML, safe in an attribute too. */
void mime_escape(const char *text, size_t length, struct buffer *out);

/** Returns the first message identifier of a field, with its angle brackets; the caller's to free.
 * NULL if there is none, or if it is over 250 octets or not printable ASCII. */
char *mime_message_id(const char *field);

/** Returns an identifier with angle brackets, as mime_message_id() does. */
char *mime_wrap_id(const char *id);

/** Appends the addresses of a field such as To, also those of groups, as they are written there
 * but without names and comments, and with domains in ASCII (RFC 5890 2.3.2.1); none of a field
 * that mime_read_headers() refuses. In a field without a colon, and so without a group, semicolons
 * count as commas. */
void mime_read_addresses(const char *field, struct strings *addresses);

#endif
