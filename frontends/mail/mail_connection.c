#include "frontends/mail/mail_connection.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/tls/tls_stream.h"

enum {
	READ_SIZE = 16384,
	STALLED_SECONDS = 60, /* without an octet, after which a transaction has no right to stay */
};

struct mail_connection {
	const struct mail_connection_options *options;
	struct smtp_session *session;
	struct mail_task *task; /* the message being handled; NULL: none */
	struct buffer in;       /* received while a message is being handled */
	struct buffer out;
	struct address peer;
	ev_io io;
	ev_timer idle;
	ev_timer deadline;
	double heard;  /* when the last octet came, by ev_now() */
	long progress; /* of the session when the idle timer was set */
	bool draining;
	bool shed;
	bool expired;
	bool closing;           /* once out is sent */
	bool upgrading;         /* STARTTLS was accepted, and TLS has not begun yet */
	int wanted;             /* what TLS waits for, whatever we do; 0: nothing */
	struct tls_stream *tls; /* NULL: no TLS, or not yet */
};

void mail_connection_close(struct mail_connection *connection)
{
	struct ev_loop *loop = connection->options->loop;
	ev_io_stop(loop, &connection->io);
	ev_timer_stop(loop, &connection->idle);
	ev_timer_stop(loop, &connection->deadline);
	if (connection->task)
		mail_service_abandon(connection->task);
	tls_stream_destroy(connection->tls);
	close(connection->io.fd);
	connection->options->on_close(connection->options->data, connection, &connection->peer);
	smtp_session_destroy(connection->session);
	buffer_finish(&connection->in);
	buffer_finish(&connection->out);
	free(connection);
}

/* Waits for room to write, for input, or for neither while a message is being handled. */
static void watch(struct mail_connection *connection)
{
	struct ev_loop *loop = connection->options->loop;
	int fd = connection->io.fd;
	int events = connection->out.length ? EV_WRITE : connection->task ? 0 : EV_READ;
	if (connection->wanted)
		events = connection->wanted;
	if (events == connection->io.events && ev_is_active(&connection->io))
		return;
	ev_io_stop(loop, &connection->io);
	ev_io_set(&connection->io, fd, events);
	if (events)
		ev_io_start(loop, &connection->io);
}

/* Notes what TLS waits for. Returns whether something was done; ret_gone is whether nothing ever
 * will be. */
static bool is_done(
	struct mail_connection *connection, enum tls_stream_result result, bool *ret_gone)
{
	connection->wanted = connection->tls == NULL             ? 0
			     : result == TLS_STREAM_RESULT_READ  ? EV_READ
			     : result == TLS_STREAM_RESULT_WRITE ? EV_WRITE
								 : 0;
	*ret_gone = result == TLS_STREAM_RESULT_CLOSED || result == TLS_STREAM_RESULT_FAILED;
	return result == TLS_STREAM_RESULT_DONE;
}

/* Returns false if nothing was sent; ret_gone is whether the peer is gone. */
static bool send_some(struct mail_connection *connection, bool *ret_gone)
{
	struct buffer *out = &connection->out;
	size_t length;
	enum tls_stream_result result = tls_stream_write(
		connection->tls, connection->io.fd, out->data, out->length, &length, NULL);
	buffer_consume(out, length);
	return is_done(connection, result, ret_gone);
}

/* Returns false if the peer is gone. */
static bool flush(struct mail_connection *connection)
{
	bool gone = false;
	while (connection->out.length && send_some(connection, &gone))
		continue;
	return !gone;
}

/* Returns false if the peer is gone, or does not speak TLS as we do. */
static bool shake_hands(struct mail_connection *connection)
{
	bool gone;
	struct error error = {.text = "the client has closed the connection"};
	if (connection->tls == NULL)
		connection->tls = tls_stream_accept(
			tls_server_context(connection->options->tls), connection->io.fd);
	if (is_done(connection, tls_stream_handshake(connection->tls, &error), &gone)) {
		connection->upgrading = false;
		smtp_session_secure(connection->session);
	}
	if (gone) {
		char peer[ADDRESS_TEXT_SIZE];
		log_address(&connection->peer, peer);
		log_info(connection->options->name, "cannot encrypt for %s: %s", peer, error.text);
	}
	return !gone;
}

static void on_verdict(void *data, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT]);

static void take_message(struct mail_connection *connection)
{
	enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT];
	const struct smtp_message *message = smtp_session_message(connection->session);
	connection->task = mail_service_take(
		connection->options->service, message, on_verdict, connection, verdicts);
	if (connection->task == NULL)
		smtp_session_answer(connection->session, verdicts, &connection->out);
}

/* Feeds the session what was received, up to a message that must be waited for. */
static void process(struct mail_connection *connection)
{
	while (connection->in.length && !connection->task && !connection->closing &&
		!connection->upgrading) {
		size_t used;
		enum smtp_session_event event = smtp_session_feed(connection->session,
			connection->in.data, connection->in.length, &used, &connection->out);
		buffer_consume(&connection->in, used);
		if (event == SMTP_SESSION_EVENT_CLOSE) {
			connection->closing = true;
		} else if (event == SMTP_SESSION_EVENT_MESSAGE) {
			take_message(connection);
		} else if (event == SMTP_SESSION_EVENT_STARTTLS) {
			/* Whoever sent more could have put it before what is encrypted. */
			connection->upgrading = true;
			buffer_consume(&connection->in, connection->in.length);
		}
	}
}

static void shut_if_due(struct mail_connection *connection)
{
	bool due = connection->expired ||
		   (connection->draining &&
			   (connection->shed || !smtp_session_is_busy(connection->session)));
	if (due && !connection->closing && !connection->task) {
		const char *reason = connection->expired ? "the session timed out"
				     : connection->shed  ? "too many connections; try again later"
							 : "closing the connection";
		/* Nothing can be said between the two sides of TLS. */
		if (!connection->upgrading)
			smtp_session_shut(connection->session, reason, &connection->out);
		connection->closing = true;
	}
}

/* A command must be complete in time, however many of its octets have come; in the text of a
 * message each octet restarts the timer. */
static void rearm(struct mail_connection *connection)
{
	long progress = smtp_session_progress(connection->session);
	if (progress != connection->progress || smtp_session_in_data(connection->session)) {
		connection->progress = progress;
		ev_timer_again(connection->options->loop, &connection->idle);
	}
}

/* Called at the end of every event; may free the connection. */
static void advance(struct mail_connection *connection)
{
	process(connection);
	shut_if_due(connection);
	rearm(connection);
	if (!flush(connection) || (connection->closing && !connection->out.length) ||
		(connection->upgrading && !connection->out.length && !shake_hands(connection))) {
		mail_connection_close(connection);
		return;
	}
	watch(connection);
}

static void on_verdict(void *data, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT])
{
	struct mail_connection *connection = data;
	connection->task = NULL;
	smtp_session_answer(connection->session, verdicts, &connection->out);
	ev_timer_again(connection->options->loop, &connection->idle);
	advance(connection);
}

/* Returns false if nothing was received; ret_gone is whether the peer is gone. */
static bool receive_some(struct mail_connection *connection, bool *ret_gone)
{
	char data[READ_SIZE];
	size_t length;
	enum tls_stream_result result = tls_stream_read(
		connection->tls, connection->io.fd, data, sizeof data, &length, NULL);
	buffer_append(&connection->in, data, length);
	return is_done(connection, result, ret_gone);
}

/* Returns false if the peer is gone. The socket does not tell of octets that TLS holds back. */
static bool receive(struct mail_connection *connection)
{
	bool gone;
	while (receive_some(connection, &gone)) {
		connection->heard = ev_now(connection->options->loop);
		if (!tls_stream_is_pending(connection->tls))
			break;
	}
	return !gone;
}

static void on_io(struct ev_loop *loop, ev_io *io, int events)
{
	struct mail_connection *connection = io->data;
	bool readable = (events & EV_READ) || connection->wanted;
	(void)loop;
	if (readable && !connection->upgrading && !receive(connection)) {
		mail_connection_close(connection);
		return;
	}
	advance(connection);
}

static void on_timeout(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct mail_connection *connection = timer->data;
	(void)events;
	if (connection->task) {
		/* The client is waiting for us: idle time begins again with the reply. */
		ev_timer_stop(loop, timer);
		connection->expired = timer == &connection->deadline;
		return;
	}
	if (connection->closing || connection->out.length) {
		mail_connection_close(connection);
		return;
	}
	connection->expired = true;
	advance(connection);
}

struct mail_connection *mail_connection_create(
	const struct mail_connection_options *options, int fd, const struct address *peer)
{
	struct mail_connection *connection = mem_alloc(sizeof *connection);
	connection->options = options;
	connection->session = smtp_session_create(options->session);
	connection->peer = *peer;
	connection->heard = ev_now(options->loop);
	ev_io_init(&connection->io, on_io, fd, EV_READ);
	ev_init(&connection->idle, on_timeout);
	ev_timer_init(&connection->deadline, on_timeout, options->max_age, 0);
	connection->io.data = connection;
	connection->idle.data = connection;
	connection->deadline.data = connection;
	connection->idle.repeat = options->idle_timeout;
	ev_timer_again(options->loop, &connection->idle);
	ev_timer_start(options->loop, &connection->deadline);
	smtp_session_greet(connection->session, &connection->out);
	/* The loop sends it, as a failure here would free the connection. */
	watch(connection);
	return connection;
}

void mail_connection_drain(struct mail_connection *connection)
{
	connection->draining = true;
	advance(connection);
}

void mail_connection_shed(struct mail_connection *connection)
{
	connection->shed = true;
	mail_connection_drain(connection);
}

struct mail_crowd_place mail_connection_place(struct mail_connection *connection)
{
	double idle = ev_now(connection->options->loop) - connection->heard;
	bool sending = smtp_session_is_busy(connection->session) && idle < STALLED_SECONDS;
	return (struct mail_crowd_place){
		.session = connection,
		.prefix = address_prefix(&connection->peer),
		.idle = idle,
		.busy = connection->task || sending,
	};
}

bool mail_connection_is_busy(const struct mail_connection *connection)
{
	return connection->task || smtp_session_is_busy(connection->session) ||
	       connection->out.length;
}
