#include "frontends/shell/shell_target.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 5 };

static bool parse_port(const char *text, uint16_t *ret_port)
{
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > DIGITS_MAX || text[digits] != '\0')
		return false;
	unsigned long port = strtoul(text, NULL, 10);
	*ret_port = (uint16_t)port;
	return port > 0 && port <= UINT16_MAX;
}

static bool set_host(struct shell_target *target, const char *host, size_t length)
{
	if (length == 0 || length >= sizeof target->host)
		return false;
	memcpy(target->host, host, length);
	target->host[length] = '\0';
	return true;
}

/* What is between brackets, or the only colon, ends the host. */
static bool parse(const char *text, struct shell_target *target)
{
	const char *colon = strchr(text, ':');
	size_t length = strlen(text);
	if (text[0] == '[') {
		const char *end = strchr(text, ']');
		if (end == NULL || (end[1] != '\0' && end[1] != ':'))
			return false;
		text++;
		length = (size_t)(end - text);
		colon = end[1] == ':' ? end + 1 : NULL;
		if (memchr(text, ':', length) == NULL)
			return false;
	} else if (colon != NULL && strchr(colon + 1, ':') != NULL) {
		colon = NULL; /* an IPv6 address without brackets */
	} else if (colon != NULL) {
		length = (size_t)(colon - text);
	}
	if (colon != NULL) {
		target->ports[1] = 0;
		if (!parse_port(colon + 1, &target->ports[0]))
			return false;
	}
	return set_host(target, text, length);
}

bool shell_target_parse(const char *text, struct shell_target *ret_target, struct error *reterr)
{
	*ret_target = (struct shell_target){
		.ports = {SHELL_TARGET_STANDARD, SHELL_TARGET_DEFAULT},
	};
	if (parse(text != NULL ? text : "localhost", ret_target))
		return true;
	error_set(reterr,
		"'%s' is not a server; write HOST, HOST:PORT or [IPV6]:PORT, with a port from 1 to "
		"65535",
		text);
	return false;
}

void shell_target_format(const struct shell_target *target, struct buffer *out)
{
	bool bracketed = target->ports[1] == 0 && strchr(target->host, ':') != NULL;
	buffer_format(out, bracketed ? "[%s]" : "%s", target->host);
	if (target->ports[1] == 0)
		buffer_format(out, ":%u", target->ports[0]);
	else
		buffer_format(out, ", ports %u and %u", target->ports[0], target->ports[1]);
}
