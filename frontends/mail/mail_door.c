#include "frontends/mail/mail_door.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_connection.h"
#include "frontends/net/listener.h"

struct member {
	struct mail_connection *connection;
	struct member *next;
};

struct mail_door {
	struct mail_door_options options;
	char *name;
	struct limits *limits;
	struct listener *listener;
	struct mail_connection_options connection; /* of all of them */
	struct member *members;
};

static void on_close(void *data, struct mail_connection *connection, const struct address *peer)
{
	struct mail_door *door = data;
	struct member **link = &door->members;
	while ((*link)->connection != connection)
		link = &(*link)->next;
	struct member *member = *link;
	*link = member->next;
	free(member);
	listener_release(door->listener, peer);
}

/* The listener is about to let all others wait, for as long as every connection stays. */
static void keep_a_place(const struct mail_door *door)
{
	const struct frontend_context *context = door->options.context;
	long limit = door->options.options->max_connections;
	size_t count = 0;
	struct mail_crowd_place *places = mem_alloc((size_t)limit * sizeof *places);
	/* The newcomer is the first member, and mail_crowd_choose() wants it last. */
	for (struct member *member = door->members->next; member != NULL; member = member->next)
		places[count++] = mail_connection_place(member->connection);
	places[count++] = mail_connection_place(door->members->connection);
	struct mail_connection *chosen = mail_crowd_choose(places, count);
	free(places);
	if (chosen == NULL)
		return;
	metrics_add(context->metrics, MAIL_SERVICE_METRICS_CROWDED, 1);
	log_info(door->name,
		"closed a connection without a message, to keep a place for others; "
		"max_connections is %ld",
		limit);
	mail_connection_shed(chosen);
}

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct mail_door *door = data;
	struct member *member = mem_alloc(sizeof *member);
	member->connection = mail_connection_create(&door->connection, fd, peer);
	member->next = door->members;
	door->members = member;
	if (limits_is_full(door->limits))
		keep_a_place(door);
}

struct mail_door *mail_door_create(const struct mail_door_options *options)
{
	const struct mail_options *mail = options->options;
	struct ev_loop *loop = options->context->loop;
	struct mail_door *door = mem_alloc(sizeof *door);
	bool lmtp = options->session.lmtp;
	door->options = *options;
	door->name = mem_format("%s%s", options->context->name, lmtp ? ".lmtp" : "");
	door->connection = (struct mail_connection_options){
		.loop = loop,
		.session = &door->options.session,
		.name = door->name,
		.tls = options->tls,
		.idle_timeout = (double)mail->idle_timeout,
		.max_age = (double)mail->max_age,
		.on_close = on_close,
		.data = door,
	};
	door->limits = limits_create(&(struct limits_options){
		.loop = loop,
		.name = door->name,
		.max_connections = mail->max_connections,
		.max_per_prefix = mail->max_per_prefix,
	});
	door->listener = listener_create(&(struct listener_options){
		.loop = loop,
		.name = door->name,
		.addresses = lmtp ? &mail->lmtp : &mail->smtp,
		.socket_mode = options->socket_mode,
		.limits = door->limits,
		.metrics = options->context->metrics,
		.on_connection = on_connection,
		.data = door,
	});
	return door;
}

bool mail_door_start(struct mail_door *door, struct mail_service *service, struct error *reterr)
{
	door->connection.service = service;
	return listener_start(door->listener, reterr);
}

void mail_door_drain(struct mail_door *door)
{
	listener_stop(door->listener);
	for (struct member *member = door->members, *next; member != NULL; member = next) {
		next = member->next;
		mail_connection_drain(member->connection);
	}
}

size_t mail_door_busy(const struct mail_door *door)
{
	size_t count = 0;
	for (const struct member *member = door->members; member != NULL; member = member->next)
		count += mail_connection_is_busy(member->connection);
	return count;
}

void mail_door_stop(struct mail_door *door)
{
	listener_stop(door->listener);
	while (door->members != NULL)
		mail_connection_close(door->members->connection);
	limits_tell(door->limits);
}

void mail_door_destroy(struct mail_door *door)
{
	if (door == NULL)
		return;
	listener_destroy(door->listener);
	limits_destroy(door->limits);
	free(door->name);
	free(door);
}
