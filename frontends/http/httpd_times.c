#include "frontends/http/httpd_times.h"

#include <sys/socket.h>

#include "frontends/kit/log.h"

/* Seconds in which a request may still come on a connection that is open when draining begins. */
static const double drain_patience = 1;

/* Seconds after which an end of input that came with a request is noticed. */
static const double look_patience = 0.05;

static ev_tstamp due(const struct httpd *httpd, const struct httpd_connection *connection)
{
	return connection->since + (ev_tstamp)httpd->options.idle_timeout +
	       (ev_tstamp)httpd->options.request_timeout;
}

static void arm_deadline(struct httpd *httpd)
{
	struct httpd_connection *oldest = TAILQ_FIRST(&httpd->connections);
	if (oldest == NULL || ev_is_active(&httpd->deadline))
		return;
	ev_tstamp wait = due(httpd, oldest) - ev_now(httpd->options.loop);
	ev_timer_set(&httpd->deadline, wait > 0 ? wait : 0, 0);
	ev_timer_start(httpd->options.loop, &httpd->deadline);
}

/* The library's own time-out starts again with each octet, so slow octets could go on for ever. */
static void on_deadline(struct ev_loop *loop, ev_timer *watcher, int events)
{
	(void)events;
	struct httpd *httpd = watcher->data;
	struct httpd_connection *oldest;
	while ((oldest = TAILQ_FIRST(&httpd->connections)) != NULL &&
		due(httpd, oldest) <= ev_now(loop)) {
		log_debug(httpd->options.name, "closed a connection: its request took too long");
		TAILQ_REMOVE(&httpd->connections, oldest, link);
		oldest->cut = true;
		shutdown(oldest->fd, SHUT_RDWR);
	}
	arm_deadline(httpd);
	ev_feed_event(loop, &httpd->io, EV_READ);
}

/*
 * epoll tells the library of a readable socket only once, and the library takes a short read for
 * the last. So it would miss an end of input that came with the request until the connection times
 * out. Looking at once would cost each request a call of the system.
 */
static bool has_ended(int fd)
{
	char octet;
	return recv(fd, &octet, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void look(struct httpd_connection *connection)
{
	connection->unseen = false;
	/* This wakes the library again, which may have read further requests already. */
	if (!connection->busy && has_ended(connection->fd))
		shutdown(connection->fd, SHUT_RD);
}

/* The list is in the order of the last replies, so those not looked at yet are at its end. */
static void on_look(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct httpd *httpd = timer->data;
	struct httpd_connection *connection;
	TAILQ_FOREACH_REVERSE (connection, &httpd->connections, httpd_connections, link) {
		if (connection->unseen)
			look(connection);
		else if (connection->since < ev_now(loop) - 2 * look_patience)
			break;
	}
	ev_timer_stop(loop, timer);
	ev_feed_event(loop, &httpd->io, EV_READ);
}

/* What has arrived can still be read; the end of the stream follows it. */
static void on_patience_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct httpd *httpd = timer->data;
	struct httpd_connection *connection;
	TAILQ_FOREACH (connection, &httpd->connections, link)
		if (!connection->busy)
			shutdown(connection->fd, SHUT_RD);
	ev_feed_event(loop, &httpd->io, EV_READ);
}

void httpd_times_init(struct httpd *httpd)
{
	TAILQ_INIT(&httpd->connections);
	ev_init(&httpd->deadline, on_deadline);
	ev_init(&httpd->patience, on_patience_over);
	ev_init(&httpd->look, on_look);
	httpd->deadline.data = httpd->patience.data = httpd->look.data = httpd;
}

void httpd_times_begin(struct httpd_connection *connection)
{
	TAILQ_INSERT_TAIL(&connection->httpd->connections, connection, link);
	arm_deadline(connection->httpd);
}

void httpd_times_replied(struct httpd_connection *connection)
{
	struct httpd *httpd = connection->httpd;
	if (connection->cut)
		return;
	connection->since = ev_now(httpd->options.loop);
	TAILQ_REMOVE(&httpd->connections, connection, link);
	TAILQ_INSERT_TAIL(&httpd->connections, connection, link);
	connection->unseen = true;
	if (!ev_is_active(&httpd->look)) {
		ev_timer_set(&httpd->look, look_patience, 0);
		ev_timer_start(httpd->options.loop, &httpd->look);
	}
}

void httpd_times_end(struct httpd_connection *connection)
{
	if (!connection->cut)
		TAILQ_REMOVE(&connection->httpd->connections, connection, link);
}

void httpd_times_drain(struct httpd *httpd)
{
	ev_timer_set(&httpd->patience, drain_patience, 0);
	ev_timer_start(httpd->options.loop, &httpd->patience);
}

size_t httpd_times_count(const struct httpd *httpd)
{
	const struct httpd_connection *connection;
	size_t count = 0;
	TAILQ_FOREACH (connection, &httpd->connections, link)
		count++;
	return count;
}

void httpd_times_stop(struct httpd *httpd)
{
	ev_timer_stop(httpd->options.loop, &httpd->deadline);
	ev_timer_stop(httpd->options.loop, &httpd->patience);
	ev_timer_stop(httpd->options.loop, &httpd->look);
}
