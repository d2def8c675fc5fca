/** The header fields of a message, as a list. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_HEADERS_H
#define QUOTED_FRONTENDS_MAIL_MAIL_HEADERS_H

#include <stddef.h>

/** One field of a header. */
struct mail_header {
	char *name;
	char *value; /* unfolded, blanks around it removed, encoded words as they are */
};

/** All zero is the empty list. Owns its items; they are in the order of the message. */
struct mail_headers {
	struct mail_header *items;
	size_t count;
};

/** Appends a field: \p value as it stands in the message, which is unfolded here (RFC 5322 2.2.3).
 */
void mail_headers_add(struct mail_headers *headers, const char *name, const char *value);

/** Returns the value of the first field called \p name in any case, NULL where there is none. */
const char *mail_headers_find(const struct mail_headers *headers, const char *name);

/** Frees all; the list is empty afterwards. */
void mail_headers_finish(struct mail_headers *headers);

#endif
