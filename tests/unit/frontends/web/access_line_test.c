#include "frontends/web/access_line.h"

#include <criterion/criterion.h>

static const struct {
	struct http_request request;
	unsigned status;
	size_t bytes;
	const char *common;
	const char *json;
} cases[] = {
	{{.method = "GET", .target = "/q/x?a=b", .version = "HTTP/1.1"}, 200, 55,
		"192.0.2.0 - - [24/Nov/2026:12:00:00 +0000] \"GET /q/x?a=b HTTP/1.1\" 200 55\n",
		"{\"time\":\"2026-11-24T12:00:00Z\",\"client\":\"192.0.2.0\",\"method\":\"GET\","
		"\"target\":\"/q/x?a=b\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"bytes\":55}\n"},
	{{.target = ""}, 0, 0, "192.0.2.0 - - [24/Nov/2026:12:00:00 +0000] \"- - -\" - -\n",
		"{\"time\":\"2026-11-24T12:00:00Z\",\"client\":\"192.0.2.0\",\"method\":\"-\","
		"\"target\":\"-\",\"protocol\":\"-\",\"status\":0,\"bytes\":0}\n"},
	{{.method = "GET", .target = "/\"\\\n\x1b\x7f\xff\xc3\xa9", .version = "HTTP/1.0"}, 400, 7,
		"192.0.2.0 - - [24/Nov/2026:12:00:00 +0000] "
		"\"GET /\\x22\\x5C\\x0A\\x1B\\x7F\\xFF\\xC3\\xA9 HTTP/1.0\" 400 7\n",
		"{\"time\":\"2026-11-24T12:00:00Z\",\"client\":\"192.0.2.0\",\"method\":\"GET\","
		"\"target\":\"/\\\"\\\\\\\\x0A\\\\x1B\\\\x7F\\\\xFF\\\\xC3\\\\xA9\","
		"\"protocol\":\"HTTP/1.0\",\"status\":400,\"bytes\":7}\n"},
};

Test(access_line, lays_out_both_formats_and_escapes_what_could_forge_a_line)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer common = {0};
		struct buffer json = {0};
		struct access_line line = {&cases[i].request, "192.0.2.0", 1795521600,
			cases[i].status, cases[i].bytes};
		access_line_add(&line, false, &common);
		access_line_add(&line, true, &json);
		cr_expect_str_eq(common.data, cases[i].common, "%s", common.data);
		cr_expect_str_eq(json.data, cases[i].json, "%s", json.data);
		buffer_finish(&common);
		buffer_finish(&json);
	}
}
