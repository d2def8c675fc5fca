#include "frontends/irc/irc_frontend.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_bridge.h"
#include "frontends/irc/connection/irc_client.h"
#include "frontends/kit/log.h"
#include "frontends/kit/retry.h"
#include "frontends/kit/secret.h"

static const struct metrics_row metrics[] = {
	METRICS_COMMON_ROWS,
	[IRC_BOT_METRICS_NO_QUOTE] = METRICS_REFUSAL("no_quote"),
	[IRC_BOT_METRICS_ASKER] = METRICS_REFUSAL("commands_per_minute"),
	[IRC_BOT_METRICS_QUEUE] = METRICS_REFUSAL("queue_limit"),
	{.name = NULL},
};

struct irc_frontend {
	struct frontend base;
	const struct frontend_context *context;
	const struct irc_options *options;
	char *password; /* NULL: none */
	struct irc_queue *queue;
	struct irc_bot *bot;
	struct irc_bridge *bridge; /* a new one for each connection */
	struct retry reconnect;
	int reserved;
	bool draining;
};

static void on_reconnect(void *data);

static bool read_password(
	const struct irc_options *options, char **ret_password, struct error *reterr)
{
	struct error error;
	*ret_password = NULL;
	if (*options->password_file == '\0')
		return true;
	*ret_password = secret_read(options->password_file, &error);
	if (*ret_password == NULL)
		error_set(reterr, "password_file: %s", error.text);
	return *ret_password != NULL;
}

static struct frontend *create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	const struct irc_options *irc = options;
	char *password;
	if (!irc_options_check(irc, reterr) || !read_password(irc, &password, reterr))
		return NULL;
	struct irc_frontend *self = mem_alloc(sizeof *self);
	self->password = password;
	self->base.ops = &irc_frontend_ops;
	self->context = context;
	self->options = irc;
	self->reserved = irc_client_reserve();
	self->queue = irc_queue_create(
		(double)irc->burst, (double)irc->interval / 1000, (size_t)irc->queue_limit);
	self->bot = irc_bot_create(context, irc, self->queue);
	self->reconnect = (struct retry){
		.loop = context->loop,
		.rng = context->rng,
		.first = (double)irc->reconnect_first,
		.last = (double)irc->reconnect_last,
		.again = on_reconnect,
		.data = self,
	};
	retry_init(&self->reconnect);
	return &self->base;
}

static void wait_to_reconnect(struct irc_frontend *self, const char *reason)
{
	log_warning(self->context->name, "%s; next try in %.0f s", reason,
		retry_later(&self->reconnect));
}

/* Called by the bridge, which is therefore destroyed later: for the next connection, or by stop().
 */
static void on_closed(void *data, const char *reason)
{
	struct irc_frontend *self = data;
	irc_queue_clear(self->queue);
	if (irc_bot_is_registered(self->bot))
		retry_reset(&self->reconnect);
	irc_bot_begin(self->bot);
	if (!self->draining)
		wait_to_reconnect(self, reason);
	else
		self->draining = false;
}

static void on_reconnect(void *data)
{
	struct irc_frontend *self = data;
	struct error error;
	struct irc_bridge_parts parts = {
		.loop = self->context->loop,
		.name = self->context->name,
		.options = self->options,
		.password = self->password,
		.bot = self->bot,
		.queue = self->queue,
		.reserved = &self->reserved,
		.on_closed = on_closed,
		.data = self,
	};
	irc_bridge_destroy(self->bridge);
	irc_bot_begin(self->bot);
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

/* The server knows who we are by these, until we connect again. */
static bool is_same_identity(const struct irc_options *left, const struct irc_options *right)
{
	return strcmp(left->server, right->server) == 0 && left->port == right->port &&
	       strcmp(left->password_file, right->password_file) == 0 &&
	       strcmp(left->username, right->username) == 0 &&
	       strcmp(left->realname, right->realname) == 0 &&
	       strcmp(left->contact, right->contact) == 0;
}

static bool change(struct frontend *frontend, const void *options)
{
	struct irc_frontend *self = (struct irc_frontend *)frontend;
	const struct irc_options *irc = options;
	if (!is_same_identity(self->options, irc))
		return false;
	irc_queue_set(self->queue, (double)irc->burst, (double)irc->interval / 1000,
		(size_t)irc->queue_limit);
	irc_bot_change(self->bot, irc);
	if (self->bridge != NULL)
		irc_bridge_change(self->bridge, irc);
	self->reconnect.first = (double)irc->reconnect_first;
	self->reconnect.last = (double)irc->reconnect_last;
	self->options = irc;
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
	irc_queue_destroy(self->queue);
	irc_client_release(self->reserved);
	free(self->password);
	free(self);
}

static struct quote_fit fit(const void *options)
{
	return irc_bot_fit(options);
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
	.change = change,
	.drain = drain,
	.in_flight = in_flight,
	.stop = stop,
	.destroy = destroy,
};
