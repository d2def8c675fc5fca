#include "frontends/web/about/about_way.h"

#include <string.h>

#include "frontends/kit/address.h"

/* Returns what follows "SCHEME:", or NULL if the URL has another scheme. */
static const char *skip(const char *url, const char *scheme)
{
	size_t length = strlen(scheme);
	return strncmp(url, scheme, length) == 0 ? url + length : NULL;
}

/* A program cannot connect to the address that stands for all. */
static bool is_any(const char *host)
{
	return strncmp(host, "0.0.0.0:", 8) == 0 || strncmp(host, "[::]:", 5) == 0;
}

static bool is_loopback(const char *host)
{
	struct address addresses[2];
	struct error error;
	size_t count;
	return address_parse(host, addresses, &count, &error) && address_is_loopback(&addresses[0]);
}

/* As nc takes them, without brackets. */
static void add_host_and_port(const char *host, struct buffer *out)
{
	const char *port = strrchr(host, ':');
	bool bracketed = host[0] == '[';
	buffer_append(out, host + bracketed, (size_t)(port - host) - (bracketed ? 2 : 0));
	buffer_format(out, " %s", port + 1);
}

static bool find_command(const char *url, struct about_way *ret_way)
{
	const char *qotd = skip(url, "qotd://");
	const char *web = skip(url, "http://");
	const char *host = qotd != NULL ? qotd : web;
	if (host == NULL || is_any(host))
		return false;
	*ret_way = (struct about_way){
		.before = "In a terminal:", .after = is_loopback(host) ? " (on this machine)" : ""};
	buffer_add(&ret_way->what, qotd != NULL ? "nc " : "curl ");
	if (qotd != NULL)
		add_host_and_port(host, &ret_way->what);
	else
		buffer_add(&ret_way->what, url);
	return true;
}

bool about_way_find(const char *url, struct about_way *ret_way)
{
	const char *mail = skip(url, "mailto:");
	bool is_irc = skip(url, "irc:") != NULL || skip(url, "ircs:") != NULL;
	if (mail == NULL && !is_irc)
		return find_command(url, ret_way);
	*ret_way = (struct about_way){
		.before = "In IRC:", .href = url, .after = ", where a bot answers !quote"};
	if (mail != NULL) {
		ret_way->before = "By mail: write to";
		ret_way->after = "; with the subject help, you get instructions";
	}
	buffer_add(&ret_way->what, mail != NULL ? mail : url);
	return true;
}
