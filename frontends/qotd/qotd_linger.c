#include "frontends/qotd/qotd_linger.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "frontends/qotd/qotd_frontend.h"

enum { SINK_SIZE = 16384 };

struct lingering {
	ev_io io;
	struct qotd_linger *linger;
	struct address peer;
	ev_tstamp since;
	long drained;
	struct lingering *prev;
	struct lingering *next;
};

struct qotd_linger {
	struct ev_loop *loop;
	const struct qotd_options *options;
	qotd_linger_callback *on_closed;
	void *data;
	struct lingering *oldest; /* of a list in order of arrival */
	struct lingering *unused;
	size_t count;
	unsigned long cut_short;
	ev_timer expiry;
};

static void finish(struct lingering *lingering)
{
	struct qotd_linger *linger = lingering->linger;
	ev_io_stop(linger->loop, &lingering->io);
	DL_DELETE(linger->oldest, lingering);
	close(lingering->io.fd);
	linger->count--;
	LL_PREPEND(linger->unused, lingering);
	linger->on_closed(linger->data, &lingering->peer);
}

/* With MSG_TRUNC, TCP discards the octets without copying them. Returns whether the connection is
 * over: closed by the client, or past the limit. */
static bool drain(struct lingering *lingering)
{
	char sink[SINK_SIZE];
	struct qotd_linger *linger = lingering->linger;
	while (lingering->drained < linger->options->linger_bytes) {
		ssize_t got = recv(lingering->io.fd, sink, sizeof sink, MSG_DONTWAIT | MSG_TRUNC);
		if (got > 0)
			lingering->drained += got;
		else if (got == 0 || (errno != EINTR && errno != EAGAIN))
			return true;
		else if (errno == EAGAIN)
			return false;
	}
	linger->cut_short++;
	return true;
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	(void)events;
	struct lingering *lingering = io->data;
	if (drain(lingering))
		finish(lingering);
}

static void cut_short(struct lingering *lingering)
{
	if (!drain(lingering))
		lingering->linger->cut_short++;
	finish(lingering);
}

static double seconds_of(const struct qotd_linger *linger)
{
	return (double)linger->options->linger_ms / 1000;
}

static void start_expiry(struct qotd_linger *linger)
{
	double at = linger->oldest->since + seconds_of(linger);
	double after = at - ev_now(linger->loop);
	ev_timer_set(&linger->expiry, after > 0 ? after : 0, 0);
	ev_timer_start(linger->loop, &linger->expiry);
}

static void on_expiry(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct qotd_linger *linger = timer->data;
	double seconds = seconds_of(linger);
	while (linger->oldest != NULL && linger->oldest->since + seconds <= ev_now(loop))
		cut_short(linger->oldest);
	if (linger->oldest != NULL)
		start_expiry(linger);
}

struct qotd_linger *qotd_linger_create(struct ev_loop *loop, const struct qotd_options *options,
	qotd_linger_callback *on_closed, void *data)
{
	struct qotd_linger *linger = mem_alloc(sizeof *linger);
	linger->loop = loop;
	linger->options = options;
	linger->on_closed = on_closed;
	linger->data = data;
	ev_timer_init(&linger->expiry, on_expiry, 0, 0);
	linger->expiry.data = linger;
	return linger;
}

static struct lingering *take_unused(struct qotd_linger *linger)
{
	struct lingering *lingering = linger->unused;
	if (lingering == NULL)
		return mem_alloc(sizeof *lingering);
	LL_DELETE(linger->unused, lingering);
	return lingering;
}

void qotd_linger_add(struct qotd_linger *linger, int fd, const struct address *peer)
{
	if (linger->count >= (size_t)linger->options->linger_max)
		cut_short(linger->oldest);
	struct lingering *lingering = take_unused(linger);
	ev_io_init(&lingering->io, on_readable, fd, EV_READ);
	lingering->io.data = lingering;
	lingering->linger = linger;
	lingering->peer = *peer;
	lingering->since = ev_now(linger->loop);
	lingering->drained = 0;
	DL_APPEND(linger->oldest, lingering);
	linger->count++;
	if (drain(lingering)) {
		finish(lingering);
		return;
	}
	ev_io_start(linger->loop, &lingering->io);
	if (!ev_is_active(&linger->expiry))
		start_expiry(linger);
}

size_t qotd_linger_count(const struct qotd_linger *linger)
{
	return linger->count;
}

unsigned long qotd_linger_cut_short(const struct qotd_linger *linger)
{
	return linger->cut_short;
}

void qotd_linger_stop(struct qotd_linger *linger)
{
	while (linger->oldest != NULL)
		cut_short(linger->oldest);
	ev_timer_stop(linger->loop, &linger->expiry);
}

void qotd_linger_destroy(struct qotd_linger *linger)
{
	if (linger == NULL)
		return;
	qotd_linger_stop(linger);
	while (linger->unused != NULL) {
		struct lingering *lingering = linger->unused;
		LL_DELETE(linger->unused, lingering);
		free(lingering);
	}
	free(linger);
}
