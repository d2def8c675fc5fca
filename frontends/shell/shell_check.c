#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/mem.h"
#include "core/quote_id.h"
#include "frontends/shell/shell.h"

enum { ERRORS_FOUND = 1, WHOLE = 100 };

/* Where a quote was seen first. */
struct place {
	uint32_t file; /* from 1; 0: nowhere yet */
	size_t line;
};

struct checking {
	const struct library *library;
	struct place *places; /* of each quote */
	uint32_t file;
	struct output *out;
};

static void on_anomaly(void *data, size_t line, const char *what)
{
	const struct checking *checking = data;
	/* What concerns the whole file is among the warnings of loading. */
	if (line > 0)
		output_format(checking->out, "%s:%zu: %s\n",
			checking->library->files[checking->file].path, line, what);
}

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	struct checking *checking = data;
	const struct library *library = checking->library;
	uint64_t id = quote_id_of(text, length);
	uint32_t at = id_index_position(&library->ids, &library->store, id);
	if (at == library->ids.count)
		return true;
	struct place *place = &checking->places[library->ids.order[at]];
	if (place->file == 0)
		*place = (struct place){checking->file + 1, line};
	else
		output_format(checking->out, "%s:%zu: the same quote as in %s:%zu\n",
			library->files[checking->file].path, line,
			library->files[place->file - 1].path, place->line);
	return true;
}

static void check_file(struct checking *checking)
{
	const struct library *library = checking->library;
	const struct library_file *file = &library->files[checking->file];
	const struct collection_options *options =
		library->collections->items[file->collection].options;
	struct fortune_file_options of_file = {
		.charset = file->report.charset, .comments = options->comments};
	struct fortune_file_events events = {
		.on_quote = on_quote, .on_anomaly = on_anomaly, .data = checking};
	struct fortune_file_report report;
	struct strings warnings = {0};
	struct error error;
	if (file->report.other_line > 0)
		output_format(checking->out,
			"%s:%zu: not UTF-8, so that the file is read as %s; say which charset it "
			"has\n",
			file->path, file->report.other_line, file->report.charset);
	/* It was read a moment ago, with all there is to say of it. */
	if (file->report.charset != NULL)
		fortune_file_read(file->path, &of_file, &events, &report, &warnings, &error);
	strings_finish(&warnings);
}

static void print_shares(struct quoter *quoter, struct output *out)
{
	const struct quote_wires *wires = quoter_wires(quoter);
	size_t all = quoter_count(quoter);
	for (unsigned i = 1; i < wires->count && all > 0; i++) {
		struct quote_request any = {.wire = i};
		struct quote_request fitting = {.fit = wires->items[i].fit, .wire = i};
		size_t shown = quoter_count_fitting(quoter, &any);
		size_t fit = quoter_count_fitting(quoter, &fitting);
		output_format(out, "%s: %zu of %zu quotes fit (%.1f%%)\n", wires->items[i].name,
			fit, shown, shown > 0 ? WHOLE * (double)fit / (double)shown : 0.0);
	}
}

int shell_check(struct quoter *quoter, const struct strings *warnings, struct output *out)
{
	const struct library *library = quoter_library(quoter);
	struct checking checking = {.library = library, .out = out};
	checking.places = mem_alloc(((size_t)library->store.count + 1) * sizeof *checking.places);
	for (checking.file = 0; checking.file < library->file_count; checking.file++)
		check_file(&checking);
	free(checking.places);
	for (size_t i = 0; i < warnings->count; i++)
		output_format(out, "%s\n", warnings->items[i]);
	output_format(out, "%zu quotes in %lu files\n", quoter_count(quoter),
		(unsigned long)library->file_count);
	print_shares(quoter, out);
	return warnings->count > 0 ? ERRORS_FOUND : EX_OK;
}
