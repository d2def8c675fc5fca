#include "frontends/kit/host_port.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 5 };

bool host_port_split(const char *text, char ret_host[HOST_PORT_HOST_SIZE], const char **ret_port)
{
	bool bracketed = *text == '[';
	const char *host = text + bracketed;
	const char *colon = strchr(text, ':');
	size_t length = strcspn(host, bracketed ? "]" : ":");
	if (!bracketed && colon != NULL && strchr(colon + 1, ':') != NULL)
		length = strlen(host);
	const char *end = host + length;
	if (length == 0 || length >= HOST_PORT_HOST_SIZE || (bracketed && *end++ != ']') ||
		(*end != '\0' && *end != ':'))
		return false;
	memcpy(ret_host, host, length);
	ret_host[length] = '\0';
	*ret_port = *end == ':' ? end + 1 : NULL;
	return true;
}

bool host_port_read(const char *text, uint16_t *ret_port)
{
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > DIGITS_MAX || text[digits] != '\0')
		return false;
	unsigned long port = strtoul(text, NULL, 10);
	*ret_port = (uint16_t)port;
	return port <= UINT16_MAX;
}

bool host_port_parse(const char *text, struct host_port *ret_target)
{
	const char *port;
	*ret_target = (struct host_port){.port = 0};
	return host_port_split(text, ret_target->host, &port) &&
	       (port == NULL || (host_port_read(port, &ret_target->port) && ret_target->port > 0));
}
