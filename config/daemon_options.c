#include "config/daemon_options.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/choice/pin.h"

#define AT(field) offsetof(struct daemon_options, field)

static bool check_timezone(const char *zone, struct error *reterr)
{
	struct stat status;
	char *path = mem_format("/usr/share/zoneinfo/%s", zone);
	bool known = strstr(zone, "..") == NULL && *zone != '/' && stat(path, &status) == 0 &&
		     S_ISREG(status.st_mode);
	free(path);
	if (!known)
		error_set(reterr,
			"no zone '%s' in /usr/share/zoneinfo; write one as in \"Europe/Berlin\", "
			"or install tzdata",
			zone);
	return known;
}

static bool check_user(const char *name, struct error *reterr)
{
	if (getpwnam(name) != NULL)
		return true;
	error_set(reterr, "'%s': no such user; make it with adduser --system", name);
	return false;
}

static bool check_directory(const char *path, struct error *reterr)
{
	if (*path == '/')
		return true;
	error_set(reterr, "'%s' is not a path from the root; write it as in \"/var/lib/quoted\"",
		path);
	return false;
}

static const char *const levels[] = {"error", "warning", "info", "debug", NULL};

static const char *const log_formats[] = {"plain", "json", NULL};
static const char *const log_addresses[] = {"short", "full", NULL};

const struct setting daemon_options_settings[] = {
	{"quotes", SETTING_TYPE_STRINGS, AT(quotes), "{}", 0, 0,
		.help = "The collection \"quotes\": \"fortune:PATH\" is a fortune file or a "
			"directory of them, \"lines:PATH\" a file with a quote on each line, "
			"\"json:PATH\" and \"csv:PATH\" exports, \"static:TEXT\" a single "
			"quote; if it is empty and there is no other collection, the system's "
			"fortunes"},
	{"equal", SETTING_TYPE_BOOLEAN, AT(equal), "false", 0, 0,
		.help = "Give every file the same chance, however many quotes it has; the files of "
			"a collection with a percent share that"},
	{"offensive", SETTING_TYPE_BOOLEAN, AT(offensive), "false", 0, 0,
		.help = "Also read the offensive files of directories in \"quotes\": off/ and "
			"names that end in -o"},
	{"timezone", SETTING_TYPE_STRING, AT(timezone), "", 0, 0,
		.help = "Time zone whose midnight changes today's quote, as in \"Europe/Berlin\"; "
			"empty: the system's",
		.check = check_timezone},
	{"today_key", SETTING_TYPE_STRING, AT(today_key), "", 0, 0,
		.help = "Any text; machines with the same key and the same quotes have the same "
			"quote each day"},
	{"today_pins", SETTING_TYPE_STRINGS, AT(today_pins), "{}", 0, 0,
		.help = "Quotes of certain days: \"2026-12-25 ID\"; the log warns of one that no "
			"front end can show",
		.check = pin_check_text},
	{"user", SETTING_TYPE_STRING, AT(user), "", 0, 0,
		.help = "User to become once all addresses are bound, if started as root; empty: "
			"stay root",
		.check = check_user},
	{"state_directory", SETTING_TYPE_STRING, AT(state_directory), "", 0, 0,
		.help = "Directory for what must survive a restart, such as the queue of mail; "
			"empty: $STATE_DIRECTORY, else /var/lib/quoted if quoted may write there, "
			"else ~/.local/state/quoted",
		.check = check_directory},
	{"log_level", SETTING_TYPE_CHOICE, AT(log_level), "info", 0, 0,
		.help = "How much to log: error, warning, info or debug", .choices = levels},
	{"log_format", SETTING_TYPE_CHOICE, AT(log_format), "plain", 0, 0,
		.help = "How the log is written: plain lines, or json with an object a line",
		.choices = log_formats},
	{"log_repeats", SETTING_TYPE_INTEGER, AT(log_repeats), "20", 0, 1000000,
		.help = "Lines that the same message of a front end may take in 60 s, whatever "
			"addresses it names; more are counted, and the count is logged; 0: no "
			"limit"},
	{"log_addresses", SETTING_TYPE_CHOICE, AT(log_addresses), "short", 0, 0,
		.help = "Addresses of clients in the log and the access log: short (192.0.2.0/24, "
			"2001:db8::/56, a\xe2\x80\xa6@example.org) or full",
		.choices = log_addresses},
	{"drain_timeout", SETTING_TYPE_INTEGER, AT(drain_timeout), "10", 0, 3600,
		.help = "Seconds that a stop or a reload waits for answers in flight"},
	{0},
};
