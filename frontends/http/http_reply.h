/** The answer to an HTTP request: status, header fields and content. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_REPLY_H
#define QUOTED_FRONTENDS_HTTP_HTTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

enum { HTTP_REPLY_FIELDS_MAX = 8 };

/** Both strings are static or outlive the reply. */
struct http_reply_field {
	const char *name;
	const char *value;
};

/** All zero at first. Owns its content, which is there for HEAD too, to give its length. */
struct http_reply {
	unsigned status;
	bool close; /* the connection after it */
	struct http_reply_field fields[HTTP_REPLY_FIELDS_MAX];
	size_t field_count;
	struct buffer content;
};

/** Adds a header field; drops one more than HTTP_REPLY_FIELDS_MAX. */
void http_reply_add(struct http_reply *reply, const char *name, const char *value);

#endif
