#include "frontends/json.h"

#include <jansson.h>

#include "core/command_source.h"
#include "core/quote_id.h"
#include "frontends/file_report.h"

static int on_octets(const char *octets, size_t length, void *data)
{
	buffer_append(data, octets, length);
	return 0;
}

/* NULL, which jansson prints nothing for, comes only of text that is no UTF-8. */
static void write_line(struct buffer *out, json_t *value)
{
	if (value == NULL)
		value = json_null();
	json_dump_callback(value, on_octets, out, JSON_COMPACT | JSON_ENCODE_ANY);
	json_decref(value);
	buffer_append(out, "\n", 1);
}

static json_t *author_of(const struct quote *quote)
{
	if (quote->author == NULL)
		return json_null();
	return json_stringn(quote->author, quote->author_length);
}

static json_t *quote_object(const struct quote *quote)
{
	char id[QUOTE_ID_LENGTH + 1];
	size_t length = quote->body_length > 0 ? quote->body_length : quote->length;
	json_t *text = json_stringn(quote->text, length);
	quote_id_format(quote->id, id);
	return json_pack("{s:s, s:o, s:o}", "id", id, "text", text, "author", author_of(quote));
}

void json_write_quote(struct buffer *out, const struct quote *quote)
{
	write_line(out, quote_object(quote));
}

void json_write_results(struct buffer *out, const char *words, const struct quote *quotes,
	size_t count, size_t total, long page, long limit)
{
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, quote_object(&quotes[i]));
	write_line(out,
		json_pack("{s:s, s:I, s:I, s:I, s:o}", "query", words, "total", (json_int_t)total,
			"page", (json_int_t)page, "limit", (json_int_t)limit, "quotes", array));
}

void json_write_problem(struct buffer *out, unsigned status, const char *title, const char *detail)
{
	write_line(out, json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", title,
				"status", (int)status, "detail", detail));
}

static json_t *mended_object(const struct fortune_file_report *report)
{
	struct file_report_count counts[FILE_REPORT_COUNTS];
	json_t *object = json_object();
	file_report_counts(report, counts);
	for (size_t i = 0; i < FILE_REPORT_COUNTS; i++)
		json_object_set_new(
			object, counts[i].key, json_integer((json_int_t)counts[i].count));
	return object;
}

/* What is not a file has neither charset nor delimiter of its own. */
static json_t *format_object(const struct fortune_file_report *report)
{
	char delimiter[FILE_REPORT_DELIMITER_SIZE] = "%";
	if (report->charset != NULL)
		file_report_delimiter(report, delimiter);
	return json_pack("{s:s, s:s, s:b, s:s}", "charset",
		report->charset != NULL ? report->charset : "UTF-8", "delimiter", delimiter,
		"rot13", report->rotated, "table", file_report_table(report));
}

void json_write_file(struct buffer *out, const struct library *library,
	const struct library_file *file, double share)
{
	const struct collection *collection = &library->collections->items[file->collection];
	json_t *object = json_pack("{s:s, s:b, s:s, s:s}", "collection", collection->name,
		"private", collection->options->is_private, "file", file->name, "path", file->path);
	json_t *counts = json_pack("{s:I, s:I, s:f, s:o}", "quotes", (json_int_t)file->count,
		"duplicates", (json_int_t)file->duplicates, "share", share, "mended",
		mended_object(&file->report));
	json_object_update_new(object, format_object(&file->report));
	json_object_update_new(object, counts);
	write_line(out, object);
}

void json_write_command(struct buffer *out, const struct collection *collection, double share)
{
	write_line(out, json_pack("{s:s, s:b, s:s, s:f}", "collection", collection->name, "private",
				collection->options->is_private, "command",
				command_source_of(collection->options), "share", share));
}
