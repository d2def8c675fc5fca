#include "frontends/irc/connection/irc_bridge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_client.h"
#include "frontends/irc/connection/irc_network.h"
#include "frontends/irc/connection/resolver.h"
#include "frontends/kit/log.h"

enum { LINES_PER_TURN = 64, RPL_ISUPPORT = 5 };
static const double QUIT_SECONDS = 1;

struct irc_bridge {
	struct irc_bridge_parts parts;
	struct irc_network *network;
	struct irc_client *client;
	struct resolver *resolver;
	struct irc_framing framing;
	struct buffer passed; /* the line for the library */
	ev_timer pace;
	ev_timer tick;
	ev_prepare prepare; /* looks at the queue before the loop waits */
	ev_timer quit;
	double heard_at;
	double connected_at;
	bool connected;
	bool pinged;
	bool quitting;
	bool quit_sent;
};

static void send_now(struct irc_bridge *bridge, const char *line)
{
	char *whole = mem_format("%s\r\n", line);
	irc_network_send(bridge->network, whole, strlen(whole));
	free(whole);
}

/* Not paced, as the library only sends NICK and USER. */
static void forward_client(struct irc_bridge *bridge)
{
	char octets[1024];
	size_t length = irc_client_read(bridge->client, octets, sizeof octets);
	while (length > 0) {
		irc_network_send(bridge->network, octets, length);
		length = irc_client_read(bridge->client, octets, sizeof octets);
	}
}

static double now_of(const struct irc_bridge *bridge)
{
	return ev_now(bridge->parts.loop);
}

static void on_numeric(void *data, int code, const char *const *params, size_t count)
{
	struct irc_bridge *bridge = data;
	irc_bot_numeric(bridge->parts.bot, code, params, count, now_of(bridge));
}

static void on_message(void *data, const char *origin, const char *target, const char *text)
{
	struct irc_bridge *bridge = data;
	irc_bot_message(bridge->parts.bot, origin, target, text, now_of(bridge));
}

static void on_nick(void *data, const char *origin, const char *nick)
{
	struct irc_bridge *bridge = data;
	irc_bot_nick(bridge->parts.bot, origin, nick);
}

static void on_join(void *data, const char *origin, const char *channel)
{
	struct irc_bridge *bridge = data;
	irc_bot_join(bridge->parts.bot, origin, channel);
}

static void on_leave(void *data, const char *nick, const char *channel)
{
	struct irc_bridge *bridge = data;
	irc_bot_leave(bridge->parts.bot, nick, channel, now_of(bridge));
}

static const struct irc_client_events client_events = {
	.on_numeric = on_numeric,
	.on_message = on_message,
	.on_nick = on_nick,
	.on_join = on_join,
	.on_leave = on_leave,
};

static void take_line(struct irc_bridge *bridge, const struct irc_line *line)
{
	if (strcmp(line->command, "PING") == 0) {
		char *pong = mem_format("PONG :%s", line->params[0]);
		send_now(bridge, pong);
		free(pong);
	} else if (strcmp(line->command, "ERROR") == 0) {
		log_warning(bridge->parts.name, "the server sent ERROR: %s", line->params[0]);
	} else if (line->code == RPL_ISUPPORT) {
		irc_bot_features(bridge->parts.bot, line);
	} else if (irc_line_is_passed(line)) {
		buffer_clear(&bridge->passed);
		irc_line_format(line, &bridge->passed);
		if (!irc_client_feed(bridge->client, bridge->passed.data, bridge->passed.length))
			irc_network_close(bridge->network, "libircclient failed");
		forward_client(bridge);
	}
}

static void on_data(void *data, const char *octets, size_t length)
{
	struct irc_bridge *bridge = data;
	char *text;
	size_t text_length;
	struct irc_line line;
	bridge->heard_at = now_of(bridge);
	bridge->pinged = false;
	irc_framing_append(&bridge->framing, octets, length);
	while (irc_framing_next(&bridge->framing, &text, &text_length)) {
		if (irc_line_parse(text, text_length, &line))
			take_line(bridge, &line);
		else if (text_length > 0)
			log_debug(bridge->parts.name, "skipped a malformed line of %zu octets",
				text_length);
	}
}

static void on_connected(void *data)
{
	struct irc_bridge *bridge = data;
	bridge->connected = true;
	bridge->connected_at = bridge->heard_at = now_of(bridge);
	log_info(bridge->parts.name, "connected to %s", bridge->parts.options->server);
	if (bridge->parts.password != NULL) {
		char *pass = mem_format("PASS :%s", bridge->parts.password);
		send_now(bridge, pass);
		free(pass);
	}
	irc_client_register(bridge->client);
	forward_client(bridge);
	ev_timer_again(bridge->parts.loop, &bridge->tick);
	ev_prepare_start(bridge->parts.loop, &bridge->prepare);
}

static void stop_watchers(struct irc_bridge *bridge)
{
	ev_timer_stop(bridge->parts.loop, &bridge->pace);
	ev_timer_stop(bridge->parts.loop, &bridge->tick);
	ev_timer_stop(bridge->parts.loop, &bridge->quit);
	ev_prepare_stop(bridge->parts.loop, &bridge->prepare);
}

static void on_closed(void *data, const char *reason)
{
	struct irc_bridge *bridge = data;
	stop_watchers(bridge);
	bridge->connected = false;
	bridge->parts.on_closed(bridge->parts.data, reason);
}

static const struct irc_network_events network_events = {
	.on_connected = on_connected,
	.on_data = on_data,
	.on_closed = on_closed,
};

static void say_quit(struct irc_bridge *bridge)
{
	bridge->quit_sent = true;
	send_now(bridge, "QUIT :Shutting down");
	ev_timer_set(&bridge->quit, QUIT_SECONDS, 0);
	ev_timer_start(bridge->parts.loop, &bridge->quit);
}

static void send_queued(struct irc_bridge *bridge)
{
	double wait;
	char *line = NULL;
	for (int i = 0; i < LINES_PER_TURN; i++) {
		line = irc_queue_pop(bridge->parts.queue, now_of(bridge), &wait);
		if (line == NULL)
			break;
		send_now(bridge, line);
		free(line);
	}
	ev_timer_stop(bridge->parts.loop, &bridge->pace);
	if (irc_queue_count(bridge->parts.queue) > 0) {
		ev_timer_set(&bridge->pace, line == NULL && wait > 0 ? wait : 0, 0);
		ev_timer_start(bridge->parts.loop, &bridge->pace);
	} else if (bridge->quitting && !bridge->quit_sent) {
		say_quit(bridge);
	}
}

static void on_pace(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	send_queued(timer->data);
}

static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	(void)loop;
	(void)events;
	struct irc_bridge *bridge = prepare->data;
	if (!ev_is_active(&bridge->pace))
		send_queued(bridge);
}

static void on_quit_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	struct irc_bridge *bridge = timer->data;
	irc_network_close(bridge->network, "quit");
}

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	struct irc_bridge *bridge = timer->data;
	const struct irc_options *options = bridge->parts.options;
	double now = now_of(bridge);
	irc_bot_tick(bridge->parts.bot, now);
	if (!irc_bot_is_registered(bridge->parts.bot)) {
		if (now - bridge->connected_at > (double)options->connect_timeout)
			irc_network_close(bridge->network,
				"the server did not complete the registration in time");
	} else if (now - bridge->heard_at > 2 * (double)options->ping_timeout) {
		irc_network_close(bridge->network, "the server did not reply to a PING");
	} else if (now - bridge->heard_at > (double)options->ping_timeout && !bridge->pinged) {
		bridge->pinged = true;
		send_now(bridge, "PING :quoted");
	}
}

struct irc_bridge *irc_bridge_create(const struct irc_bridge_parts *parts, struct error *reterr)
{
	const struct irc_options *options = parts->options;
	struct irc_bridge *bridge = mem_alloc(sizeof *bridge);
	char *realname = mem_format("contact: %s%s%s", options->contact,
		options->realname[0] != '\0' ? ", " : "", options->realname);
	struct irc_client_identity identity = {options->nick, options->username, realname};
	bridge->parts = *parts;
	bridge->client =
		irc_client_create(&identity, &client_events, bridge, parts->reserved, reterr);
	free(realname);
	if (bridge->client == NULL) {
		free(bridge);
		return NULL;
	}
	bridge->network = irc_network_create(parts->loop, &network_events, bridge);
	ev_timer_init(&bridge->pace, on_pace, 0, 0);
	ev_timer_init(&bridge->tick, on_tick, 0, 1);
	ev_timer_init(&bridge->quit, on_quit_over, 0, 0);
	ev_prepare_init(&bridge->prepare, on_prepare);
	bridge->pace.data = bridge->tick.data = bridge->quit.data = bridge;
	bridge->prepare.data = bridge;
	return bridge;
}

static void on_resolved(
	void *data, const struct address *addresses, size_t count, const char *reason)
{
	struct irc_bridge *bridge = data;
	if (count > 0) {
		irc_network_connect(bridge->network, addresses, count,
			(double)bridge->parts.options->connect_timeout);
		return;
	}
	struct error error;
	error_set(&error, "%s: %s", bridge->parts.options->server, reason);
	irc_network_close(bridge->network, error.text);
}

void irc_bridge_connect(struct irc_bridge *bridge)
{
	const struct irc_options *options = bridge->parts.options;
	struct error error;
	bridge->resolver = resolver_create(bridge->parts.loop, &error);
	if (bridge->resolver == NULL)
		irc_network_close(bridge->network, error.text);
	else
		resolver_lookup(bridge->resolver, options->server, (uint16_t)options->port,
			on_resolved, bridge);
}

void irc_bridge_change(struct irc_bridge *bridge, const struct irc_options *options)
{
	bridge->parts.options = options;
}

void irc_bridge_quit(struct irc_bridge *bridge)
{
	bridge->quitting = true;
	if (bridge->connected && irc_bot_is_registered(bridge->parts.bot))
		send_queued(bridge);
	else
		irc_network_close(bridge->network, "quit");
}

void irc_bridge_destroy(struct irc_bridge *bridge)
{
	if (bridge == NULL)
		return;
	stop_watchers(bridge);
	resolver_destroy(bridge->resolver);
	irc_network_destroy(bridge->network);
	irc_client_destroy(bridge->client);
	irc_framing_finish(&bridge->framing);
	buffer_finish(&bridge->passed);
	free(bridge);
}
