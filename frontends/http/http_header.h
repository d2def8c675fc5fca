/** Collects the header of a request, field by field, and finds what is wrong with it. Pure. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_HEADER_H
#define QUOTED_FRONTENDS_HTTP_HTTP_HEADER_H

#include "core/base/buffer.h"
#include "frontends/http/forwarded.h"
#include "frontends/http/http_request.h"

/** The fields so far. At first, all but the request and max_content is zero. */
struct http_header {
	struct http_request *request; /* gets the fields that it has a member for */
	struct request_check check;
	struct forwarded_fields forwarded;
	struct buffer lists[2]; /* X-Forwarded-For and Forwarded, if repeated */
	size_t max_content;     /* octets that are taken; 0: none */
	size_t count;
	const char *end; /* of the last value */
};

/** Takes the next field. Its strings stand in the text of the header, where a parser has ended them
 * with NULs, and taken each NUL of the client for an end too. They are borrowed. */
void http_header_add(struct http_header *header, const char *name, size_t name_length,
	const char *value, size_t value_length);

/** Returns the first fault of the header, whose text ends at \p end. */
enum request_fault http_header_end(struct http_header *header, const char *end);

/** Frees what header->forwarded may refer to. */
void http_header_finish(struct http_header *header);

#endif
