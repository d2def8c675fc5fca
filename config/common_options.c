#include "config/common_options.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/sources/file_source.h"
#include "core/sources/source.h"

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

bool common_options_is_spec(const char *word)
{
	const char *name;
	struct error error;
	return access(word, F_OK) != 0 && source_find(word, &name, &error) != NULL;
}

void common_options_add_file(struct strings *quotes, const char *path)
{
	char *spec = common_options_is_spec(path)
			     ? mem_strdup(path)
			     : mem_format("%s:%s", format_name(file_source_guess(path)), path);
	strings_add(quotes, spec);
	free(spec);
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
