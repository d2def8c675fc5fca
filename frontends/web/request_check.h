/** What must hold for a request before anything answers it (RFC 9112, stricter where it lets us).
 */
#ifndef QUOTED_FRONTENDS_WEB_REQUEST_CHECK_H
#define QUOTED_FRONTENDS_WEB_REQUEST_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/** Why a request is refused. */
enum request_fault {
	REQUEST_FAULT_NONE,
	REQUEST_FAULT_TARGET,        /* no path, or octets that no target has */
	REQUEST_FAULT_TARGET_LENGTH, /* over the limit */
	REQUEST_FAULT_HOST,          /* none, several, or no host name */
	REQUEST_FAULT_NAME,          /* a field name that is no token */
	REQUEST_FAULT_VALUE,         /* a control octet in a field's value */
	REQUEST_FAULT_FRAMING,       /* its end is in doubt: RFC 9112 section 6.3 */
	REQUEST_FAULT_CODING,        /* a transfer coding other than chunked */
	REQUEST_FAULT_BODY,          /* content, which nothing here takes */
};

/** Room for the longest path that can be a route, with its NUL. */
enum { REQUEST_CHECK_PATH_SIZE = 64 };

/** The header fields seen so far. All zero at first. */
struct request_check {
	enum request_fault fault; /* the first one found */
	unsigned hosts;
	unsigned lengths;
	unsigned codings;
	bool body;
};

/**
 * Checks the request target \p target as it stands in the request line, at most \p max_length
 * octets, and writes its path, still percent-encoded, without "http://host" and without the query.
 * A path that is longer than any route is written as "", which is none.
 */
enum request_fault request_check_target(
	const char *target, size_t max_length, char ret_path[REQUEST_CHECK_PATH_SIZE]);

/** Checks one header field; neither part need end in NUL. */
void request_check_field(struct request_check *check, const char *name, size_t name_length,
	const char *value, size_t value_length);

/** Returns the fault of the whole header, once every field was seen. */
enum request_fault request_check_end(const struct request_check *check, bool host_required);

/** Returns the status that refuses with \p fault, 200 for none, and in \p ret_detail why, for
 * people. */
unsigned request_check_status(enum request_fault fault, const char **ret_detail);

#endif
