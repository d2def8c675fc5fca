#include "frontends/status/status_reply.h"

#include <string.h>

#include <criterion/criterion.h>

static void write_metrics(const struct frontend_context *context, struct buffer *out)
{
	buffer_format(out, "metrics of %s\n", context->name);
}

static const struct frontend_state *states;

static bool find_state(
	const struct frontend_context *context, size_t index, struct frontend_state *ret_state)
{
	(void)context;
	if (states == NULL || states[index].name == NULL)
		return false;
	*ret_state = states[index];
	return true;
}

static const struct frontend_context context = {
	.name = "status.default", .write_metrics = write_metrics, .find_state = find_state};

static const char *field(const struct http_reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->field_count; i++)
		if (strcmp(reply->fields[i].name, name) == 0)
			return reply->fields[i].value;
	return "";
}

struct answer {
	const char *method;
	const char *path;
	enum request_fault fault;
	unsigned status;
	const char *type;
	const char *content;
};

static const struct answer answers[] = {
	{"GET", "/metrics", REQUEST_FAULT_NONE, 200, "text/plain; version=0.0.4; charset=utf-8",
		"metrics of status.default\n"},
	{"HEAD", "/metrics", REQUEST_FAULT_NONE, 200, "text/plain; version=0.0.4; charset=utf-8",
		"metrics of status.default\n"},
	{"GET", "/healthz", REQUEST_FAULT_NONE, 200, "text/plain; charset=utf-8", "ok\n"},
	{"GET", "/readyz", REQUEST_FAULT_NONE, 200, "application/json",
		"{\"ready\":true,\"wires\":[]}\n"},
	{"GET", "/metrics/", REQUEST_FAULT_NONE, 404, "text/plain; charset=utf-8",
		"404: There is /metrics, /healthz and /readyz here.\n"},
	{"POST", "/metrics", REQUEST_FAULT_NONE, 405, "text/plain; charset=utf-8",
		"405: This address is read-only; use GET.\n"},
	{"GET", "/metrics", REQUEST_FAULT_BODY, 413, "text/plain; charset=utf-8",
		"413: There is more content than this address takes; send less, or none.\n"},
};

Test(status_reply, each_path_has_its_answer)
{
	states = NULL;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		const struct answer *answer = &answers[i];
		struct http_request request = {
			.method = answer->method, .path = answer->path, .fault = answer->fault};
		struct http_reply reply = {0};
		status_reply_fill(&reply, &request, &context);
		cr_assert_eq(reply.status, answer->status, "%s: %u", answer->path, reply.status);
		cr_assert_str_eq(field(&reply, "Content-Type"), answer->type);
		cr_assert_str_eq(field(&reply, "Cache-Control"), "no-store");
		cr_assert_str_eq(reply.content.data, answer->content);
		cr_assert_str_eq(field(&reply, "Allow"), answer->status == 405 ? "GET, HEAD" : "");
		cr_assert_eq(reply.close, answer->fault != REQUEST_FAULT_NONE);
		buffer_finish(&reply.content);
	}
}

Test(status_reply, readiness_names_each_wire)
{
	static const struct frontend_state some[] = {{.name = "qotd.default"},
		{.name = "irc.libera", .state = "connecting"}, {.name = NULL}};
	struct http_request request = {.method = "GET", .path = "/readyz"};
	struct http_reply reply = {0};
	states = some;
	status_reply_fill(&reply, &request, &context);
	cr_assert_eq(reply.status, 503);
	cr_assert_str_eq(reply.content.data,
		"{\"ready\":false,\"wires\":[{\"name\":\"qotd.default\",\"state\":\"serving\"},"
		"{\"name\":\"irc.libera\",\"state\":\"connecting\"}]}\n");
	buffer_finish(&reply.content);
}
