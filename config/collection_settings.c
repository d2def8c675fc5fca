#include "config/collection_settings.h"

#define AT(field) offsetof(struct collection_options, field)

const struct setting collection_settings[] = {
	{"sources", SETTING_TYPE_STRINGS, AT(sources), "{}", 0, 0,
		.help = "Its quotes: \"fortune:PATH\", \"static:TEXT\", or one \"command:ARGV\""},
	{"weight", SETTING_TYPE_INTEGER, AT(weight), "0", 0, 1000000,
		.help = "Its share of the picks beside the weights of the others; 0: 1 where one "
			"has a weight, else by number of quotes"},
	{"percent", SETTING_TYPE_INTEGER, AT(percent), "0", 0, 100,
		.help = "Its share of the picks; collections without one share the rest by number "
			"of quotes"},
	{"private", SETTING_TYPE_BOOLEAN, AT(is_private), "false", 0, 0,
		.help = "Shown only by front ends that name it in their own collections"},
	{"offensive", SETTING_TYPE_BOOLEAN, AT(offensive), "false", 0, 0,
		.help = "Take the offensive files of a directory too: off/ and names in -o"},
	{"include", SETTING_TYPE_STRINGS, AT(include), "{}", 0, 0,
		.help = "Patterns of file names in a directory, as in \"linux*\"; {}: all"},
	{"exclude", SETTING_TYPE_STRINGS, AT(exclude), "{}", 0, 0,
		.help = "Patterns of file names that are left out"},
	{"charset", SETTING_TYPE_STRING, AT(charset), "", 0, 0,
		.help = "Charset of its files, a name of iconv -l; empty: found out for each"},
	{"comments", SETTING_TYPE_BOOLEAN, AT(comments), "false", 0, 0,
		.help = "Leave out lines that begin with %%, where no .dat file says so either"},
	{"timeout", SETTING_TYPE_INTEGER, AT(timeout), "10", 1, 300,
		.help = "Seconds that a command may run"},
	{"max_bytes", SETTING_TYPE_INTEGER, AT(max_bytes), "65536", 64, 1048576,
		.help = "Octets that a command may write"},
	{"reserve", SETTING_TYPE_INTEGER, AT(reserve), "32", 1, 1000,
		.help = "Quotes of a command kept ready, so that nobody waits for it"},
	{0},
};
