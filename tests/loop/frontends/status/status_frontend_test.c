#include "frontends/status/status_frontend.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "frontends/runtime/supervisor.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

/* The front end as the daemon runs it, on a unix socket, beside one that shows quotes. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct supervisor *supervisor;
	struct status_frontend_options options;
	int fd;
	struct buffer input;
};

static const char *wire_state;

static const struct metrics_row wire_metrics[] = {METRICS_COMMON_ROWS, {.name = NULL}};

static struct frontend *wire_create(
	const struct frontend_context *context, const void *options, struct error *reterr);

static bool wire_start(struct frontend *frontend, struct error *reterr)
{
	(void)frontend, (void)reterr;
	return true;
}

static const char *wire_state_of(const struct frontend *frontend)
{
	(void)frontend;
	return wire_state;
}

static size_t wire_in_flight(const struct frontend *frontend)
{
	(void)frontend;
	return 0;
}

static void wire_stop(struct frontend *frontend)
{
	(void)frontend;
}

static void wire_destroy(struct frontend *frontend)
{
	free(frontend);
}

static struct quote_fit wire_fit(const void *options)
{
	(void)options;
	return (struct quote_fit){0};
}

static const struct frontend_ops wire_ops = {
	.name = "irc",
	.metrics = wire_metrics,
	.fit = wire_fit,
	.create = wire_create,
	.start = wire_start,
	.state = wire_state_of,
	.drain = wire_stop,
	.in_flight = wire_in_flight,
	.stop = wire_stop,
	.destroy = wire_destroy,
};

static struct frontend *wire_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	struct frontend *frontend = mem_alloc(sizeof *frontend);
	(void)context, (void)options, (void)reterr;
	frontend->ops = &wire_ops;
	return frontend;
}

static void add(struct scene *scene, const struct frontend_ops *ops, const char *name)
{
	struct error error;
	struct quote_wire wire = {.name = name};
	struct asker *asker = asker_create(scene->quotes.quoter, NULL, &wire, &error);
	cr_assert(supervisor_add(scene->supervisor, ops, &scene->options, asker, &error), "%s",
		error.text);
}

static void set_up(struct scene *scene)
{
	struct error error;
	*scene = (struct scene){.loop = loop_support_create()};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:x");
	setting_defaults(status_frontend_ops.settings, &scene->options);
	strings_finish(&scene->options.http.listen);
	char *directory = getcwd(NULL, 0);
	char *address = mem_format("unix:%s/status", directory);
	strings_add(&scene->options.http.listen, address);
	free(address);
	free(directory);
	scene->supervisor = supervisor_create(scene->loop, quoter, NULL, &scene->quotes.rng);
	add(scene, &wire_ops, "irc.test");
	add(scene, &status_frontend_ops, "status.test");
	cr_assert(supervisor_apply(scene->supervisor, 1, &error), "%s", error.text);
}

static void tear_down(struct scene *scene)
{
	supervisor_destroy(scene->supervisor);
	setting_finish(status_frontend_ops.settings, &scene->options);
	quotes_finish(&scene->quotes);
	buffer_finish(&scene->input);
	ev_loop_destroy(scene->loop);
}

static bool is_closed(void *data)
{
	struct scene *scene = data;
	char octets[4096];
	ssize_t length;
	while ((length = recv(scene->fd, octets, sizeof octets, MSG_DONTWAIT)) > 0)
		buffer_append(&scene->input, octets, (size_t)length);
	return length == 0;
}

/* Returns all that the server sends for a request on a connection of its own. */
static const char *ask(struct scene *scene, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "status"};
	char *request = mem_format("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path);
	scene->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cr_assert_eq(connect(scene->fd, (struct sockaddr *)&address, sizeof address), 0);
	cr_assert_gt(send(scene->fd, request, strlen(request), MSG_NOSIGNAL), 0);
	buffer_clear(&scene->input);
	cr_assert(loop_support_until(scene->loop, is_closed, scene));
	close(scene->fd);
	free(request);
	return scene->input.data;
}

static void expect(const char *text, const char *part)
{
	cr_assert_not_null(strstr(text, part), "'%s' is not in: %s", part, text);
}

Test(status_frontend, says_whether_the_wires_serve, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	set_up(&scene);
	wire_state = "connecting";
	const char *answer = ask(&scene, "/readyz");
	expect(answer, "HTTP/1.1 503 ");
	expect(answer, "{\"ready\":false,\"wires\":"
		       "[{\"name\":\"irc.test\",\"state\":\"connecting\"}]}");
	wire_state = NULL;
	answer = ask(&scene, "/readyz");
	expect(answer, "HTTP/1.1 200 ");
	expect(answer,
		"{\"ready\":true,\"wires\":[{\"name\":\"irc.test\",\"state\":\"serving\"}]}");
	tear_down(&scene);
}

Test(status_frontend, counts_itself_and_tells_who_is_up, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct scene scene;
	set_up(&scene);
	wire_state = "connecting";
	expect(ask(&scene, "/healthz"), "\r\n\r\nok\n");
	expect(ask(&scene, "/nothing"), "HTTP/1.1 404 ");
	const char *answer = ask(&scene, "/metrics");
	expect(answer, "\nquoted_frontend_up{frontend=\"irc.test\"} 0\n");
	expect(answer, "\nquoted_frontend_up{frontend=\"status.test\"} 1\n");
	expect(answer, "\nquoted_requests_total{frontend=\"status.test\"} 3\n");
	expect(answer, "\nquoted_answers_total{frontend=\"status.test\"} 1\n");
	expect(answer, "\nquoted_answer_seconds_count{frontend=\"status.test\"} 1\n");
	expect(answer,
		"\nquoted_refusals_total{frontend=\"status.test\",reason=\"not_found\"} 1\n");
	expect(answer, "\nquoted_connections{frontend=\"status.test\"} 1\n");
	tear_down(&scene);
}
