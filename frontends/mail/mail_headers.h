/** The header fields of a message, as a list. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_HEADERS_H
#define QUOTED_FRONTENDS_MAIL_MAIL_HEADERS_H

#include <stddef.h>

/** One header field. */
struct mail_header {
	char *name;
	char *value; /* unfolded and without blanks around it; encoded words are kept */
};

/** A list that owns its items, in the order of the message; all zero is empty. */
struct mail_headers {
	struct mail_header *items;
	size_t count;
};

/** Appends a field; \p value is as in the message, and is unfolded here (RFC 5322 2.2.3). */
void mail_headers_add(struct mail_headers *headers, const char *name, const char *value);

/** Returns the value of the first field called \p name, ignoring case, or NULL if there is none. */
const char *mail_headers_find(const struct mail_headers *headers, const char *name);

/** Frees the items and leaves the list empty. */
void mail_headers_finish(struct mail_headers *headers);

#endif
