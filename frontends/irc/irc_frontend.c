#include "frontends/irc/irc_frontend.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/answer/irc_layout.h"
#include "frontends/irc/connection/irc_bridge.h"
#include "frontends/irc/connection/irc_client.h"
#include "frontends/irc/connection/irc_presence.h"
#include "frontends/irc/connection/irc_server.h"
#include "frontends/irc/irc_bot.h"
#include "frontends/kit/log.h"
#include "frontends/kit/retry.h"

#define METRICS_END(reason)                                                                        \
	{                                                                                          \
		"quoted_irc_disconnects_total", METRICS_TYPE_COUNTER,                              \
			"Connections to IRC servers that ended or could not be made, by reason",   \
			"reason=\"" reason "\""                                                    \
	}

enum { METRICS_ENDS = IRC_METRICS_COUNT }; /* each enum irc_bridge_end has a row from here on */

static const struct metrics_row metrics[] = {
	METRICS_COMMON_ROWS,
	[IRC_METRICS_NO_QUOTE] = METRICS_REFUSAL("no_quote"),
	[IRC_METRICS_PERSON] = METRICS_REFUSAL("commands_per_minute"),
	[IRC_METRICS_CHANNEL] = METRICS_REFUSAL("channel_per_minute"),
	[IRC_METRICS_NETWORK] = METRICS_REFUSAL("network_per_minute"),
	[IRC_METRICS_QUEUE] = METRICS_REFUSAL("queue_limit"),
	[IRC_METRICS_WAITING] = METRICS_REFUSAL("waiting_limit"),
	[IRC_METRICS_STALE] = METRICS_REFUSAL("answer_timeout"),
	[METRICS_ENDS + IRC_BRIDGE_END_UNREACHABLE] = METRICS_END("unreachable"),
	[METRICS_ENDS + IRC_BRIDGE_END_LOST] = METRICS_END("lost"),
	[METRICS_ENDS + IRC_BRIDGE_END_REFUSED] = METRICS_END("refused"),
	[METRICS_ENDS + IRC_BRIDGE_END_QUIT] = METRICS_END("quit"),
	{.name = NULL},
};

struct irc_frontend {
	struct frontend base;
	const struct frontend_context *context;
	const struct irc_options *options;
	char *url; /* of the first channel; NULL: none */
	struct irc_credentials credentials;
	struct host_port server; /* the one that is connected to, or tried */
	size_t server_index;
	struct irc_queue *queue;
	struct irc_presence *presence;
	struct irc_bot *bot;
	struct irc_bridge *bridge; /* a new one for each connection */
	struct retry reconnect;
	double begun; /* when the bridge was made */
	int reserved;
	bool draining;
};

static void on_reconnect(void *data);

/* Of the first channel, without its key. The server has been checked. */
static void set_url(struct irc_frontend *self)
{
	const struct irc_options *irc = self->options;
	struct host_port server = {.port = 0};
	irc_server_parse(irc->server.items[0], &server, NULL);
	server.port = server.port != 0 ? server.port : (uint16_t)irc->port;
	free(self->url);
	self->url = irc->channels.count > 0
			    ? irc_server_url(&server, irc->tls, irc->channels.items[0])
			    : NULL;
}

static const char *url(const struct frontend *frontend)
{
	return ((const struct irc_frontend *)frontend)->url;
}

static struct frontend *create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	const struct irc_options *irc = options;
	if (!irc_options_check(irc, reterr))
		return NULL;
	struct irc_frontend *self = mem_alloc(sizeof *self);
	self->base.ops = &irc_frontend_ops;
	self->context = context;
	self->options = irc;
	set_url(self);
	if (!irc_credentials_read(irc, &self->credentials, reterr)) {
		free(self->url);
		free(self);
		return NULL;
	}
	self->reserved = irc_client_reserve();
	self->queue = irc_queue_create(
		(double)irc->burst, (double)irc->interval / 1000, (size_t)irc->queue_limit);
	self->presence = irc_presence_create(context->name, irc, self->queue);
	if (self->credentials.account.method == IRC_LOGIN_METHOD_SERVICES)
		irc_presence_identify(self->presence, self->credentials.account.password);
	self->bot = irc_bot_create(context, irc, self->queue, self->presence, reterr);
	self->reconnect = (struct retry){
		.loop = context->loop,
		.rng = context->rng,
		.first = (double)irc->reconnect_first,
		.last = (double)irc->reconnect_last,
		.again = on_reconnect,
		.data = self,
	};
	retry_init(&self->reconnect);
	if (self->bot != NULL)
		return &self->base;
	irc_frontend_ops.destroy(&self->base);
	return NULL;
}

static void wait_to_reconnect(struct irc_frontend *self, const char *reason)
{
	log_warning(self->context->name, "%s; next try in %.0f s", reason,
		retry_later(&self->reconnect));
}

static void wait_longer(struct irc_frontend *self, const char *reason)
{
	double seconds = (double)self->options->reconnect_refused;
	log_warning(self->context->name, "%s; as the server refuses us, next try in %.0f s", reason,
		retry_after(&self->reconnect, seconds));
}

/* Each server has its turn before the next wait, so that one that is away costs no time. */
static void try_next_server(struct irc_frontend *self, const char *reason)
{
	const struct strings *servers = &self->options->server;
	self->server_index = (self->server_index + 1) % servers->count;
	if (self->server_index == 0) {
		wait_to_reconnect(self, reason);
		return;
	}
	log_warning(
		self->context->name, "%s; trying %s", reason, servers->items[self->server_index]);
	retry_soon(&self->reconnect);
}

static void reconnect_after(
	struct irc_frontend *self, enum irc_bridge_end end, const char *reason, bool registered)
{
	switch (end) {
	case IRC_BRIDGE_END_UNREACHABLE:
		try_next_server(self, reason);
		break;
	case IRC_BRIDGE_END_LOST:
		/* One that lets us in has the first turn again. */
		self->server_index =
			registered ? 0 : (self->server_index + 1) % self->options->server.count;
		wait_to_reconnect(self, reason);
		break;
	case IRC_BRIDGE_END_REFUSED:
		wait_longer(self, reason);
		break;
	case IRC_BRIDGE_END_QUIT:
		break;
	}
}

/* Called by the bridge, which is therefore destroyed later: for the next connection, or by stop().
 */
static void on_closed(void *data, enum irc_bridge_end end, const char *reason)
{
	struct irc_frontend *self = data;
	bool registered = irc_bot_is_registered(self->bot);
	metrics_add(self->context->metrics, METRICS_ENDS + end, 1);
	irc_queue_clear(self->queue);
	if (registered && ev_now(self->context->loop) - self->begun >= self->reconnect.last)
		retry_reset(&self->reconnect);
	irc_bot_begin(self->bot);
	if (self->draining)
		self->draining = false;
	else
		reconnect_after(self, end, reason, registered);
}

static void on_numeric(void *data, int code, const char *const *params, size_t count, double now)
{
	struct irc_frontend *self = data;
	irc_bot_numeric(self->bot, code, params, count, now);
}

static void on_nick(void *data, const char *origin, const char *nick)
{
	struct irc_frontend *self = data;
	irc_presence_renamed(self->presence, origin, nick);
}

static void on_join(void *data, const char *origin, const char *channel)
{
	struct irc_frontend *self = data;
	irc_bot_join(self->bot, origin, channel);
}

static void on_leave(
	void *data, const char *nick, const char *channel, const char *kicker, double now)
{
	struct irc_frontend *self = data;
	if (irc_presence_is_me(self->presence, nick))
		irc_channels_left(irc_presence_channels(self->presence), channel, kicker, now);
}

static void on_line(void *data, const struct irc_line *line, double now)
{
	struct irc_frontend *self = data;
	if (strcmp(line->command, "NOTICE") != 0)
		irc_bot_line(self->bot, line, now);
	else if (line->prefix != NULL)
		irc_presence_notice(self->presence, line->prefix, line->params[1], now);
}

static void on_tick(void *data, double now)
{
	struct irc_frontend *self = data;
	irc_bot_tick(self->bot, now);
}

static const struct irc_bridge_events bridge_events = {
	.of_library = {.on_numeric = on_numeric,
		.on_nick = on_nick,
		.on_join = on_join,
		.on_leave = on_leave},
	.on_line = on_line,
	.on_tick = on_tick,
	.on_closed = on_closed,
};

/* It has been checked. */
static void choose_server(struct irc_frontend *self)
{
	const struct strings *servers = &self->options->server;
	irc_server_parse(servers->items[self->server_index], &self->server, NULL);
	if (self->server.port == 0)
		self->server.port = irc_options_port(self->options);
}

static void on_reconnect(void *data)
{
	struct irc_frontend *self = data;
	struct error error;
	struct irc_bridge_parts parts = {
		.loop = self->context->loop,
		.name = self->context->name,
		.options = self->options,
		.server = &self->server,
		.credentials = &self->credentials,
		.queue = self->queue,
		.reserved = &self->reserved,
		.events = &bridge_events,
		.data = self,
	};
	irc_bridge_destroy(self->bridge);
	irc_bot_begin(self->bot);
	choose_server(self);
	self->begun = ev_now(self->context->loop);
	self->bridge = irc_bridge_create(&parts, &error);
	if (self->bridge != NULL)
		irc_bridge_connect(self->bridge);
	else
		wait_to_reconnect(self, error.text);
}

static bool start(struct frontend *frontend, struct error *reterr)
{
	(void)reterr;
	struct irc_frontend *self = (struct irc_frontend *)frontend;
	retry_reset(&self->reconnect);
	retry_soon(&self->reconnect);
	return true;
}

#define LASTING(field, kind)                                                                       \
	{                                                                                          \
		.name = #field, .type = SETTING_TYPE_##kind,                                       \
		.offset = offsetof(struct irc_options, field)                                      \
	}

/* With these the connection was made, and the server knows us by them until the next one. */
static const struct setting lasting[] = {
	LASTING(server, STRINGS),
	LASTING(port, INTEGER),
	LASTING(tls, BOOLEAN),
	LASTING(tls_ca, STRING),
	LASTING(tls_certificate, STRING),
	LASTING(tls_key, STRING),
	LASTING(tls_fingerprint, STRING),
	LASTING(password_file, STRING),
	LASTING(login, STRING),
	LASTING(account, STRING),
	LASTING(account_password_file, STRING),
	LASTING(username, STRING),
	LASTING(realname, STRING),
	LASTING(contact, STRING),
	{.name = NULL},
};

static bool change(struct frontend *frontend, const void *options)
{
	struct irc_frontend *self = (struct irc_frontend *)frontend;
	const struct irc_options *irc = options;
	if (!setting_equal(lasting, self->options, irc))
		return false;
	irc_queue_set(self->queue, (double)irc->burst, (double)irc->interval / 1000,
		(size_t)irc->queue_limit);
	irc_bot_change(self->bot, irc);
	if (self->bridge != NULL)
		irc_bridge_change(self->bridge, irc);
	self->reconnect.first = (double)irc->reconnect_first;
	self->reconnect.last = (double)irc->reconnect_last;
	self->options = irc;
	set_url(self);
	self->credentials.account.name = irc->account;
	return true;
}

static const char *state(const struct frontend *frontend)
{
	const struct irc_frontend *self = (const struct irc_frontend *)frontend;
	return irc_bot_is_registered(self->bot) ? NULL : "connecting";
}

static void drain(struct frontend *frontend)
{
	struct irc_frontend *self = (struct irc_frontend *)frontend;
	bool waiting = retry_is_waiting(&self->reconnect);
	retry_stop(&self->reconnect);
	irc_bot_mute(self->bot);
	if (self->bridge == NULL || waiting)
		return;
	self->draining = true;
	irc_bridge_quit(self->bridge);
}

static size_t in_flight(const struct frontend *frontend)
{
	const struct irc_frontend *self = (const struct irc_frontend *)frontend;
	size_t waiting = irc_bot_is_registered(self->bot) ? irc_queue_count(self->queue) : 0;
	return waiting + self->draining;
}

static void stop(struct frontend *frontend)
{
	struct irc_frontend *self = (struct irc_frontend *)frontend;
	retry_stop(&self->reconnect);
	irc_bridge_destroy(self->bridge);
	self->bridge = NULL;
	irc_bot_begin(self->bot);
	self->draining = false;
	irc_queue_clear(self->queue);
}

static void destroy(struct frontend *frontend)
{
	struct irc_frontend *self = (struct irc_frontend *)frontend;
	if (self == NULL)
		return;
	irc_bot_destroy(self->bot);
	irc_presence_destroy(self->presence);
	irc_queue_destroy(self->queue);
	irc_client_release(self->reserved);
	irc_credentials_finish(&self->credentials);
	free(self->url);
	free(self);
}

static struct quote_fit fit(const void *options)
{
	return irc_layout_fit(options);
}

const struct frontend_ops irc_frontend_ops = {
	.name = "irc",
	.settings = irc_options_rows,
	.options_size = sizeof(struct irc_options),
	.metrics = metrics,
	.fit = fit,
	.create = create,
	.start = start,
	.state = state,
	.url = url,
	.change = change,
	.drain = drain,
	.in_flight = in_flight,
	.stop = stop,
	.destroy = destroy,
};
