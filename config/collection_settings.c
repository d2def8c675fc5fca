#include "config/collection_settings.h"

#include "core/library/language.h"

#define AT(field) offsetof(struct collection, field)

static bool check_language(const char *text, struct error *reterr)
{
	if (language_is_tag(text))
		return true;
	error_set(reterr,
		"'%s' is not a language tag (RFC 5646); write one as in \"de\" or \"pt-BR\"", text);
	return false;
}

const struct setting collection_settings[] = {
	{"sources", SETTING_TYPE_STRINGS, AT(sources), "{}", 0, 0,
		.help = "Its quotes: \"fortune:PATH\", \"lines:PATH\", \"json:PATH\", "
			"\"csv:PATH\", \"static:TEXT\", or a single \"command:ARGV\""},
	{"weight", SETTING_TYPE_INTEGER, AT(weight), "0", 0, 1000000,
		.help = "Its share of the picks relative to other weights; 0: not set, and counts "
			"as 1 if another collection has a weight, else as its number of quotes"},
	{"percent", SETTING_TYPE_INTEGER, AT(percent), "0", 0, 100,
		.help = "Its share of the picks; collections without a percentage share the rest "
			"by their numbers of quotes"},
	{"private", SETTING_TYPE_BOOLEAN, AT(is_private), "false", 0, 0,
		.help = "Show it only on front ends that name it in their own collections"},
	{"offensive", SETTING_TYPE_BOOLEAN, AT(offensive), "false", 0, 0,
		.help = "Also read the offensive files of a directory: off/ and names that end in "
			"-o"},
	{"include", SETTING_TYPE_STRINGS, AT(include), "{}", 0, 0,
		.help = "Patterns of file names to read in a directory, as in \"linux*\"; {}: all"},
	{"exclude", SETTING_TYPE_STRINGS, AT(exclude), "{}", 0, 0,
		.help = "Patterns of file names to leave out"},
	{"charset", SETTING_TYPE_STRING, AT(charset), "", 0, 0,
		.help = "Charset of its files, a name of iconv -l; empty: detect it for each file"},
	{"language", SETTING_TYPE_STRING, AT(language), "", 0, 0,
		.help = "Language of its quotes, as in \"de\" or \"pt-BR\"; empty: guess it from "
			"the "
			"path of each file, as in fortunes/de",
		.check = check_language},
	{"comments", SETTING_TYPE_BOOLEAN, AT(comments), "false", 0, 0,
		.help = "Leave out lines that begin with %%, even if no .dat file says so"},
	{"timeout", SETTING_TYPE_INTEGER, AT(timeout), "10", 1, 300,
		.help = "Seconds that a command may run"},
	{"max_bytes", SETTING_TYPE_INTEGER, AT(max_bytes), "65536", 64, 1048576,
		.help = "Octets that a command may write"},
	{"reserve", SETTING_TYPE_INTEGER, AT(reserve), "32", 1, 1000,
		.help = "Quotes of a command to keep ready, so that no client waits for it"},
	{0},
};
