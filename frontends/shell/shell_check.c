#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "core/sources/file_source.h"
#include "frontends/shell/shell.h"
#include "frontends/shell/shell_findings.h"
#include "frontends/shell/shell_report.h"
#include "frontends/shell/shell_shares.h"

enum { ERRORS_FOUND = 1, WHOLE = 100 };

/* Where a quote was seen first. */
struct place {
	uint32_t file; /* from 1; 0: not seen yet */
	size_t line;
};

struct checking {
	const struct shell_options *options;
	const struct library *library;
	struct place *places; /* of each quote */
	uint32_t file;
	struct shell_findings findings;
	struct output *out;
};

/* Prints a finding if each is wanted. */
static void print_finding(const struct checking *checking, size_t line, const char *what)
{
	const char *path = checking->library->files[checking->file].path;
	if (!checking->options->verbose)
		return;
	if (checking->options->json) {
		struct json_writer *object = json_writer_object();
		json_writer_text(object, "path", path);
		json_writer_count(object, "line", line);
		json_writer_text(object, "what", what);
		output_json(checking->out, object);
	} else {
		output_line(checking->out, "%s:%zu: %s", path, line, what);
	}
}

static void on_anomaly(void *data, size_t line, const char *what)
{
	struct checking *checking = data;
	/* The warnings of loading have what concerns the whole file. */
	if (line == 0)
		return;
	shell_findings_add(&checking->findings, checking->file, line, what);
	print_finding(checking, line, what);
}

static void add_duplicate(struct checking *checking, size_t line, const struct place *first)
{
	char *what = mem_format("the same quote as in %s:%zu",
		checking->library->files[first->file - 1].path, first->line);
	shell_findings_add(&checking->findings, checking->file, line, "a quote that came before");
	print_finding(checking, line, what);
	free(what);
}

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	struct checking *checking = data;
	const struct library *library = checking->library;
	uint64_t id = quote_id_of(text, length);
	uint32_t at = id_index_position(&library->store, id);
	if (at == library->store.count)
		return true;
	struct place *place = &checking->places[library->store.order[at]];
	if (place->file == 0)
		*place = (struct place){checking->file + 1, line};
	else
		add_duplicate(checking, line, place);
	return checking->out->failure == 0;
}

static void add_charset(struct checking *checking, const struct file_report *report)
{
	char *what = mem_format(
		"not UTF-8, so the file is read as %s; set its charset", report->charset);
	on_anomaly(checking, report->other_line, what);
	free(what);
}

static void check_file(struct checking *checking)
{
	const struct library *library = checking->library;
	const struct library_file *file = &library->files[checking->file];
	const struct collection *collection = &library->collections->items[file->collection];
	struct file_report report;
	struct strings warnings = {0};
	struct quote_file again = {
		.path = file->path,
		.report = &report,
		.warnings = &warnings,
		.charset = file->report.charset,
		.is_guessed = file->report.other_line > 0,
		.comments = collection->comments,
		.on_quote = on_quote,
		.on_anomaly = on_anomaly,
		.data = checking,
	};
	struct error error;
	if (file->report.other_line > 0)
		add_charset(checking, &file->report);
	/* Loading has given the warnings of this file already. */
	if (file->report.charset != NULL)
		file_source_read(file->report.format, &again, &error);
	strings_finish(&warnings);
}

/* Why a file has no quotes is among the errors. */
static void print_files(const struct library *library, struct output *out)
{
	size_t quotes = library->store.count;
	size_t files = 0;
	for (uint32_t i = 0; i < library->file_count; i++) {
		struct buffer line = {0};
		if (library->files[i].count + library->files[i].duplicates == 0)
			continue;
		files++;
		shell_report_add(&line, &library->files[i]);
		output_line(out, "%s", line.data);
		buffer_finish(&line);
	}
	output_format(out, "%zu quote%s in %zu file%s\n", quotes, quotes == 1 ? "" : "s", files,
		files == 1 ? "" : "s");
}

static void check_files(
	const struct shell_options *options, const struct library *library, struct output *out)
{
	struct checking checking = {.options = options, .library = library, .out = out};
	checking.places = mem_alloc(((size_t)library->store.count + 1) * sizeof *checking.places);
	for (checking.file = 0; checking.file < library->file_count; checking.file++)
		check_file(&checking);
	if (options->json)
		shell_findings_print_json(&checking.findings, library, out);
	else if (!options->verbose)
		shell_findings_print(&checking.findings, library, out);
	shell_findings_finish(&checking.findings);
	free(checking.places);
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

static void print_share(
	const struct quote_wire *wire, size_t fit, size_t shown, bool commands, struct output *out)
{
	if (commands)
		output_format(out, "%s: shows only what commands print\n", wire->name);
	else
		output_format(out, "%s: %zu of %zu quotes fit (%.1f%%)%s\n", wire->name, fit, shown,
			shown > 0 ? WHOLE * (double)fit / (double)shown : 0.0,
			fit == 0 ? ": it has nothing to show" : "");
}

static void print_share_json(
	const struct quote_wire *wire, size_t fit, size_t shown, bool commands, struct output *out)
{
	struct json_writer *object = json_writer_object();
	json_writer_text(object, "front_end", wire->name);
	json_writer_count(object, "quotes", shown);
	json_writer_count(object, "fit", fit);
	json_writer_flag(object, "commands", commands);
	output_json(out, object);
}

/* Returns whether the wire has anything to show. */
static bool check_share(const struct shell_options *options, struct quoter *quoter, unsigned index,
	struct output *out)
{
	const struct quote_wire *wire = quoter_wire(quoter, index);
	size_t shown = quoter_count_fitting(quoter, index, &(struct quote_fit){0});
	size_t fit = quoter_count_fitting(quoter, index, &wire->fit);
	bool commands = shown == 0 && shows_commands(quoter_library(quoter), wire);
	if (options->json)
		print_share_json(wire, fit, shown, commands, out);
	else
		print_share(wire, fit, shown, commands, out);
	return fit > 0 || commands;
}

static void print_sentence_json(const char *kind, const char *sentence, struct output *out)
{
	struct json_writer *object = json_writer_object();
	json_writer_text(object, kind, sentence);
	output_json(out, object);
}

static size_t print_errors(
	const struct shell_options *options, const struct strings *errors, struct output *out)
{
	for (size_t i = 0; i < errors->count; i++) {
		if (options->json)
			print_sentence_json("error", errors->items[i], out);
		else
			output_line(out, "%s", errors->items[i]);
	}
	return errors->count;
}

static void print_passed_over(
	const struct shell_options *options, const struct strings *passed, struct output *out)
{
	for (size_t i = 0; i < passed->count; i++) {
		if (options->json)
			print_sentence_json("passed_over", passed->items[i], out);
		else
			output_line(out, "passed over: %s", passed->items[i]);
	}
}

int shell_check(const struct shell_options *options, struct quoter *quoter,
	const struct strings *warnings, struct output *out)
{
	const struct library *library = quoter_library(quoter);
	check_files(options, library, out);
	size_t errors = print_errors(options, &options->findings, out);
	errors += print_errors(options, warnings, out);
	print_passed_over(options, &library->passed_over, out);
	if (!options->json)
		print_files(library, out);
	bool good = errors == 0;
	for (unsigned i = 1; quoter_wire(quoter, i) != NULL; i++)
		good &= check_share(options, quoter, i, out);
	return good ? EX_OK : ERRORS_FOUND;
}

int shell_check_nothing(
	const struct shell_options *options, const struct strings *warnings, struct output *out)
{
	print_errors(options, &options->findings, out);
	print_errors(options, warnings, out);
	return ERRORS_FOUND;
}
