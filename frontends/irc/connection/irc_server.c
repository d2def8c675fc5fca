#include "frontends/irc/connection/irc_server.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"

static bool fail(struct error *reterr, const char *text, const char *reason)
{
	error_set(reterr, "'%s' %s", text, reason);
	return false;
}

static bool read_port(const char *text, uint16_t *ret_port)
{
	size_t length = strspn(text, "0123456789");
	if (length == 0 || length > 5 || text[length] != '\0')
		return false;
	long port = strtol(text, NULL, 10);
	*ret_port = (uint16_t)port;
	return port >= 1 && port <= 65535;
}

static bool read_host(const char *host, size_t length, struct irc_server *server)
{
	if (length == 0 || length >= sizeof server->host)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)host[i]) && strchr("-._:%", host[i]) == NULL)
			return false;
	}
	snprintf(server->host, sizeof server->host, "%.*s", (int)length, host);
	return true;
}

/* Returns the colon before the port, or the end of the text. */
static const char *end_of_host(const char *text)
{
	const char *first = strchr(text, ':');
	if (*text == '[')
		return strchr(text, ']') != NULL ? strchr(text, ']') + 1 : text + strlen(text);
	return first != NULL && strchr(first + 1, ':') == NULL ? first : text + strlen(text);
}

static const char wrong_form[] = "is not a server; write \"irc.example.net\", "
				 "\"irc.example.net:6697\" or \"[2001:db8::1]:6697\"";

bool irc_server_parse(const char *text, struct irc_server *ret_server, struct error *reterr)
{
	const char *end = end_of_host(text);
	bool bracketed = *text == '[' && end[-1] == ']';
	size_t bracket = bracketed ? 1 : 0;
	struct irc_server server = {0};
	if (strstr(text, "://") != NULL)
		return fail(reterr, text,
			"is a URL; write the host alone, as in \"irc.example.net\", and the "
			"channels in channels");
	if (strpbrk(text, "/+ ") != NULL)
		return fail(reterr, text, wrong_form);
	if (!read_host(text + bracket, (size_t)(end - text) - 2 * bracket, &server))
		return fail(reterr, text, wrong_form);
	if (bracketed ? strchr(server.host, ':') == NULL : *text == '[')
		return fail(reterr, text, wrong_form);
	if (*end == ':' && !read_port(end + 1, &server.port))
		return fail(reterr, text, "has no port from 1 to 65535 after its last colon");
	if (*end != '\0' && *end != ':')
		return fail(reterr, text, wrong_form);
	*ret_server = server;
	return true;
}

bool irc_server_check(const char *text, struct error *reterr)
{
	struct irc_server ignored;
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
char *irc_server_url(const struct irc_server *server, bool tls, const char *channel)
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
