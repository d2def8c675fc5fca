#include "frontends/kit/log_line.h"

#include <criterion/criterion.h>

#define NOON                                                                                       \
	{                                                                                          \
		1795521600, 7999999                                                                \
	} /* 2026-11-24T12:00:00.007999999Z */

static const struct {
	struct log_line line;
	struct log_line_layout layout;
	const char *wanted;
} cases[] = {
	{{LOG_LEVEL_ERROR, "web", "no port", NOON, 0, 0}, {LOG_FORM_PLAIN, true, false},
		"2026-11-24T12:00:00Z error web: no port\n"},
	{{LOG_LEVEL_WARNING, "web", "w", NOON, 0, 0}, {LOG_FORM_PLAIN, true, false},
		"2026-11-24T12:00:00Z warning web: w\n"},
	{{LOG_LEVEL_ERROR, "web", "e", NOON, 0, 0}, {LOG_FORM_PLAIN, true, true}, "<3>web: e\n"},
	{{LOG_LEVEL_WARNING, "web", "w", NOON, 0, 0}, {LOG_FORM_PLAIN, true, true}, "<4>web: w\n"},
	{{LOG_LEVEL_INFO, "web", "i", NOON, 0, 0}, {LOG_FORM_PLAIN, true, true}, "<6>web: i\n"},
	{{LOG_LEVEL_DEBUG, "web", "d", NOON, 0, 0}, {LOG_FORM_PLAIN, true, true}, "<7>web: d\n"},
	{{LOG_LEVEL_WARNING, "quoted", "w", NOON, 0, 0}, {LOG_FORM_PLAIN, false, false},
		"quoted: warning: w\n"},
	{{LOG_LEVEL_ERROR, "quoted", "e", NOON, 0, 0}, {LOG_FORM_PLAIN, false, false},
		"quoted: e\n"},
	{{LOG_LEVEL_ERROR, "quoted", "e", NOON, 0, 0}, {LOG_FORM_PLAIN, false, true},
		"<3>quoted: e\n"},
	{{LOG_LEVEL_INFO, "web", "say \"a\\b\"", NOON, 0, 0}, {LOG_FORM_JSON, true, false},
		"{\"time\":\"2026-11-24T12:00:00.007Z\",\"level\":\"info\",\"name\":\"web\","
		"\"message\":\"say \\\"a\\\\b\\\"\"}\n"},
	{{LOG_LEVEL_INFO, "web", "a\nb \xff caf\xc3\xa9", NOON, 0, 0}, {LOG_FORM_JSON, true, true},
		"<6>{\"time\":\"2026-11-24T12:00:00.007Z\",\"level\":\"info\",\"name\":\"web\","
		"\"message\":\"a\\\\x0Ab \\\\xFF caf\xc3\xa9\"}\n"},
	{{LOG_LEVEL_INFO, "web", "i", NOON, 41, 60}, {LOG_FORM_PLAIN, false, false},
		"web: i (41 more in 60 s)\n"},
	{{LOG_LEVEL_INFO, "web", "i", NOON, 41, 59.01}, {LOG_FORM_JSON, true, false},
		"{\"time\":\"2026-11-24T12:00:00.007Z\",\"level\":\"info\",\"name\":\"web\","
		"\"message\":\"i\",\"repeated\":41,\"seconds\":60}\n"},
	{{LOG_LEVEL_INFO, "web", "", NOON, 0, 0}, {LOG_FORM_JSON, true, false},
		"{\"time\":\"2026-11-24T12:00:00.007Z\",\"level\":\"info\",\"name\":\"web\","
		"\"message\":\"\"}\n"},
	{{LOG_LEVEL_INFO, "irc", "a\nerror irc: b\r\t\x1b[31m\x7f caf\xc3\xa9 \xff \xc2\x9b", NOON,
		 0, 0},
		{LOG_FORM_PLAIN, false, false},
		"irc: a\\x0Aerror irc: b\\x0D\\x09\\x1B[31m\\x7F caf\xc3\xa9 \\xFF \\xC2\\x9B\n"},
};

Test(log_line, lays_out_each_form)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer out = {0};
		log_line_add(&cases[i].line, &cases[i].layout, &out);
		cr_expect_str_eq(out.data, cases[i].wanted, "case %zu: %s", i, out.data);
		buffer_finish(&out);
	}
}
