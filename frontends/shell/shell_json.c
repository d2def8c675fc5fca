#include "frontends/shell/shell_json.h"

#include "frontends/kit/json_writer.h"
#include "frontends/shell/shell_report.h"

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
	json_writer_flag(object, "private", collection->options->is_private);
	return object;
}

void shell_json_file(struct buffer *out, const struct library *library,
	const struct library_file *file, double share)
{
	struct json_writer *object =
		collection_object(&library->collections->items[file->collection]);
	json_writer_text(object, "file", file->name);
	json_writer_text(object, "path", file->path);
	json_writer_text(object, "language", file->language);
	add_format(object, &file->report);
	json_writer_count(object, "quotes", file->count);
	json_writer_count(object, "duplicates", file->duplicates);
	json_writer_real(object, "share", share);
	json_writer_member(object, "mended", mended_object(&file->report));
	json_writer_line(object, out);
}

void shell_json_command(struct buffer *out, const struct collection *collection, double share)
{
	struct json_writer *object = collection_object(collection);
	json_writer_text(object, "command", collection_command(collection->options));
	json_writer_text(object, "language", collection_language(collection->options));
	json_writer_real(object, "share", share);
	json_writer_line(object, out);
}
