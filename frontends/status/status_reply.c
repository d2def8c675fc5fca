#include "frontends/status/status_reply.h"

#include <string.h>

#include "frontends/kit/json_writer.h"

static const char plain_text[] = "text/plain; charset=utf-8";

static void describe(struct http_reply *reply, unsigned status, const char *type)
{
	reply->status = status;
	http_reply_add(reply, "Content-Type", type);
	http_reply_add(reply, "Cache-Control", "no-store");
	http_reply_add(reply, "X-Content-Type-Options", "nosniff");
}

static void fill_metrics(struct http_reply *reply, const struct frontend_context *context)
{
	describe(reply, 200, "text/plain; version=0.0.4; charset=utf-8");
	context->write_metrics(context, &reply->content);
}

static void fill_health(struct http_reply *reply, const struct frontend_context *context)
{
	(void)context;
	describe(reply, 200, plain_text);
	buffer_add(&reply->content, "ok\n");
}

static void fill_readiness(struct http_reply *reply, const struct frontend_context *context)
{
	struct json_writer *object = json_writer_object();
	struct json_writer *wires = json_writer_array();
	struct frontend_state state;
	bool ready = true;
	for (size_t i = 0; context->find_state(context, i, &state); i++) {
		struct json_writer *wire = json_writer_object();
		json_writer_text(wire, "name", state.name);
		json_writer_text(wire, "state", state.state != NULL ? state.state : "serving");
		json_writer_element(wires, wire);
		ready = ready && state.state == NULL;
	}
	json_writer_flag(object, "ready", ready);
	json_writer_member(object, "wires", wires);
	json_writer_line(object, &reply->content);
	describe(reply, ready ? 200 : 503, "application/json");
}

static const struct {
	const char *path;
	void (*fill)(struct http_reply *reply, const struct frontend_context *context);
} routes[] = {
	{"/metrics", fill_metrics},
	{"/healthz", fill_health},
	{"/readyz", fill_readiness},
};

static void fail(struct http_reply *reply, unsigned status, const char *detail)
{
	describe(reply, status, plain_text);
	buffer_format(&reply->content, "%u: %s\n", status, detail);
}

void status_reply_fill(struct http_reply *reply, const struct http_request *request,
	const struct frontend_context *context)
{
	const char *detail;
	size_t i = 0;
	reply->close = request->fault != REQUEST_FAULT_NONE;
	while (i < sizeof routes / sizeof *routes && strcmp(routes[i].path, request->path) != 0)
		i++;
	if (reply->close) {
		unsigned status = request_check_status(request->fault, &detail);
		fail(reply, status, detail);
		if (status == 429)
			http_reply_add(reply, "Retry-After", "1");
	} else if (i == sizeof routes / sizeof *routes) {
		fail(reply, 404, "There is /metrics, /healthz and /readyz here.");
	} else if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0) {
		fail(reply, 405, "This address is read-only; use GET.");
		http_reply_add(reply, "Allow", "GET, HEAD");
	} else {
		routes[i].fill(reply, context);
	}
}
