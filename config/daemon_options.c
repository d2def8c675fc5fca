#include "config/daemon_options.h"

#define AT(field) offsetof(struct daemon_options, field)

static const char *const levels[] = {"error", "warning", "info", "debug", NULL};

const struct setting daemon_options_settings[] = {
	{"quotes", SETTING_TYPE_STRINGS, AT(quotes), "{}", 0, 0,
		.help = "\"static:TEXT\" is one quote, \"fortune:PATH\" a fortune file or a "
			"directory of "
			"them; none: "
			"the system's fortunes"},
	{"log_level", SETTING_TYPE_CHOICE, AT(log_level), "info", 0, 0,
		.help = "error, warning, info or debug", .choices = levels},
	{"drain_timeout", SETTING_TYPE_INTEGER, AT(drain_timeout), "10", 0, 3600,
		.help = "Seconds that a stop waits for the answers in flight"},
	{0},
};
