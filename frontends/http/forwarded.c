#include "frontends/http/forwarded.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "frontends/http/request_check.h"

enum { HOST_SIZE = 256, PREFIX_SIZE = 200 };

/* An address as 16 octets, IPv4 as IPv4-mapped; bits counts from the first of these. */
struct network {
	struct in6_addr address;
	unsigned bits;
};

static bool read_ip(const char *text, struct network *ret_network)
{
	struct in_addr ipv4;
	*ret_network = (struct network){.bits = 128};
	if (inet_pton(AF_INET6, text, &ret_network->address) == 1)
		return true;
	ret_network->address.s6_addr[10] = ret_network->address.s6_addr[11] = 0xff;
	if (inet_pton(AF_INET, text, &ipv4) != 1)
		return false;
	memcpy(ret_network->address.s6_addr + 12, &ipv4, 4);
	return true;
}

/* Reads at most three digits and nothing else; returns -1 if it is not so, or over \p most. */
static int read_bits(const char *text, int most)
{
	int bits = 0;
	if (strspn(text, "0123456789") != strlen(text) || text[0] == '\0' || strlen(text) > 3)
		return -1;
	for (; *text != '\0'; text++)
		bits = bits * 10 + (*text - '0');
	return bits <= most ? bits : -1;
}

static bool read_network(const char *text, struct network *ret_network)
{
	char host[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t length = slash != NULL ? (size_t)(slash - text) : strlen(text);
	if (length >= sizeof host)
		return false;
	memcpy(host, text, length);
	host[length] = '\0';
	if (!read_ip(host, ret_network))
		return false;
	if (slash == NULL)
		return true;
	int width = strchr(host, ':') != NULL ? 128 : 32;
	int bits = read_bits(slash + 1, width);
	ret_network->bits = (unsigned)(bits + 128 - width);
	return bits >= 0;
}

bool forwarded_check_proxy(const char *text, struct error *reterr)
{
	struct network network;
	if (strcmp(text, "unix:") == 0 || read_network(text, &network))
		return true;
	error_set(reterr,
		"'%s' is not an address; write one such as 192.0.2.7, a prefix such as "
		"2001:db8::/32, or unix: for clients of a unix socket",
		text);
	return false;
}

static bool contains(const struct network *network, const struct in6_addr *address)
{
	unsigned whole = network->bits / 8;
	unsigned rest = network->bits % 8;
	if (memcmp(network->address.s6_addr, address->s6_addr, whole) != 0)
		return false;
	unsigned differing = network->address.s6_addr[whole % 16] ^ address->s6_addr[whole % 16];
	return rest == 0 || differing >> (8 - rest) == 0;
}

static struct in6_addr ip_of(const struct address *address)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	const struct sockaddr_in *in = (const struct sockaddr_in *)&address->storage;
	if (address->storage.ss_family == AF_INET6)
		return in6->sin6_addr;
	struct in6_addr mapped = {.s6_addr = {[10] = 0xff, [11] = 0xff}};
	memcpy(mapped.s6_addr + 12, &in->sin_addr, 4);
	return mapped;
}

bool forwarded_is_trusted(const struct strings *proxies, const struct address *peer)
{
	bool is_unix = peer->storage.ss_family == AF_UNIX;
	struct in6_addr address = ip_of(peer);
	for (size_t i = 0; i < proxies->count; i++) {
		struct network network;
		if (strcmp(proxies->items[i], "unix:") == 0) {
			if (is_unix)
				return true;
		} else if (!is_unix && read_network(proxies->items[i], &network) &&
			   contains(&network, &address)) {
			return true;
		}
	}
	return false;
}

/* A part of a list; not ended by NUL. */
struct span {
	const char *text;
	size_t length;
};

static struct span trim(const char *begin, const char *end)
{
	while (begin < end && (*begin == ' ' || *begin == '\t'))
		begin++;
	while (begin < end && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (end - begin >= 2 && *begin == '"' && end[-1] == '"')
		begin++, end--;
	return (struct span){begin, (size_t)(end - begin)};
}

/* Takes the last element off the list that ends at \p end, which moves to the comma before it. */
static struct span take_last(const char *list, const char **end)
{
	const char *begin = *end;
	while (begin > list && begin[-1] != ',')
		begin--;
	struct span span = trim(begin, *end);
	*end = begin > list ? begin - 1 : list;
	return span;
}

/* Reads "192.0.2.1", "192.0.2.1:80", "2001:db8::1" or "[2001:db8::1]:80". */
static bool read_client(struct span span, struct address *ret_client)
{
	char host[INET6_ADDRSTRLEN];
	char text[ADDRESS_TEXT_SIZE];
	struct address parsed[2];
	struct error error = {0};
	struct network network;
	size_t count;
	bool bracketed = span.length > 0 && span.text[0] == '[';
	const char *end = memchr(span.text, bracketed ? ']' : ':', span.length);
	bool bare = !bracketed && end != NULL &&
		    memchr(end + 1, ':', span.length - (size_t)(end + 1 - span.text)) != NULL;
	const char *begin = span.text + (bracketed ? 1 : 0);
	size_t length = end != NULL && !bare ? (size_t)(end - begin)
					     : span.length - (size_t)(begin - span.text);
	if (length == 0 || length >= sizeof host || (bracketed && end == NULL))
		return false;
	memcpy(host, begin, length);
	host[length] = '\0';
	if (!read_ip(host, &network))
		return false;
	snprintf(text, sizeof text, strchr(host, ':') != NULL ? "[%s]:0" : "%s:0", host);
	if (!address_parse(text, parsed, &count, &error))
		return false;
	*ret_client = parsed[0];
	return true;
}

/* Returns the value of a parameter of an element of Forwarded ("for=192.0.2.1;proto=https"). */
static struct span find_parameter(struct span element, const char *name)
{
	const char *end = element.text + element.length;
	size_t name_length = strlen(name);
	for (const char *at = element.text; at < end;) {
		const char *stop = memchr(at, ';', (size_t)(end - at));
		struct span pair = trim(at, stop != NULL ? stop : end);
		if (pair.length > name_length && pair.text[name_length] == '=' &&
			strncasecmp(pair.text, name, name_length) == 0)
			return trim(pair.text + name_length + 1, pair.text + pair.length);
		at = stop != NULL ? stop + 1 : end;
	}
	return (struct span){"", 0};
}

static bool is_scheme(struct span span)
{
	return (span.length == 4 && strncasecmp(span.text, "http", 4) == 0) ||
	       (span.length == 5 && strncasecmp(span.text, "https", 5) == 0);
}

/* A host as links may show it: what a shell or HTML could take for something else is refused. */
static bool is_host(struct span span)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789.-_:[]";
	for (size_t i = 0; i < span.length; i++) {
		if (span.text[i] == '\0' || strchr(allowed, span.text[i]) == NULL)
			return false;
	}
	return span.length < HOST_SIZE && span.length > 0 && span.text[0] != '-' &&
	       request_check_host(span.text, span.length);
}

static bool is_segment_end(const char *text, const char *end)
{
	return text >= end || *text == '/';
}

/* A path below which everything is: "" or "/a/b", without empty, "." and ".." segments. */
static bool is_prefix(struct span span)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-._~%/";
	const char *end = span.text + span.length;
	if (span.length >= PREFIX_SIZE)
		return false;
	for (const char *at = span.text; at < end; at++) {
		if (*at == '\0' || strchr(allowed, *at) == NULL)
			return false;
		if (*at != '/')
			continue;
		size_t dots = at + 1 < end && at[1] == '.' ? 1 : 0;
		dots += dots == 1 && at + 2 < end && at[2] == '.' ? 1 : 0;
		if (is_segment_end(at + 1 + dots, end))
			return false;
	}
	return span.length == 0 || span.text[0] == '/';
}

static struct span without_slash(struct span span)
{
	while (span.length > 0 && span.text[span.length - 1] == '/')
		span.length--;
	return span;
}

static void set_base(struct span scheme, struct span host, struct span prefix,
	char ret_base[FORWARDED_BASE_SIZE])
{
	prefix = without_slash(prefix);
	if (!is_scheme(scheme) || !is_host(host) || !is_prefix(prefix))
		return;
	snprintf(ret_base, FORWARDED_BASE_SIZE, "http%s://%.*s%.*s", scheme.length == 5 ? "s" : "",
		(int)host.length, host.text, (int)prefix.length, prefix.text);
}

static struct span last_of(const char *list)
{
	const char *end = list != NULL ? list + strlen(list) : NULL;
	return list != NULL ? take_last(list, &end) : (struct span){"", 0};
}

/* Goes back along the list to the first client that is not a proxy of ours. */
static struct span walk(const char *list, bool has_parameters, const struct strings *proxies,
	struct address *ret_client)
{
	const char *end = list + strlen(list);
	struct span element;
	struct address client;
	do {
		element = take_last(list, &end);
		struct span node = has_parameters ? find_parameter(element, "for") : element;
		if (!read_client(node, &client))
			break;
		*ret_client = client;
	} while (forwarded_is_trusted(proxies, &client) && end > list);
	return element;
}

void forwarded_read(const struct forwarded_fields *fields, const struct strings *proxies,
	struct forwarded *ret_forwarded)
{
	struct forwarded *forwarded = ret_forwarded;
	*forwarded = (struct forwarded){0};
	if (fields->for_ == NULL && fields->proto == NULL && fields->host == NULL) {
		if (fields->forwarded == NULL)
			return;
		struct span element = walk(fields->forwarded, true, proxies, &forwarded->client);
		set_base(find_parameter(element, "proto"), find_parameter(element, "host"),
			last_of(fields->prefix), forwarded->base);
		return;
	}
	if (fields->for_ != NULL)
		walk(fields->for_, false, proxies, &forwarded->client);
	set_base(last_of(fields->proto), last_of(fields->host), last_of(fields->prefix),
		forwarded->base);
}

bool forwarded_check_base(const char *text, struct error *reterr)
{
	const char *authority = strstr(text, "://");
	struct span scheme = {text, authority != NULL ? (size_t)(authority - text) : 0};
	const char *host = authority != NULL ? authority + 3 : text;
	size_t host_length = strcspn(host, "/?#");
	struct span prefix =
		without_slash((struct span){host + host_length, strlen(host + host_length)});
	if (authority != NULL && is_scheme(scheme) && is_host((struct span){host, host_length}) &&
		is_prefix(prefix))
		return true;
	error_set(reterr,
		"'%s' is not the base of a URL; write one such as https://example.org/quotes, "
		"without a query",
		text);
	return false;
}
