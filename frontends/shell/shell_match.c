#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/mem.h"
#include "frontends/shell/shell.h"
#include "frontends/shell/shell_pattern.h"

enum { NOT_FOUND = 1 };

/* Goes through every quote of every file. */
struct matching {
	const struct shell_options *options;
	const struct library *library;
	struct shell_pattern *pattern;
	struct shell_printing *printing;
	unsigned char *seen; /* of each quote: not 0 if it was looked at */
	uint32_t file;
	bool named; /* the file's name was printed */
	bool gave_up;
	struct error *reterr;
};

/* As fortune does, by the name in its directory or that on the command line. */
static void name_file(struct matching *matching)
{
	const struct library_file *file = &matching->library->files[matching->file];
	const char *name = file->name;
	for (size_t i = 0; i < matching->options->common.quotes.count; i++) {
		const char *spec = matching->options->common.quotes.items[i];
		if (strcmp(spec + strcspn(spec, ":") + 1, file->path) == 0)
			name = file->path;
	}
	struct error error;
	/* If both streams go to one place, the name comes before the quotes. */
	if (!matching->named && !matching->options->json &&
		output_flush(matching->printing->out, &error))
		fprintf(stderr, "(%s)\n%%\n", name);
	matching->named = true;
}

/* Returns whether there is nothing more to look at. */
static bool is_full(const struct matching *matching)
{
	const long limit = matching->options->count;
	return matching->gave_up || matching->printing->out->failure != 0 ||
	       (limit > 0 && matching->printing->printed >= limit);
}

static bool matches(struct matching *matching, const struct quote *quote)
{
	enum shell_pattern_outcome outcome = shell_pattern_match(
		matching->pattern, quote->text, quote->length, matching->reterr);
	matching->gave_up = outcome == SHELL_PATTERN_GAVE_UP;
	return outcome == SHELL_PATTERN_MATCHES;
}

static void take(struct matching *matching, uint32_t index)
{
	struct quote quote = library_quote(matching->library, index);
	if (matching->seen[index] != 0 || is_full(matching))
		return;
	matching->seen[index] = 1;
	if (quote_filter_takes(&matching->options->filter, &quote) && matches(matching, &quote)) {
		name_file(matching);
		shell_printing_entry(matching->printing, &quote);
	}
}

/* Its own quotes, then those that an earlier file has too. */
static void take_file(struct matching *matching)
{
	const struct library *library = matching->library;
	const struct library_file *file = &library->files[matching->file];
	matching->named = false;
	for (uint32_t i = 0; i < file->count && !is_full(matching); i++)
		take(matching, file->first + i);
	for (uint32_t i = 0; i < library->share_count && file->shared > 0; i++)
		if (library->shares[i].file == matching->file)
			take(matching, library->shares[i].quote);
}

static int match(struct matching *matching)
{
	const struct library *library = matching->library;
	for (; matching->file < library->file_count; matching->file++)
		if (matching->printing->selection->files[matching->file] != 0)
			take_file(matching);
	if (matching->gave_up)
		return EX_USAGE;
	if (matching->printing->printed > 0)
		return EX_OK;
	error_set(matching->reterr, "no quote matches '%s'", matching->options->match);
	return NOT_FOUND;
}

int shell_match(struct shell_printing *printing, struct error *reterr)
{
	const struct shell_options *options = printing->options;
	struct matching matching = {
		.options = options,
		.library = printing->library,
		.pattern = shell_pattern_create(options->match, options->ignore_case, reterr),
		.printing = printing,
		.reterr = reterr,
	};
	if (matching.pattern == NULL)
		return EX_USAGE;
	matching.seen = mem_alloc((size_t)matching.library->store.count + 1);
	int status = match(&matching);
	free(matching.seen);
	shell_pattern_destroy(matching.pattern);
	return status;
}
