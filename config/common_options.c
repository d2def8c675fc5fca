#include "config/common_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/sources/file_source.h"

bool common_options_take_seed(
	struct common_options *options, const char *text, struct error *reterr)
{
	char *end;
	errno = 0;
	options->seed = strtoull(text, &end, 10);
	options->seeded = *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
	if (!options->seeded)
		error_set(reterr, "--seed: '%s' is not a number from 0 to 2^64 - 1", text);
	return options->seeded;
}

void common_options_add_file(struct strings *quotes, const char *path)
{
	char *spec = mem_format("%s:%s", format_name(file_source_guess(path)), path);
	strings_add(quotes, spec);
	free(spec);
}

/* A letter may stand among others in its word, which getopt may not have left yet. */
bool common_options_refuse(int found, char **argv, const char *help, struct error *reterr)
{
	const char letter[] = {'-', (char)optopt, '\0'};
	bool is_letter = optopt > 0 && optopt < COMMON_OPTIONS_LONG;
	const char *name = is_letter ? letter : argv[optind - 1];
	int length = (int)strcspn(name, "=");
	if (found == ':')
		error_set(reterr, "option '%s' needs a value; see '%s'", name, help);
	else if (optopt > COMMON_OPTIONS_LONG)
		error_set(reterr, "option '%.*s' takes no value; see '%s'", length, name, help);
	else
		error_set(reterr, "unknown option '%.*s'; see '%s'", length, name, help);
	return false;
}

uint64_t common_options_seed(const struct common_options *options, uint64_t fallback)
{
	return options->seeded ? options->seed : fallback;
}

void common_options_finish(struct common_options *options)
{
	strings_finish(&options->quotes);
	free(options->percents);
	*options = (struct common_options){0};
}
