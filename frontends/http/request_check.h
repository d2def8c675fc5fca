/** Checks requests before anything answers them (RFC 9112, stricter if it leaves the choice). Pure.
 */
#ifndef QUOTED_FRONTENDS_HTTP_REQUEST_CHECK_H
#define QUOTED_FRONTENDS_HTTP_REQUEST_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/http/request_path.h"

/** Why a request is refused. */
enum request_fault {
	REQUEST_FAULT_NONE,
	REQUEST_FAULT_TARGET,        /* it is not a path, or has octets that it may not have */
	REQUEST_FAULT_TARGET_LENGTH, /* over the limit */
	REQUEST_FAULT_HEADER_LENGTH, /* over the limit */
	REQUEST_FAULT_HOST,          /* missing, repeated or not a host name */
	REQUEST_FAULT_NAME,          /* of a field: not a token */
	REQUEST_FAULT_VALUE,         /* of a field: it has a control character, or is folded */
	REQUEST_FAULT_FRAMING,       /* where it ends is unclear: RFC 9112 section 6.3 */
	REQUEST_FAULT_CODING,        /* a transfer coding other than chunked */
	REQUEST_FAULT_BODY,          /* content where none is taken, or more than is taken */
	REQUEST_FAULT_NO_LENGTH,     /* content that does not say how long it is */
	REQUEST_FAULT_TOO_MANY,      /* requests from its network */
};

/** The header fields so far. All zero at first. */
struct request_check {
	enum request_fault fault; /* the first one found */
	unsigned hosts;
	unsigned lengths;
	unsigned codings;
	size_t length; /* of the content, if it says that */
};

/**
 * Checks the target of the request line, which may have \p max_length octets, and sets \p ret_path
 * to its path, as request_path_decode() does, without "http://host" and the query; "" if that
 * cannot be decoded, or if there is a fault other than the length. Letters other than ASCII need no
 * escapes if they are UTF-8, as programs such as curl send what was typed.
 */
enum request_fault request_check_target(const char *target, size_t max_length,
	char ret_path[REQUEST_PATH_SIZE], bool *ret_improper);

/**
 * Checks what a parser left between two strings of a header, which it ended in place: blanks, and
 * at most \p ends NULs that it wrote there. Anything else was behind a NUL that the client sent.
 */
void request_check_gap(struct request_check *check, const char *from, const char *to, size_t ends);

/** Returns whether \p text is a host (RFC 3986 section 3.2.2) and not empty; a port may follow. */
bool request_check_host(const char *text, size_t length);

/** Checks one header field; neither name nor value needs to end in NUL. */
void request_check_field(struct request_check *check, const char *name, size_t name_length,
	const char *value, size_t value_length);

/** Returns the first fault of the header, after its last field. \p host_required if it is HTTP/1.1;
 * in HTTP/1.0 a transfer coding is a fault (RFC 9112 section 6.1). \p max_content octets of content
 * are taken, 0: none. */
enum request_fault request_check_end(
	const struct request_check *check, bool host_required, size_t max_content);

/** Returns the status for \p fault, 200 for none, and sets \p ret_detail to a sentence for people,
 * "" for none; it is static. */
unsigned request_check_status(enum request_fault fault, const char **ret_detail);

#endif
