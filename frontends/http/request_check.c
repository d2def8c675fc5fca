#include "frontends/http/request_check.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/utf8.h"

static bool is_alnum(unsigned char octet)
{
	return (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
	       (octet >= 'A' && octet <= 'Z');
}

static bool is_digit(unsigned char octet)
{
	return octet >= '0' && octet <= '9';
}

/* strchr() would also find the NUL of the set. */
static bool is_one_of(unsigned char octet, const char *set)
{
	return octet != '\0' && strchr(set, octet) != NULL;
}

/* RFC 9110 section 5.6.2. */
static bool is_token(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)text[i];
		if (!is_alnum(octet) && !is_one_of(octet, "!#$%&'*+-.^_`|~"))
			return false;
	}
	return length > 0;
}

static bool is_value(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)text[i];
		if ((octet < ' ' && octet != '\t') || octet == 0x7f)
			return false;
	}
	return true;
}

static bool is_port(const char *text, size_t length)
{
	for (size_t i = 1; i < length; i++) {
		if (!is_digit((unsigned char)text[i]))
			return false;
	}
	return length == 0 || (text[0] == ':' && length <= 6);
}

static size_t span(const char *text, size_t length, const char *marks)
{
	size_t i = 0;
	while (i < length &&
		(is_alnum((unsigned char)text[i]) || is_one_of((unsigned char)text[i], marks)))
		i++;
	return i;
}

bool request_check_host(const char *text, size_t length)
{
	if (length > 0 && text[0] == '[') {
		size_t end = 1 + span(text + 1, length - 1, ":.");
		return end > 1 && end < length && text[end] == ']' &&
		       is_port(text + end + 1, length - end - 1);
	}
	size_t end = span(text, length, "-._~%!$&'()*+,;=");
	return end > 0 && is_port(text + end, length - end);
}

static bool is_called(const char *name, size_t length, const char *wanted)
{
	return length == strlen(wanted) && strncasecmp(name, wanted, length) == 0;
}

static bool is_number(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!is_digit((unsigned char)text[i]))
			return false;
	}
	return length > 0 && length < 19;
}

static void note(struct request_check *check, enum request_fault fault)
{
	if (check->fault == REQUEST_FAULT_NONE)
		check->fault = fault;
}

static void on_content_length(struct request_check *check, const char *value, size_t length)
{
	check->lengths++;
	if (check->lengths > 1 || !is_number(value, length))
		note(check, REQUEST_FAULT_FRAMING);
	else
		check->length = strtoul(value, NULL, 10);
}

static void on_host(struct request_check *check, const char *value, size_t length)
{
	/* The library leaves blanks at the end, which a value does not have (RFC 9110, 5.5). */
	while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t'))
		length--;
	check->hosts++;
	if (check->hosts > 1 || !request_check_host(value, length))
		note(check, REQUEST_FAULT_HOST);
}

void request_check_field(struct request_check *check, const char *name, size_t name_length,
	const char *value, size_t value_length)
{
	if (!is_token(name, name_length))
		note(check, REQUEST_FAULT_NAME);
	if (!is_value(value, value_length))
		note(check, REQUEST_FAULT_VALUE);
	if (is_called(name, name_length, "host")) {
		on_host(check, value, value_length);
	} else if (is_called(name, name_length, "content-length")) {
		on_content_length(check, value, value_length);
	} else if (is_called(name, name_length, "transfer-encoding")) {
		check->codings++;
		if (check->codings > 1 || !is_called(value, value_length, "chunked"))
			note(check, REQUEST_FAULT_CODING);
	}
}

enum request_fault request_check_end(
	const struct request_check *check, bool host_required, size_t max_content)
{
	if (check->fault != REQUEST_FAULT_NONE)
		return check->fault;
	if (host_required && check->hosts == 0)
		return REQUEST_FAULT_HOST;
	if (check->codings > 0 && (check->lengths > 0 || !host_required))
		return REQUEST_FAULT_FRAMING;
	if (max_content > 0 && check->codings > 0)
		return REQUEST_FAULT_NO_LENGTH;
	return check->length > max_content || check->codings > 0 ? REQUEST_FAULT_BODY
								 : REQUEST_FAULT_NONE;
}

/* Returns what follows "http://" or "https://", or NULL if the target begins with neither. */
static const char *skip_scheme(const char *target)
{
	if (strncasecmp(target, "http://", 7) == 0)
		return target + 7;
	return strncasecmp(target, "https://", 8) == 0 ? target + 8 : NULL;
}

enum request_fault request_check_target(
	const char *target, size_t max_length, char ret_path[REQUEST_PATH_SIZE], bool *ret_improper)
{
	ret_path[0] = '\0';
	*ret_improper = false;
	size_t length = strlen(target);
	for (size_t i = 0; i < length; i++) {
		unsigned char octet = (unsigned char)target[i];
		if (octet <= ' ' || octet == 0x7f || octet == '#')
			return REQUEST_FAULT_TARGET;
	}
	if (!utf8_is_valid(target, length))
		return REQUEST_FAULT_TARGET;
	const char *path = target;
	const char *authority = skip_scheme(target);
	if (authority != NULL) {
		size_t host_length = strcspn(authority, "/?");
		if (!request_check_host(authority, host_length))
			return REQUEST_FAULT_TARGET;
		path = authority[host_length] == '/' ? authority + host_length : "/";
	}
	if (path[0] != '/' && strcmp(path, "*") != 0)
		return REQUEST_FAULT_TARGET;
	path = request_path_start(path);
	if (!request_path_decode(path, strcspn(path, "?"), ret_path, ret_improper))
		ret_path[0] = '\0';
	return length > max_length ? REQUEST_FAULT_TARGET_LENGTH : REQUEST_FAULT_NONE;
}

static bool is_gap(const char *from, const char *to, size_t ends)
{
	while (from < to && (*from == ' ' || *from == '\t'))
		from++;
	while (from < to && *from == '\0' && ends > 0)
		from++, ends--;
	while (from < to && (*from == ' ' || *from == '\t'))
		from++;
	return from == to;
}

void request_check_gap(struct request_check *check, const char *from, const char *to, size_t ends)
{
	if (!is_gap(from, to, ends))
		note(check, REQUEST_FAULT_VALUE);
}

unsigned request_check_status(enum request_fault fault, const char **ret_detail)
{
	*ret_detail = "";
	switch (fault) {
	case REQUEST_FAULT_NONE:
		return 200;
	case REQUEST_FAULT_TARGET:
		*ret_detail = "The request target is not a path in UTF-8.";
		return 400;
	case REQUEST_FAULT_TARGET_LENGTH:
		*ret_detail = "The request target is too long.";
		return 414;
	case REQUEST_FAULT_HEADER_LENGTH:
		*ret_detail =
			"The header is too long; send fewer or shorter fields, such as cookies.";
		return 431;
	case REQUEST_FAULT_HOST:
		*ret_detail = "The request must have one Host field with a valid host name.";
		return 400;
	case REQUEST_FAULT_NAME:
		*ret_detail = "The name of a header field contains an invalid character.";
		return 400;
	case REQUEST_FAULT_VALUE:
		*ret_detail = "A header field contains a control character or is folded; write it "
			      "in one line.";
		return 400;
	case REQUEST_FAULT_FRAMING:
		*ret_detail = "The end of the request is ambiguous.";
		return 400;
	case REQUEST_FAULT_CODING:
		*ret_detail = "The request has a transfer coding other than chunked.";
		return 400;
	case REQUEST_FAULT_BODY:
		*ret_detail = "There is more content than this address takes; send less, or none.";
		return 413;
	case REQUEST_FAULT_NO_LENGTH:
		*ret_detail = "Send the content with its length, in a Content-Length field.";
		return 411;
	case REQUEST_FAULT_TOO_MANY:
		*ret_detail = "Your network sends too many requests; wait a second.";
		return 429;
	}
	return 400;
}
