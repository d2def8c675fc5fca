/** An HTTP server with its addresses and limits, which a section of quoted.conf sets. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_SERVER_H
#define QUOTED_FRONTENDS_HTTP_HTTP_SERVER_H

#include <stdbool.h>

#include "config/setting.h"
#include "core/base/strings.h"
#include "frontends/http/httpd.h"
#include "frontends/net/listener.h"

/** The settings; HTTP_SERVER_ROWS has their units. */
struct http_server_options {
	struct strings listen;
	char *socket_mode;
	long max_connections;
	long max_per_prefix;
	long requests_per_second;
	long requests_burst;
	bool requests_limit_loopback;
	long idle_timeout;
	long request_timeout;
	long max_age;
	long connection_memory;
	long max_target;
};

/** The row of a setting, for the member \p at of the options \p type of a front end. */
#define HTTP_SERVER_ROW(type, at, field, kind, fallback, minimum, maximum, text)                   \
	{                                                                                          \
#field, SETTING_TYPE_##kind,                                                       \
			offsetof(type, at) + offsetof(struct http_server_options, field),          \
			fallback, minimum, maximum, .help = (text)                                 \
	}

/** The rows of a struct http_server_options that is the member \p at of \p type. \p addresses is
 * the default of listen. */
#define HTTP_SERVER_ROWS(type, at, addresses)                                                      \
	{"listen", SETTING_TYPE_STRINGS,                                                           \
		offsetof(type, at) + offsetof(struct http_server_options, listen), addresses,      \
		.help = "Addresses to listen on: HOST:PORT, *:PORT or unix:PATH",                  \
		.check = address_check, .listens = "tcp"},                                         \
		{"socket_mode", SETTING_TYPE_STRING,                                               \
			offsetof(type, at) + offsetof(struct http_server_options, socket_mode),    \
			"0660", 0, 0,                                                              \
			.help = "Octal mode of the unix sockets in listen, which says who may "    \
				"connect",                                                         \
			.check = listener_check_mode},                                             \
		HTTP_SERVER_ROW(type, at, max_connections, INTEGER, "2000", 1, 100000,             \
			"Connections open at once; further ones wait"),                            \
		HTTP_SERVER_ROW(type, at, max_per_prefix, INTEGER, "500", 1, 100000,               \
			"Connections from one IPv4 /24 or IPv6 /56; further ones are closed"),     \
		HTTP_SERVER_ROW(type, at, requests_per_second, INTEGER, "50", 1, 1000000,          \
			"Requests a second from one IPv4 /24 or IPv6 /56; more get 429"),          \
		HTTP_SERVER_ROW(type, at, requests_burst, INTEGER, "500", 1, 1000000,              \
			"Requests in a burst from one IPv4 /24 or IPv6 /56"),                      \
		HTTP_SERVER_ROW(type, at, requests_limit_loopback, BOOLEAN, "false", 0, 0,         \
			"Limit requests from loopback too, from which all visitors come if there " \
			"is a proxy on this machine"),                                             \
		HTTP_SERVER_ROW(type, at, idle_timeout, INTEGER, "30", 1, 3600,                    \
			"Seconds without an octet after which a connection is closed"),            \
		HTTP_SERVER_ROW(type, at, request_timeout, INTEGER, "10", 1, 3600,                 \
			"Seconds that a request and its answer may take on top of idle_timeout"),  \
		HTTP_SERVER_ROW(type, at, max_age, INTEGER, "3600", 1, 86400,                      \
			"Seconds after which a connection is closed with its next answer"),        \
		HTTP_SERVER_ROW(type, at, connection_memory, INTEGER, "8192", 4096, 1048576,       \
			"Octets of the header of a request; a longer one gets 431"),               \
		HTTP_SERVER_ROW(type, at, max_target, INTEGER, "2048", 64, 65536,                  \
			"Octets of the address in a request, or of a form that is sent; more are " \
			"refused")

/** The metrics of a front end that is an HTTP server. */
extern const struct metrics_row http_server_metrics[];

struct http_server;

/** Makes a server with the first half of \p httpd, which is copied, and the settings \p options,
 * which are borrowed. It listens from http_server_start() on; \p seed is for the hash of addresses.
 * Returns NULL if an address is wrong. */
struct http_server *http_server_create(const struct httpd_options *httpd,
	const struct http_server_options *options, uint64_t seed, struct error *reterr);

/** Binds. Returns false with nothing bound if that fails; can be called again. */
bool http_server_start(struct http_server *server, struct error *reterr);

/** Writes its own address, as listener_url() does. */
void http_server_url(const struct http_server *server, char ret_url[LISTENER_URL_SIZE]);

/** Takes no new connections, and answers what has come, as httpd_drain(). */
void http_server_drain(struct http_server *server);

/** Returns the number of requests that are not answered yet, as httpd_in_flight(). */
size_t http_server_in_flight(const struct http_server *server);

/** Closes everything; idempotent. Answer every request before. */
void http_server_stop(struct http_server *server);

/** Stops and frees; NULL is a no-op. */
void http_server_destroy(struct http_server *server);

#endif
