#include "config/daemon_options.h"

#define AT(field) offsetof(struct daemon_options, field)

static const char *const levels[] = {"error", "warning", "info", "debug", NULL};

const struct setting daemon_options_settings[] = {
	{"quotes", SETTING_TYPE_STRINGS, AT(quotes), "{}", 0, 0,
		.help = "The collection \"quotes\": \"fortune:PATH\" is a fortune file or a "
			"directory of them, \"static:TEXT\" one quote; none here and no other "
			"collection: the system's fortunes"},
	{"equal", SETTING_TYPE_BOOLEAN, AT(equal), "false", 0, 0,
		.help = "Pick from every file with the same chance, however many quotes it has"},
	{"offensive", SETTING_TYPE_BOOLEAN, AT(offensive), "false", 0, 0,
		.help = "Take the offensive files of directories in \"quotes\" too: off/ and names "
			"in "
			"-o"},
	{"timezone", SETTING_TYPE_STRING, AT(timezone), "", 0, 0,
		.help = "Where today's quote changes at midnight, as in \"Europe/Berlin\"; empty: "
			"the system's"},
	{"today_key", SETTING_TYPE_STRING, AT(today_key), "", 0, 0,
		.help = "Any text; with the same one and the same quotes, today's quote is the "
			"same everywhere"},
	{"today_pins", SETTING_TYPE_STRINGS, AT(today_pins), "{}", 0, 0,
		.help = "Quotes of certain days: \"2026-12-25 ID\"; one that no front end "
			"can show is told"},
	{"log_level", SETTING_TYPE_CHOICE, AT(log_level), "info", 0, 0,
		.help = "error, warning, info or debug", .choices = levels},
	{"drain_timeout", SETTING_TYPE_INTEGER, AT(drain_timeout), "10", 0, 3600,
		.help = "Seconds that a stop waits for the answers in flight"},
	{0},
};
