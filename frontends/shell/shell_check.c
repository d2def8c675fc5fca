#include <stdlib.h>
#include <sysexits.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "core/sources/file_source.h"
#include "frontends/shell/shell.h"
#include "frontends/shell/shell_report.h"
#include "frontends/shell/shell_shares.h"

enum { ERRORS_FOUND = 1, WHOLE = 100 };

/* Where a quote was seen first. */
struct place {
	uint32_t file; /* from 1; 0: not seen yet */
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
	/* The warnings of loading have what concerns the whole file. */
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
	return checking->out->failure == 0;
}

static void check_file(struct checking *checking)
{
	const struct library *library = checking->library;
	const struct library_file *file = &library->files[checking->file];
	const struct collection_options *options =
		library->collections->items[file->collection].options;
	struct quote_file_reader reader = {
		.charset = file->report.charset,
		.comments = options->comments,
		.on_quote = on_quote,
		.on_anomaly = on_anomaly,
		.data = checking,
	};
	struct file_report report;
	struct strings warnings = {0};
	struct error error;
	if (file->report.other_line > 0)
		output_format(checking->out,
			"%s:%zu: not UTF-8, so the file is read as %s; set its charset\n",
			file->path, file->report.other_line, file->report.charset);
	/* Loading has given the warnings of this file already. */
	if (file->report.charset != NULL)
		file_source_read(
			file->report.format, file->path, &reader, &report, &warnings, &error);
	strings_finish(&warnings);
}

static void check_files(const struct library *library, struct output *out)
{
	struct checking checking = {.library = library, .out = out};
	checking.places = mem_alloc(((size_t)library->store.count + 1) * sizeof *checking.places);
	for (checking.file = 0; checking.file < library->file_count; checking.file++)
		check_file(&checking);
	free(checking.places);
}

static void print_files(const struct library *library, struct output *out)
{
	for (uint32_t i = 0; i < library->file_count; i++) {
		struct buffer line = {0};
		shell_report_add(&line, &library->files[i]);
		output_format(out, "%s\n", line.data);
		buffer_finish(&line);
	}
	output_format(out, "%lu quotes in %lu files\n", (unsigned long)library->store.count,
		(unsigned long)library->file_count);
}

/* Returns whether a wire without quotes of files shows those of commands. */
static bool shows_commands(const struct library *library, const struct quote_wire *wire)
{
	struct selection selection;
	struct error error;
	bool any = selection_init(&selection, library, wire->collections, &error) &&
		   shell_shares_any(&selection, library);
	selection_finish(&selection);
	return any;
}

/* Returns whether the wire has anything to show. */
static bool print_share(struct quoter *quoter, unsigned index, struct output *out)
{
	const struct quote_wire *wire = &quoter_wires(quoter)->items[index];
	struct quote_request any = {.wire = index};
	struct quote_request fitting = {.fit = wire->fit, .wire = index};
	size_t shown = quoter_count_fitting(quoter, &any);
	size_t fit = quoter_count_fitting(quoter, &fitting);
	if (shown == 0 && shows_commands(quoter_library(quoter), wire)) {
		output_format(out, "%s: shows only what commands print\n", wire->name);
		return true;
	}
	output_format(out, "%s: %zu of %zu quotes fit (%.1f%%)%s\n", wire->name, fit, shown,
		shown > 0 ? WHOLE * (double)fit / (double)shown : 0.0,
		fit == 0 ? ": it has nothing to show" : "");
	return fit > 0;
}

static void print_passed_over(const struct strings *passed, struct output *out)
{
	for (size_t i = 0; i < passed->count; i++)
		output_format(out, "passed over: %s\n", passed->items[i]);
}

static size_t print_sentences(const struct strings *sentences, struct output *out)
{
	for (size_t i = 0; i < sentences->count; i++)
		output_format(out, "%s\n", sentences->items[i]);
	return sentences->count;
}

int shell_check(struct quoter *quoter, const struct strings *findings,
	const struct strings *warnings, struct output *out)
{
	const struct library *library = quoter_library(quoter);
	check_files(library, out);
	bool good = print_sentences(findings, out) + print_sentences(warnings, out) == 0;
	print_passed_over(&library->passed_over, out);
	print_files(library, out);
	for (unsigned i = 1; i < quoter_wires(quoter)->count; i++)
		good &= print_share(quoter, i, out);
	return good ? EX_OK : ERRORS_FOUND;
}

int shell_check_nothing(
	const struct strings *findings, const struct strings *warnings, struct output *out)
{
	print_sentences(findings, out);
	print_sentences(warnings, out);
	return ERRORS_FOUND;
}
