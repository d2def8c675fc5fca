#include "core/sources/source.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/suggest.h"
#include "core/sources/command_source.h"
#include "core/sources/file_source.h"
#include "core/sources/fortune_source.h"
#include "core/sources/static_source.h"

static const struct {
	const char *scheme;
	source_load *load;
} sources[] = {
	{"static:", static_source_load},
	{"fortune:", fortune_source_load},
	{"lines:", file_source_load_lines},
	{"json:", file_source_load_json},
	{"csv:", file_source_load_csv},
	{COLLECTION_COMMAND_SCHEME, command_source_load},
};

enum { SOURCE_COUNT = sizeof sources / sizeof sources[0] };

static void explain_unknown_scheme(const char *spec, struct error *reterr)
{
	char *scheme = mem_strndup(spec, strcspn(spec, ":") + 1);
	struct suggestion meant = {.word = scheme};
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		suggest_offer(&meant, sources[i].scheme);
	if (meant.nearest != NULL)
		error_set(reterr, "no such source '%s'; did you mean '%s'?", scheme, meant.nearest);
	else
		error_set(reterr,
			"no such source '%s'; write static:TEXT, fortune:PATH, lines:PATH, "
			"json:PATH, csv:PATH or command:ARGV",
			scheme);
	free(scheme);
}

/* A colon after a slash belongs to a path. */
static bool has_scheme(const char *spec)
{
	return spec[strcspn(spec, ":/")] == ':';
}

source_load *source_find(const char *spec, const char **ret_name, struct error *reterr)
{
	for (int i = 0; i < SOURCE_COUNT; i++) {
		size_t length = strlen(sources[i].scheme);
		if (strncmp(spec, sources[i].scheme, length) == 0) {
			*ret_name = spec + length;
			return sources[i].load;
		}
	}
	if (has_scheme(spec))
		explain_unknown_scheme(spec, reterr);
	else
		error_set(reterr, "'%s' does not say what kind of source it is; write %s:%s", spec,
			format_name(file_source_guess(spec)), spec);
	return NULL;
}
