#include "frontends/mail/mail_listener.h"

#include <stdlib.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_connection.h"
#include "frontends/net/listener.h"

struct member {
	struct mail_connection *connection;
	struct member *next;
};

struct mail_listener {
	const struct frontend_context *context;
	const struct mail_options *options;
	struct smtp_session_options session;
	char *name;
	struct limits *limits;
	struct listener listener;
	struct mail_connection_options connection; /* of all of them */
	struct member *members;
};

static void on_close(void *data, struct mail_connection *connection, const struct address *peer)
{
	struct mail_listener *self = data;
	struct member *member;
	LL_SEARCH_SCALAR(self->members, member, connection, connection);
	LL_DELETE(self->members, member);
	free(member);
	listener_release(&self->listener, peer);
}

/* The listener is about to let all others wait, for as long as every connection stays. */
static void keep_a_place(const struct mail_listener *self)
{
	long limit = self->options->max_connections;
	size_t count = 0;
	struct mail_crowd_place *places = mem_alloc((size_t)limit * sizeof *places);
	/* The newcomer is the first member, and mail_crowd_choose() wants it last. */
	for (struct member *member = self->members->next; member != NULL; member = member->next)
		places[count++] = mail_connection_place(member->connection);
	places[count++] = mail_connection_place(self->members->connection);
	struct mail_connection *chosen = mail_crowd_choose(places, count);
	free(places);
	if (chosen == NULL)
		return;
	metrics_add(self->context->metrics, MAIL_METRICS_CROWDED, 1);
	log_info(self->name,
		"closed a connection without a message, to keep a place for others; "
		"max_connections is %ld",
		limit);
	mail_connection_shed(chosen);
}

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct mail_listener *self = data;
	struct member *member = mem_alloc(sizeof *member);
	member->connection = mail_connection_create(&self->connection, fd, peer);
	LL_PREPEND(self->members, member);
	if (limits_is_full(self->limits))
		keep_a_place(self);
}

struct mail_listener *mail_listener_create(const struct frontend_context *context,
	const struct mail_options *options, const struct smtp_session_options *session,
	const struct tls_server *tls, mode_t socket_mode)
{
	struct mail_listener *self = mem_alloc(sizeof *self);
	bool lmtp = session->lmtp;
	self->context = context;
	self->options = options;
	self->session = *session;
	self->name = mem_format("%s%s", context->name, lmtp ? ".lmtp" : "");
	self->connection = (struct mail_connection_options){
		.loop = context->loop,
		.session = &self->session,
		.name = self->name,
		.tls = tls,
		.idle_timeout = (double)options->idle_timeout,
		.max_age = (double)options->max_age,
		.on_close = on_close,
		.data = self,
	};
	self->limits = limits_create(&(struct limits_options){
		.loop = context->loop,
		.name = self->name,
		.max_connections = options->max_connections,
		.max_per_prefix = options->max_per_prefix,
	});
	self->listener = (struct listener){
		.loop = context->loop,
		.name = self->name,
		.addresses = lmtp ? &options->lmtp : &options->smtp,
		.socket_mode = socket_mode,
		.limits = self->limits,
		.metrics = context->metrics,
		.on_connection = on_connection,
		.data = self,
	};
	listener_init(&self->listener);
	return self;
}

bool mail_listener_start(
	struct mail_listener *self, struct mail_service *service, struct error *reterr)
{
	self->connection.service = service;
	return listener_start(&self->listener, reterr);
}

void mail_listener_drain(struct mail_listener *self)
{
	listener_stop(&self->listener);
	for (struct member *member = self->members, *next; member != NULL; member = next) {
		next = member->next;
		mail_connection_drain(member->connection);
	}
}

size_t mail_listener_busy(const struct mail_listener *self)
{
	size_t count = 0;
	for (const struct member *member = self->members; member != NULL; member = member->next)
		count += mail_connection_is_busy(member->connection);
	return count;
}

void mail_listener_stop(struct mail_listener *self)
{
	listener_stop(&self->listener);
	while (self->members != NULL)
		mail_connection_close(self->members->connection);
	limits_tell(self->limits);
}

void mail_listener_destroy(struct mail_listener *self)
{
	if (self == NULL)
		return;
	listener_stop(&self->listener);
	limits_destroy(self->limits);
	free(self->name);
	free(self);
}
