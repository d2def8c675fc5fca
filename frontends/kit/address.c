#include "frontends/kit/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "frontends/kit/host_port.h"

static struct address from_ipv4(struct in_addr host, uint16_t port)
{
	struct address address = {.length = sizeof(struct sockaddr_in)};
	struct sockaddr_in *in = (struct sockaddr_in *)&address.storage;
	in->sin_family = AF_INET;
	in->sin_addr = host;
	in->sin_port = htons(port);
	return address;
}

static struct address from_ipv6(struct in6_addr host, uint16_t port)
{
	struct address address = {.length = sizeof(struct sockaddr_in6)};
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&address.storage;
	in6->sin6_family = AF_INET6;
	in6->sin6_addr = host;
	in6->sin6_port = htons(port);
	return address;
}

static bool parse_unix(const char *path, struct address *ret_address, struct error *reterr)
{
	struct sockaddr_un *un = (struct sockaddr_un *)&ret_address->storage;
	size_t length = strlen(path);
	if (path[0] != '/' || length >= sizeof un->sun_path) {
		error_set(reterr, "address 'unix:%s': write an absolute path of at most %zu octets",
			path, sizeof un->sun_path - 1);
		return false;
	}
	memset(&ret_address->storage, 0, sizeof ret_address->storage);
	un->sun_family = AF_UNIX;
	memcpy(un->sun_path, path, length);
	ret_address->length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
	return true;
}

/* Only an IPv6 address is in brackets, and it always is. */
static bool split(const char *text, char ret_host[HOST_PORT_HOST_SIZE], uint16_t *ret_port)
{
	const char *port;
	return host_port_split(text, ret_host, &port) && port != NULL &&
	       host_port_read(port, ret_port) && (*text == '[') == (strchr(ret_host, ':') != NULL);
}

static size_t from_host(const char *host, uint16_t port, struct address ret_addresses[2])
{
	struct in_addr ipv4;
	struct in6_addr ipv6;
	if (strcmp(host, "localhost") == 0) {
		ret_addresses[0] = from_ipv4((struct in_addr){htonl(INADDR_LOOPBACK)}, port);
		ret_addresses[1] = from_ipv6(in6addr_loopback, port);
		return 2;
	}
	if (strcmp(host, "*") == 0) {
		ret_addresses[0] = from_ipv4((struct in_addr){htonl(INADDR_ANY)}, port);
		ret_addresses[1] = from_ipv6(in6addr_any, port);
		return 2;
	}
	if (inet_pton(AF_INET, host, &ipv4) == 1) {
		ret_addresses[0] = from_ipv4(ipv4, port);
		return 1;
	}
	if (inet_pton(AF_INET6, host, &ipv6) == 1) {
		ret_addresses[0] = from_ipv6(ipv6, port);
		return 1;
	}
	return 0;
}

bool address_parse(
	const char *text, struct address ret_addresses[2], size_t *ret_count, struct error *reterr)
{
	char host[HOST_PORT_HOST_SIZE];
	uint16_t port;
	if (strncmp(text, "unix:", 5) == 0) {
		*ret_count = 1;
		return parse_unix(text + 5, ret_addresses, reterr);
	}
	*ret_count = split(text, host, &port) ? from_host(host, port, ret_addresses) : 0;
	if (*ret_count == 0)
		error_set(reterr,
			"address '%s': write 127.0.0.1:PORT, [::1]:PORT, localhost:PORT, *:PORT or "
			"unix:/PATH",
			text);
	return *ret_count > 0;
}

bool address_check(const char *text, struct error *reterr)
{
	struct address addresses[2];
	size_t count;
	return address_parse(text, addresses, &count, reterr);
}

static bool is_mapped(const struct address *address)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	return address->storage.ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr);
}

/* Returns the four octets of an IPv4 or IPv4-mapped address, NULL for any other. */
static const uint8_t *ipv4_octets(const struct address *address)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	if (address->storage.ss_family == AF_INET)
		return (const uint8_t *)&in->sin_addr;
	return is_mapped(address) ? in6->sin6_addr.s6_addr + 12 : NULL;
}

static void format_unix(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE])
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&address->storage;
	size_t room = address->length > offsetof(struct sockaddr_un, sun_path)
			      ? address->length - offsetof(struct sockaddr_un, sun_path)
			      : 0;
	snprintf(ret_text, ADDRESS_TEXT_SIZE, "unix:%.*s", (int)room, un->sun_path);
}

void address_format_host(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE])
{
	const uint8_t *ipv4 = ipv4_octets(address);
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	if (address->storage.ss_family == AF_UNIX)
		snprintf(ret_text, ADDRESS_TEXT_SIZE, "unix");
	else if (ipv4 != NULL)
		inet_ntop(AF_INET, ipv4, ret_text, ADDRESS_TEXT_SIZE);
	else
		inet_ntop(AF_INET6, &in6->sin6_addr, ret_text, ADDRESS_TEXT_SIZE);
}

void address_format(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE])
{
	char host[ADDRESS_TEXT_SIZE];
	if (address->storage.ss_family == AF_UNIX) {
		format_unix(address, ret_text);
		return;
	}
	address_format_host(address, host);
	snprintf(ret_text, ADDRESS_TEXT_SIZE,
		ipv4_octets(address) != NULL ? "%.100s:%u" : "[%.100s]:%u", host,
		address_port(address));
}

struct address address_shorten(const struct address *address)
{
	struct prefix prefix = address_prefix(address);
	struct in_addr ipv4 = {0};
	struct in6_addr ipv6 = {0};
	if (ipv4_octets(address) != NULL) {
		memcpy(&ipv4, prefix.octets + 1, 3);
		return from_ipv4(ipv4, 0);
	}
	memcpy(&ipv6, prefix.octets + 1, 7);
	if (address->storage.ss_family == AF_INET6)
		return from_ipv6(ipv6, 0);
	return (struct address){.storage.ss_family = AF_UNIX, .length = sizeof(sa_family_t)};
}

void address_format_prefix(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE])
{
	struct address shortened = address_shorten(address);
	address_format_host(&shortened, ret_text);
	size_t length = strlen(ret_text);
	if (shortened.storage.ss_family != AF_UNIX)
		snprintf(ret_text + length, ADDRESS_TEXT_SIZE - length, "%s",
			shortened.storage.ss_family == AF_INET ? "/24" : "/56");
}

struct prefix address_prefix(const struct address *address)
{
	struct prefix prefix = {{(uint8_t)address->storage.ss_family}};
	const uint8_t *ipv4 = ipv4_octets(address);
	if (ipv4 != NULL) {
		prefix.octets[0] = AF_INET;
		memcpy(prefix.octets + 1, ipv4, 3);
	} else if (address->storage.ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
		memcpy(prefix.octets + 1, in6->sin6_addr.s6_addr, 7);
	}
	return prefix;
}

uint16_t address_port(const struct address *address)
{
	switch (address->storage.ss_family) {
	case AF_INET:
		return ntohs(((const struct sockaddr_in *)&address->storage)->sin_port);
	case AF_INET6:
		return ntohs(((const struct sockaddr_in6 *)&address->storage)->sin6_port);
	default:
		return 0;
	}
}

static bool is_wildcard(const struct address *address)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	return address->storage.ss_family == AF_INET ? in->sin_addr.s_addr == htonl(INADDR_ANY)
						     : IN6_IS_ADDR_UNSPECIFIED(&in6->sin6_addr);
}

bool address_overlaps(const struct address *left, const struct address *right)
{
	if (left->storage.ss_family != right->storage.ss_family)
		return false;
	bool same = left->length == right->length &&
		    memcmp(&left->storage, &right->storage, left->length) == 0;
	if (left->storage.ss_family == AF_UNIX)
		return same;
	return address_port(left) != 0 && address_port(left) == address_port(right) &&
	       (same || is_wildcard(left) || is_wildcard(right));
}

bool address_is_loopback(const struct address *address)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	const uint8_t *ipv4 = ipv4_octets(address);
	if (ipv4 != NULL)
		return ipv4[0] == 127;
	return address->storage.ss_family == AF_UNIX || IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
}
