#include "frontends/irc/connection/irc_bridge.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_network.h"
#include "frontends/irc/connection/resolver.h"
#include "frontends/kit/log.h"

enum { LINES_PER_TURN = 64, RPL_WELCOME = 1, RPL_ISUPPORT = 5 };
static const double QUIT_SECONDS = 1;
static const double PLAYBACK_SECONDS = 60;
static const double OWN_CLOCK_SECONDS = 600; /* the same, by a clock that may be wrong */

struct irc_bridge {
	struct irc_bridge_parts parts;
	struct irc_network *network;
	struct irc_client *client;
	struct resolver *resolver;
	struct irc_login *login;
	struct irc_framing framing;
	struct buffer passed; /* the line for the library */
	struct buffer outgoing;
	ev_timer pace;
	ev_timer tick;
	ev_timer work;      /* goes on with the login */
	ev_prepare prepare; /* looks at the queue before the loop waits */
	ev_timer quit;
	double heard_at;
	double begun_at;    /* connecting, or registering */
	double server_time; /* of the last numeric; 0: it does not say */
	char *farewell;     /* the server's last words; NULL: none */
	bool connected;
	bool registered;
	bool refused;
	bool pinged;
	bool quitting;
	bool quit_sent;
};

static void send_now(struct irc_bridge *bridge, const char *line)
{
	buffer_clear(&bridge->outgoing);
	buffer_add(&bridge->outgoing, line);
	buffer_add(&bridge->outgoing, "\r\n");
	irc_network_send(bridge->network, bridge->outgoing.data, bridge->outgoing.length);
}

static void send_all(struct irc_bridge *bridge, struct strings *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		send_now(bridge, lines->items[i]);
	strings_finish(lines);
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

static void refuse(struct irc_bridge *bridge, const char *reason)
{
	bridge->refused = true;
	irc_network_close(
		bridge->network, "cannot log in to %s: %s", bridge->parts.server->host, reason);
}

static void go_on_with_login(struct irc_bridge *bridge)
{
	struct strings out = {0};
	bool more = irc_login_work(bridge->login, &out);
	send_all(bridge, &out);
	if (more)
		ev_timer_start(bridge->parts.loop, &bridge->work);
}

static bool log_in(struct irc_bridge *bridge, const struct irc_line *line)
{
	struct strings out = {0};
	struct error error;
	bool good = irc_login_line(bridge->login, line, &out, &error);
	send_all(bridge, &out);
	if (good)
		go_on_with_login(bridge);
	else
		refuse(bridge, error.text);
	return good;
}

static void on_work(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	go_on_with_login(timer->data);
}

static void take_words(struct irc_bridge *bridge, const char *words)
{
	free(bridge->farewell);
	bridge->farewell = mem_strdup(words);
	bridge->refused |= irc_line_is_refusal(words);
	if (strcasestr(words, "flood") == NULL || bridge->quit_sent)
		return;
	irc_queue_slow_down(bridge->parts.queue);
	log_warning(bridge->parts.name,
		"a flood, says the server; sending half as many lines until the next start: lower "
		"burst, or raise interval");
}

static void pass(struct irc_bridge *bridge, const struct irc_line *line)
{
	buffer_clear(&bridge->passed);
	irc_line_format(line, &bridge->passed);
	if (!irc_client_feed(
		    bridge->client, bridge->passed.data, bridge->passed.length, now_of(bridge)))
		irc_network_close(bridge->network, "libircclient failed");
}

static void take_numeric(struct irc_bridge *bridge, const struct irc_line *line)
{
	if (!log_in(bridge, line))
		return;
	bridge->registered |= line->code == RPL_WELCOME;
	irc_line_time(line, &bridge->server_time);
	bridge->refused |= irc_line_is_ban(line);
	if (line->code == RPL_ISUPPORT)
		bridge->parts.events->on_line(bridge->parts.data, line, now_of(bridge));
	else
		pass(bridge, line);
}

/* What a bouncer plays back was said before we came, and is not answered. That is judged by the
 * server's own clock, as ours may differ; but some bouncers do not say when they greet us. */
static void take_message(struct irc_bridge *bridge, const struct irc_line *line)
{
	double sent;
	double oldest = bridge->server_time > 0 ? bridge->server_time - PLAYBACK_SECONDS
						: (double)time(NULL) - OWN_CLOCK_SECONDS;
	if (!irc_line_time(line, &sent) || sent >= oldest)
		bridge->parts.events->on_line(bridge->parts.data, line, now_of(bridge));
}

static void take_line(struct irc_bridge *bridge, const struct irc_line *line)
{
	if (line->code != 0) {
		take_numeric(bridge, line);
	} else if (strcmp(line->command, "PRIVMSG") == 0) {
		take_message(bridge, line);
	} else if (strcmp(line->command, "PING") == 0) {
		char *pong = mem_format("PONG :%s", line->params[0]);
		send_now(bridge, pong);
		free(pong);
	} else if (strcmp(line->command, "ERROR") == 0) {
		take_words(bridge, line->params[0]);
	} else if (strcmp(line->command, "CAP") == 0 ||
		   strcmp(line->command, "AUTHENTICATE") == 0) {
		log_in(bridge, line);
	} else if (line->passed) {
		pass(bridge, line);
	} else {
		bridge->parts.events->on_line(bridge->parts.data, line, now_of(bridge));
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

static void on_connected(void *data, const char *tls)
{
	struct irc_bridge *bridge = data;
	struct strings out = {0};
	bridge->connected = true;
	bridge->begun_at = bridge->heard_at = now_of(bridge);
	log_info(bridge->parts.name, "connected to %s port %u (%s)", bridge->parts.server->host,
		bridge->parts.server->port, tls != NULL ? tls : "without TLS");
	irc_login_begin(bridge->login, &out);
	send_all(bridge, &out);
	if (bridge->parts.credentials->password != NULL) {
		char *pass_line = mem_format("PASS :%s", bridge->parts.credentials->password);
		send_now(bridge, pass_line);
		free(pass_line);
	}
	irc_client_register(bridge->client);
	forward_client(bridge);
	ev_prepare_start(bridge->parts.loop, &bridge->prepare);
}

static void stop_watchers(struct irc_bridge *bridge)
{
	ev_timer_stop(bridge->parts.loop, &bridge->pace);
	ev_timer_stop(bridge->parts.loop, &bridge->tick);
	ev_timer_stop(bridge->parts.loop, &bridge->work);
	ev_timer_stop(bridge->parts.loop, &bridge->quit);
	ev_prepare_stop(bridge->parts.loop, &bridge->prepare);
}

static enum irc_bridge_end end_of(const struct irc_bridge *bridge)
{
	if (bridge->quitting)
		return IRC_BRIDGE_END_QUIT;
	if (bridge->refused)
		return IRC_BRIDGE_END_REFUSED;
	return bridge->connected ? IRC_BRIDGE_END_LOST : IRC_BRIDGE_END_UNREACHABLE;
}

static void on_closed(void *data, const char *reason)
{
	struct irc_bridge *bridge = data;
	enum irc_bridge_end end = end_of(bridge);
	const char *farewell = bridge->farewell;
	char *text = mem_format(
		"%s%s%s", reason, farewell != NULL ? ": " : "", farewell != NULL ? farewell : "");
	stop_watchers(bridge);
	resolver_destroy(bridge->resolver);
	bridge->resolver = NULL;
	bridge->connected = false;
	bridge->parts.events->on_closed(bridge->parts.data, end, text);
	free(text);
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

/* In one piece, as each system call costs as much as the rest. */
static void send_queued(struct irc_bridge *bridge)
{
	double wait;
	char *line = NULL;
	buffer_clear(&bridge->outgoing);
	for (int i = 0; i < LINES_PER_TURN; i++) {
		line = irc_queue_pop(bridge->parts.queue, now_of(bridge), &wait);
		if (line == NULL)
			break;
		buffer_add(&bridge->outgoing, line);
		buffer_add(&bridge->outgoing, "\r\n");
		free(line);
	}
	if (bridge->outgoing.length > 0)
		irc_network_send(bridge->network, bridge->outgoing.data, bridge->outgoing.length);
	if (ev_is_active(&bridge->pace))
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
	(void)loop, (void)events;
	send_queued(timer->data);
}

static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	(void)loop, (void)events;
	struct irc_bridge *bridge = prepare->data;
	if (!ev_is_active(&bridge->pace))
		send_queued(bridge);
}

static void on_quit_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct irc_bridge *bridge = timer->data;
	irc_network_close(bridge->network, "quit");
}

static void give_up(struct irc_bridge *bridge, const char *what, long seconds)
{
	irc_network_close(
		bridge->network, "%s: %s within %ld s", bridge->parts.server->host, what, seconds);
}

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct irc_bridge *bridge = timer->data;
	const struct irc_options *options = bridge->parts.options;
	double now = now_of(bridge);
	double silence = now - bridge->heard_at;
	if (bridge->connected)
		bridge->parts.events->on_tick(bridge->parts.data, now);
	if (!bridge->connected) {
		if (now - bridge->begun_at > (double)options->connect_timeout)
			give_up(bridge, options->tls ? "no connection by TLS" : "no connection",
				options->connect_timeout);
	} else if (!bridge->registered) {
		if (now - bridge->begun_at > (double)options->register_timeout)
			give_up(bridge, "the server did not complete the registration",
				options->register_timeout);
	} else if (silence > 2 * (double)options->ping_timeout) {
		irc_network_close(bridge->network, "the server did not reply to a PING");
	} else if (silence > (double)options->ping_timeout && !bridge->pinged) {
		bridge->pinged = true;
		send_now(bridge, "PING :quoted");
	}
}

static void init_watchers(struct irc_bridge *bridge)
{
	ev_timer_init(&bridge->pace, on_pace, 0, 0);
	ev_timer_init(&bridge->tick, on_tick, 0, 1);
	ev_timer_init(&bridge->work, on_work, 0, 0);
	ev_timer_init(&bridge->quit, on_quit_over, 0, 0);
	ev_prepare_init(&bridge->prepare, on_prepare);
	bridge->pace.data = bridge->tick.data = bridge->work.data = bridge->quit.data = bridge;
	bridge->prepare.data = bridge;
}

struct irc_bridge *irc_bridge_create(const struct irc_bridge_parts *parts, struct error *reterr)
{
	const struct irc_options *options = parts->options;
	struct irc_bridge *bridge = mem_alloc(sizeof *bridge);
	char *realname = mem_format("contact: %s%s%s", options->contact,
		options->realname[0] != '\0' ? ", " : "", options->realname);
	struct irc_client_identity identity = {options->nick, options->username, realname};
	bridge->parts = *parts;
	bridge->client = irc_client_create(
		&identity, &parts->events->of_library, parts->data, parts->reserved, reterr);
	free(realname);
	if (bridge->client == NULL) {
		free(bridge);
		return NULL;
	}
	bridge->network = irc_network_create(parts->loop, &network_events, bridge);
	bridge->login = irc_login_create(&parts->credentials->account);
	init_watchers(bridge);
	return bridge;
}

static void on_resolved(
	void *data, const struct address *addresses, size_t count, const char *reason)
{
	struct irc_bridge *bridge = data;
	const char *host = bridge->parts.server->host;
	if (count > 0)
		irc_network_connect(
			bridge->network, addresses, count, bridge->parts.credentials->tls, host);
	else
		irc_network_close(bridge->network, "%s: %s", host, reason);
}

void irc_bridge_connect(struct irc_bridge *bridge)
{
	const struct host_port *server = bridge->parts.server;
	struct error error;
	bridge->begun_at = now_of(bridge);
	ev_timer_again(bridge->parts.loop, &bridge->tick);
	bridge->resolver = resolver_create(bridge->parts.loop, &error);
	if (bridge->resolver == NULL)
		irc_network_close(bridge->network, "%s", error.text);
	else
		resolver_lookup(bridge->resolver, server->host, server->port, on_resolved, bridge);
}

void irc_bridge_change(struct irc_bridge *bridge, const struct irc_options *options)
{
	bridge->parts.options = options;
}

void irc_bridge_quit(struct irc_bridge *bridge)
{
	bridge->quitting = true;
	if (bridge->connected && bridge->registered)
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
	irc_login_destroy(bridge->login);
	irc_framing_finish(&bridge->framing);
	buffer_finish(&bridge->passed);
	buffer_finish(&bridge->outgoing);
	free(bridge->farewell);
	free(bridge);
}
