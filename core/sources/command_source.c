#include "core/sources/command_source.h"

#include <string.h>

#include "core/base/utf8.h"
#include "core/sources/command.h"
#include "core/text/clean.h"

static bool run(const struct strings *argv, const struct collection *collection, int cancel,
	struct buffer *out, struct error *reterr)
{
	struct command_limits limits = {
		.timeout_ms = (unsigned)collection->timeout * 1000,
		.max_bytes = (size_t)collection->max_bytes,
		.cancel = cancel,
	};
	struct buffer said = {0};
	bool success = command_run(argv, &limits, &said, reterr);
	if (success && !utf8_is_valid(said.data, said.length)) {
		error_set(reterr, "command:%s: its output is not UTF-8", argv->items[0]);
		success = false;
	}
	size_t before = out->length;
	if (success)
		clean_quote(said.data, said.length, out, NULL);
	if (success && out->length == before) {
		error_set(reterr, "command:%s: its output is empty", argv->items[0]);
		success = false;
	}
	buffer_finish(&said);
	return success;
}

bool command_source_run(
	const struct collection *collection, int cancel, struct buffer *out, struct error *reterr)
{
	struct strings argv = {0};
	bool success = command_split(collection_command(collection), &argv, reterr) &&
		       run(&argv, collection, cancel, out, reterr);
	strings_finish(&argv);
	return success;
}

/* Fails only on bad syntax; the command is run when a quote is needed. */
bool command_source_load(const char *name, struct loader *loader, struct error *reterr)
{
	(void)loader;
	struct strings argv = {0};
	bool success = command_split(name, &argv, reterr);
	strings_finish(&argv);
	return success;
}
