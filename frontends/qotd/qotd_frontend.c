#include "frontends/qotd/qotd_frontend.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/keeper/asker.h"
#include "frontends/kit/log.h"
#include "frontends/net/listener.h"
#include "frontends/qotd/qotd_answer.h"
#include "frontends/qotd/qotd_linger.h"
#include "frontends/qotd/qotd_policy.h"
#include "frontends/qotd/qotd_udp.h"

#define ROW(field, kind)                                                                           \
	.name = #field, .type = (kind), .offset = offsetof(struct qotd_options, field)

static const char *const serve_choices[] = {"random", "today", NULL};

static const struct setting settings[] = {
	WIRE_OPTIONS_ROWS,
	{ROW(serve, SETTING_TYPE_CHOICE), .fallback = "random", .choices = serve_choices,
		.help = "random: another quote each time; today: the same one all day"},
	{ROW(listen, SETTING_TYPE_STRINGS), .fallback = "{\"localhost:1717\"}",
		.help = "TCP addresses; the standard port is 17", .check = address_check,
		.listens = "tcp"},
	{ROW(udp, SETTING_TYPE_STRINGS), .fallback = "{\"localhost:1717\"}",
		.help = "UDP addresses; {} for none", .check = address_check, .listens = "udp"},
	{ROW(udp_public, SETTING_TYPE_BOOLEAN), .fallback = "false",
		.help = "Allow UDP beyond loopback, where forged senders can abuse it as an "
			"amplifier"},
	{ROW(udp_no_amplification, SETTING_TYPE_BOOLEAN), .fallback = "false",
		.help = "Never answer a datagram with more octets than it had"},
	{ROW(udp_limit_loopback, SETTING_TYPE_BOOLEAN), .fallback = "false",
		.help = "Apply the UDP budgets to loopback too, as for a proxy on this machine"},
	{ROW(udp_prefix_burst, SETTING_TYPE_INTEGER), .fallback = "20", .minimum = 1,
		.maximum = 1000000, .help = "UDP answers in a burst to one /24 or /56"},
	{ROW(udp_prefix_per_second, SETTING_TYPE_INTEGER), .fallback = "5", .minimum = 1,
		.maximum = 1000000, .help = "UDP answers per second to one /24 or /56"},
	{ROW(udp_global_burst, SETTING_TYPE_INTEGER), .fallback = "500", .minimum = 1,
		.maximum = 1000000, .help = "UDP answers in a burst, in all"},
	{ROW(udp_global_per_second, SETTING_TYPE_INTEGER), .fallback = "200", .minimum = 1,
		.maximum = 1000000, .help = "UDP answers per second, in all"},
	{ROW(max_bytes, SETTING_TYPE_INTEGER), .fallback = "511", .minimum = 16, .maximum = 4096,
		.help = "Octets of an answer; RFC 865 wants fewer than 512"},
	{ROW(max_connections, SETTING_TYPE_INTEGER), .fallback = "1000", .minimum = 1,
		.maximum = 100000, .help = "TCP connections in all; further ones wait"},
	{ROW(max_per_prefix, SETTING_TYPE_INTEGER), .fallback = "1000", .minimum = 1,
		.maximum = 100000,
		.help = "TCP connections from one /24 or /56; further ones are closed"},
	{ROW(linger_max, SETTING_TYPE_INTEGER), .fallback = "512", .minimum = 1, .maximum = 100000,
		.help = "Answered TCP connections that wait for the client to close; one more "
			"closes "
			"the oldest"},
	{ROW(linger_ms, SETTING_TYPE_INTEGER), .fallback = "2000", .minimum = 20, .maximum = 60000,
		.help = "Milliseconds that such a connection waits"},
	{ROW(linger_bytes, SETTING_TYPE_INTEGER), .fallback = "262144", .minimum = 1,
		.maximum = 1073741824, .help = "Octets of input to discard from such a connection"},
	{.name = NULL},
};

static const struct metrics_row metrics[] = {
	METRICS_COMMON_ROWS,
	LISTENER_METRICS_ROWS,
	[QOTD_ANSWER_METRICS_NO_QUOTE] = METRICS_REFUSAL("no_quote"),
	[QOTD_ANSWER_METRICS_NOT_SENT] = METRICS_REFUSAL("not_sent"),
	[QOTD_ANSWER_METRICS_PORT] = METRICS_REFUSAL("port"),
	[QOTD_ANSWER_METRICS_PREFIX] = METRICS_REFUSAL("udp_prefix"),
	[QOTD_ANSWER_METRICS_GLOBAL] = METRICS_REFUSAL("udp_global"),
	[QOTD_ANSWER_METRICS_TOO_SMALL] = METRICS_REFUSAL("too_small"),
	{.name = NULL},
};

struct qotd_frontend {
	struct frontend frontend;
	const struct frontend_context *context;
	const struct qotd_options *options;
	struct buffer text; /* of the last answer by TCP */
	struct limits *limits;
	struct listener listener;
	struct qotd_linger *linger;
	struct qotd_udp *udp;
	unsigned long vanished; /* TCP clients that were gone before the answer */
	double before;          /* how often its section had no quote to send before the start */
	bool reported;
	char url[LISTENER_URL_SIZE];
};

static double count_unanswered(const struct qotd_frontend *qotd)
{
	return metrics_value(qotd->context->metrics, QOTD_ANSWER_METRICS_NO_QUOTE);
}

/* MSG_MORE delays the quote until the shutdown, so that both leave in one segment. */
static void on_connection(void *data, int fd, const struct address *peer)
{
	struct qotd_frontend *qotd = data;
	const struct frontend_context *context = qotd->context;
	const struct qotd_options *options = qotd->options;
	struct buffer *text = &qotd->text;
	metrics_add(context->metrics, METRICS_REQUESTS, 1);
	if (qotd_answer_next(context, options, (size_t)options->max_bytes, text)) {
		bool sent = send(fd, text->data, text->length, MSG_MORE | MSG_NOSIGNAL) >= 0;
		qotd->vanished += !sent;
		qotd_answer_count(context->metrics, sent);
	}
	shutdown(fd, SHUT_WR);
	qotd_linger_add(qotd->linger, fd, peer);
}

static void on_closed(void *data, const struct address *peer)
{
	struct qotd_frontend *qotd = data;
	listener_release(&qotd->listener, peer);
}

static bool check_udp(const struct qotd_options *options, struct error *reterr)
{
	struct error error;
	struct address addresses[2];
	size_t count;
	for (size_t i = 0; i < options->udp.count; i++) {
		const char *text = options->udp.items[i];
		if (!address_parse(text, addresses, &count, &error)) {
			error_set(reterr, "udp: %s", error.text);
			return false;
		}
		if (addresses[0].storage.ss_family == AF_UNIX) {
			error_set(reterr,
				"udp: '%s': UDP cannot use a unix socket; write HOST:PORT", text);
			return false;
		}
		if (!options->udp_public && !address_is_loopback(&addresses[0])) {
			error_set(reterr,
				"udp: '%s' is reachable from other machines, which can abuse UDP "
				"as an amplifier; listen on localhost or set udp_public = true",
				text);
			return false;
		}
	}
	return true;
}

static bool check(const struct qotd_options *options, struct error *reterr)
{
	if (options->listen.count > 0 || options->udp.count > 0)
		return listener_check(&options->listen, reterr) && check_udp(options, reterr);
	error_set(reterr, "listen and udp are both empty; add an address or remove the section");
	return false;
}

static struct limits *create_limits(
	const struct frontend_context *context, const struct qotd_options *options)
{
	return limits_create(&(struct limits_options){
		.loop = context->loop,
		.name = context->name,
		.max_connections = options->max_connections,
		.max_per_prefix = options->max_per_prefix,
		.unit = "datagram",
		.one = {"udp_prefix_per_second", options->udp_prefix_per_second,
			(double)options->udp_prefix_burst, (double)options->udp_prefix_per_second},
		.all = {"udp_global_per_second", options->udp_global_per_second,
			(double)options->udp_global_burst, (double)options->udp_global_per_second},
		.keys = LIMITS_PREFIXES,
		.limit_loopback = options->udp_limit_loopback,
		.seed = rng_next(context->rng),
	});
}

static void init_listener(struct qotd_frontend *qotd)
{
	qotd->listener = (struct listener){
		.loop = qotd->context->loop,
		.name = qotd->context->name,
		.addresses = &qotd->options->listen,
		.limits = qotd->limits,
		.metrics = qotd->context->metrics,
		.on_connection = on_connection,
		.data = qotd,
	};
	listener_init(&qotd->listener);
}

/* For every size that qotd_policy_room() can give. */
static void prepare_quotes(struct asker *asker, const struct qotd_options *options)
{
	size_t before = 0;
	size_t most = (size_t)options->max_bytes;
	for (size_t received = 0; received <= most; received++) {
		size_t room = qotd_policy_room(most, options->udp_no_amplification, received);
		struct quote_fit fit = qotd_answer_fit(room);
		if (room != before)
			asker_prepare(asker, &fit);
		before = room;
	}
}

static struct frontend *create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	const struct qotd_options *qotd_options = options;
	if (!check(qotd_options, reterr))
		return NULL;
	struct qotd_frontend *qotd = mem_alloc(sizeof *qotd);
	qotd->frontend.ops = &qotd_frontend_ops;
	qotd->context = context;
	qotd->options = qotd_options;
	prepare_quotes(context->asker, qotd_options);
	qotd->limits = create_limits(context, qotd_options);
	init_listener(qotd);
	qotd->linger = qotd_linger_create(context->loop, qotd_options, on_closed, qotd);
	qotd->udp = qotd_udp_create(context, qotd_options, qotd->limits);
	return &qotd->frontend;
}

static bool start(struct frontend *frontend, struct error *reterr)
{
	struct qotd_frontend *qotd = (struct qotd_frontend *)frontend;
	if (!listener_start(&qotd->listener, reterr))
		return false;
	if (!qotd_udp_start(qotd->udp, reterr)) {
		listener_stop(&qotd->listener);
		return false;
	}
	qotd->reported = false;
	qotd->before = count_unanswered(qotd);
	listener_url(&qotd->listener, "qotd", qotd->url);
	return true;
}

/* By UDP alone it has none. */
static const char *url(const struct frontend *frontend)
{
	const struct qotd_frontend *qotd = (const struct qotd_frontend *)frontend;
	return qotd->url[0] != '\0' ? qotd->url : NULL;
}

/* Once for each start. */
static void report(struct qotd_frontend *qotd)
{
	unsigned long failed = qotd_udp_failed(qotd->udp);
	unsigned long cut_short = qotd_linger_cut_short(qotd->linger);
	double unanswered = count_unanswered(qotd) - qotd->before;
	if (qotd->reported)
		return;
	qotd->reported = true;
	if (failed > 0)
		log_info(qotd->context->name, "answers to datagrams not sent: %lu", failed);
	if (unanswered > 0 || qotd->vanished + cut_short > 0)
		log_info(qotd->context->name,
			"no quote to send: %.0f times; clients gone before the answer: %lu; "
			"connections closed before the client closed them: %lu",
			unanswered, qotd->vanished, cut_short);
}

/* Clients in the backlog are connected as far as they can tell; closing would reset them. */
static void drain(struct frontend *frontend)
{
	struct qotd_frontend *qotd = (struct qotd_frontend *)frontend;
	listener_take_waiting(&qotd->listener);
	listener_stop(&qotd->listener);
	qotd_udp_stop(qotd->udp);
}

/* A lingering client may not have read the answer yet. */
static size_t in_flight(const struct frontend *frontend)
{
	return qotd_linger_count(((const struct qotd_frontend *)frontend)->linger);
}

static void stop(struct frontend *frontend)
{
	struct qotd_frontend *qotd = (struct qotd_frontend *)frontend;
	drain(frontend);
	qotd_linger_stop(qotd->linger);
	limits_tell(qotd->limits);
	report(qotd);
}

static void destroy(struct frontend *frontend)
{
	struct qotd_frontend *qotd = (struct qotd_frontend *)frontend;
	if (qotd == NULL)
		return;
	qotd_udp_destroy(qotd->udp);
	qotd_linger_destroy(qotd->linger);
	listener_stop(&qotd->listener);
	limits_destroy(qotd->limits);
	buffer_finish(&qotd->text);
	free(qotd);
}

static struct quote_fit qotd_fit(const void *options)
{
	return qotd_answer_fit((size_t)((const struct qotd_options *)options)->max_bytes);
}

const struct frontend_ops qotd_frontend_ops = {
	.name = "qotd",
	.settings = settings,
	.options_size = sizeof(struct qotd_options),
	.metrics = metrics,
	.fit = qotd_fit,
	.create = create,
	.start = start,
	.url = url,
	.drain = drain,
	.in_flight = in_flight,
	.stop = stop,
	.destroy = destroy,
};
