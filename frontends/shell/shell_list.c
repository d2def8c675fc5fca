#include <sysexits.h>

#include "core/sources/command_source.h"
#include "frontends/shell/shell.h"
#include "frontends/shell/shell_report.h"
#include "frontends/shell/shell_shares.h"

enum { UNKNOWN = 1 };

/* If no collection is named, private ones are listed too, with a share of 0. */
struct listing {
	const struct library *library;
	struct shell_shares shares;
	bool everything;
	bool marked; /* private collections are called so; those that 0% made private are not */
	struct output *out;
};

static bool has_file(const struct listing *listing, uint32_t file, uint32_t collection)
{
	return listing->library->files[file].collection == collection &&
	       (listing->everything || listing->shares.selection.files[file] != 0);
}

/* The language of a collection is not repeated for its files. */
static void print_file(const struct listing *listing, uint32_t index)
{
	const struct library_file *file = &listing->library->files[index];
	const struct collection *collection =
		&listing->library->collections->items[file->collection];
	bool guessed = file->language != NULL && collection_language(collection) == NULL;
	output_line(listing->out, "    %6.2f%% %s (%lu)%s%s", listing->shares.files[index],
		file->name, (unsigned long)file->count, guessed ? ", " : "",
		guessed ? file->language : "");
}

/* Ends the line of a collection: its language, and whether it is private. */
static void print_traits(const struct listing *listing, const struct collection *collection)
{
	const char *language = collection_language(collection);
	output_format(listing->out, "%s%s%s\n", language != NULL ? ", " : "",
		language != NULL ? language : "",
		listing->marked && collection->is_private ? ", private" : "");
}

static void print_command(const struct listing *listing, uint32_t collection)
{
	const struct collection *item = &listing->library->collections->items[collection];
	if (listing->everything || listing->shares.selection.commands[collection] != 0) {
		output_format(listing->out, "%6.2f%% %s (a command)",
			listing->shares.commands[collection], item->name);
		print_traits(listing, item);
	}
}

static void print_collection(const struct listing *listing, uint32_t collection)
{
	const struct library *library = listing->library;
	const struct collection *item = &library->collections->items[collection];
	double share = 0;
	unsigned long count = 0;
	bool shown = listing->everything;
	for (uint32_t i = 0; i < library->file_count; i++) {
		if (!has_file(listing, i, collection))
			continue;
		share += listing->shares.files[i];
		count += library->files[i].count;
		shown = true;
	}
	if (shown) {
		output_format(listing->out, "%6.2f%% %s (%lu)", share, item->name, count);
		print_traits(listing, item);
	}
	for (uint32_t i = 0; i < library->file_count; i++)
		if (has_file(listing, i, collection))
			print_file(listing, i);
}

static void print_text(const struct listing *listing)
{
	const struct collections *collections = listing->library->collections;
	for (uint32_t i = 0; i < collections->count; i++) {
		if (collection_command(&collections->items[i]) != NULL)
			print_command(listing, i);
		else
			print_collection(listing, i);
	}
}

static struct json_writer *mended_object(const struct file_report *report)
{
	struct shell_report_count counts[SHELL_REPORT_COUNTS];
	struct json_writer *object = json_writer_object();
	shell_report_counts(report, counts);
	for (size_t i = 0; i < SHELL_REPORT_COUNTS; i++)
		json_writer_count(object, counts[i].key, counts[i].count);
	return object;
}

/* Only files have a charset and a delimiter of their own. */
static void add_format(struct json_writer *object, const struct file_report *report)
{
	char delimiter[SHELL_REPORT_DELIMITER_SIZE] = "%";
	if (report->charset != NULL)
		shell_report_delimiter(report, delimiter);
	json_writer_text(
		object, "format", report->charset != NULL ? format_name(report->format) : "static");
	json_writer_text(object, "charset", report->charset != NULL ? report->charset : "UTF-8");
	json_writer_text(object, "delimiter", delimiter);
	json_writer_flag(object, "rot13", report->rotated);
	json_writer_text(object, "table", shell_report_table(report));
}

static struct json_writer *collection_object(const struct collection *collection)
{
	struct json_writer *object = json_writer_object();
	json_writer_text(object, "collection", collection->name);
	json_writer_flag(object, "private", collection->is_private);
	return object;
}

static void print_file_json(const struct listing *listing, uint32_t index)
{
	const struct library *library = listing->library;
	const struct library_file *file = &library->files[index];
	struct json_writer *object =
		collection_object(&library->collections->items[file->collection]);
	json_writer_text(object, "file", file->name);
	json_writer_text(object, "path", file->path);
	json_writer_text(object, "language", file->language);
	add_format(object, &file->report);
	json_writer_count(object, "quotes", file->count);
	json_writer_count(object, "duplicates", file->duplicates);
	json_writer_real(object, "share", listing->shares.files[index]);
	json_writer_member(object, "mended", mended_object(&file->report));
	output_json(listing->out, object);
}

static void print_command_json(const struct listing *listing, uint32_t index)
{
	const struct collection *collection = &listing->library->collections->items[index];
	struct json_writer *object = collection_object(collection);
	json_writer_text(object, "command", collection_command(collection));
	json_writer_text(object, "language", collection_language(collection));
	json_writer_real(object, "share", listing->shares.commands[index]);
	output_json(listing->out, object);
}

static void print_json(const struct listing *listing)
{
	const struct library *library = listing->library;
	for (uint32_t i = 0; i < library->file_count; i++)
		if (has_file(listing, i, library->files[i].collection))
			print_file_json(listing, i);
	for (uint32_t i = 0; i < library->collections->count; i++) {
		const struct collection *item = &library->collections->items[i];
		if (collection_command(item) != NULL &&
			(listing->everything || listing->shares.selection.commands[i] != 0))
			print_command_json(listing, i);
	}
}

int shell_list(const struct shell_options *options, const struct quoter *quoter, struct output *out,
	struct error *reterr)
{
	struct listing listing = {
		.library = quoter_library(quoter),
		.everything = options->collections.count == 0,
		.marked = options->common.percents == NULL,
		.out = out,
	};
	if (!shell_shares_init(&listing.shares, listing.library, &options->collections, reterr))
		return UNKNOWN;
	if (options->json)
		print_json(&listing);
	else
		print_text(&listing);
	shell_shares_finish(&listing.shares);
	return EX_OK;
}
