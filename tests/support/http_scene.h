/** An httpd on a loop, and clients of it. */
#ifndef QUOTED_TESTS_SUPPORT_HTTP_SCENE_H
#define QUOTED_TESTS_SUPPORT_HTTP_SCENE_H

#include "frontends/http/httpd.h"
#include "frontends/net/listener.h"

#define HTTP_SCENE_GET "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

/** A server, put together as the front end does it. */
struct http_scene {
	struct ev_loop *loop;
	struct limits *limits;
	struct listener listener;
	struct httpd *httpd;
	struct strings addresses;
	int port;
	unsigned requests; /* whose content was written */
	uint64_t hash;     /* of what replies are made of; 0: not told */
	bool later;        /* keep requests to answer them later */
	struct httpd_connection *waiting[8];
	size_t waiting_count;
};

/** A connection and all that it received. */
struct http_scene_client {
	struct http_scene *server;
	int fd;
	struct buffer input;
	bool closed;
	unsigned wanted; /* replies */
	const char *drip;
	struct ev_timer pause;
};

/** Time limits that no test reaches. */
extern const struct httpd_options http_scene_patient;

/** Starts a server with the time limits of \p options, which takes headers of 8192 octets, targets
 * of 2048 and content of 2000. It answers with "<NUMBER>", behind the content in parentheses. */
void http_scene_open(struct http_scene *server, struct httpd_options options);

/** Stops the server, checks that it holds nothing, and frees it. */
void http_scene_close(struct http_scene *server);

/** Connects and sends \p text. */
void http_scene_connect(
	struct http_scene_client *client, struct http_scene *server, const char *text);

/** Closes the connection. */
void http_scene_disconnect(struct http_scene_client *client);

/** Returns how often \p word is in what the client received. */
unsigned http_scene_count(const struct http_scene_client *client, const char *word);

/** Runs the loop until the client has \p wanted replies. */
void http_scene_await(struct http_scene_client *client, unsigned wanted);

/** Receives, and returns whether the server has closed the connection; \p data is the client. */
bool http_scene_is_closed(void *data);

/** Runs the loop until that is so. */
void http_scene_await_close(struct http_scene_client *client);

/** Runs the loop until two requests wait for http_scene_answer(). */
void http_scene_await_requests(struct http_scene *server);

/** Answers a request of a server that is to answer later. */
void http_scene_answer(struct httpd_connection *connection, const char *text);

#endif
