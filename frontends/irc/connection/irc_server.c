#include "frontends/irc/connection/irc_server.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"

static bool fail(struct error *reterr, const char *text, const char *reason)
{
	error_set(reterr, "'%s' %s", text, reason);
	return false;
}

/* Takes IPv6 addresses with their zone, which alone have colons and may be in brackets, and names
 * and addresses without. */
static bool is_host(const char *host, bool bracketed)
{
	char address[HOST_PORT_HOST_SIZE];
	struct in6_addr ignored;
	for (const char *c = host; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && strchr("-._:%", *c) == NULL)
			return false;
	if (strchr(host, ':') == NULL)
		return !bracketed;
	snprintf(address, sizeof address, "%.*s", (int)strcspn(host, "%"), host);
	return inet_pton(AF_INET6, address, &ignored) == 1;
}

static const char wrong_form[] = "is not a server; write \"irc.example.net\", "
				 "\"irc.example.net:6697\" or \"[2001:db8::1]:6697\"";

bool irc_server_parse(const char *text, struct host_port *ret_server, struct error *reterr)
{
	const char *port;
	if (strstr(text, "://") != NULL)
		return fail(reterr, text,
			"is a URL; write the host alone, as in \"irc.example.net\", and the "
			"channels in channels");
	if (strpbrk(text, "/+ ") != NULL || !host_port_split(text, ret_server->host, &port) ||
		!is_host(ret_server->host, *text == '['))
		return fail(reterr, text, wrong_form);
	ret_server->port = 0;
	if (port == NULL || (host_port_read(port, &ret_server->port) && ret_server->port > 0))
		return true;
	return fail(reterr, text, "has no port from 1 to 65535 after its last colon");
}

bool irc_server_check(const char *text, struct error *reterr)
{
	struct host_port ignored;
	return irc_server_parse(text, &ignored, reterr);
}

bool irc_server_check_port(long port, bool tls, struct error *reterr)
{
	if (tls && port == IRC_SERVER_PORT)
		error_set(reterr, "port %d is the one without TLS; write %d, or tls = false",
			IRC_SERVER_PORT, IRC_SERVER_PORT_TLS);
	else if (!tls && port == IRC_SERVER_PORT_TLS)
		error_set(reterr, "port %d is the one with TLS; write %d, or tls = true",
			IRC_SERVER_PORT_TLS, IRC_SERVER_PORT);
	else
		return true;
	return false;
}

/* A leading '#' is understood. */
char *irc_server_url(const struct host_port *server, bool tls, const char *channel)
{
	struct buffer out = {0};
	bool is_v6 = strchr(server->host, ':') != NULL;
	buffer_format(&out, "%s://%s%s%s", tls ? "ircs" : "irc", is_v6 ? "[" : "", server->host,
		is_v6 ? "]" : "");
	if (server->port != 0)
		buffer_format(&out, ":%d", server->port);
	buffer_add(&out, "/");
	for (channel += channel[0] == '#'; *channel != ' ' && *channel != '\0'; channel++) {
		bool is_plain = isalnum((unsigned char)*channel) || strchr("-._~", *channel);
		buffer_format(&out, is_plain ? "%c" : "%%%02X", (unsigned char)*channel);
	}
	return out.data;
}
